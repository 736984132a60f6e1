import { expect, it } from 'vitest';
import { makeTree } from '../../../test/support/tree.ts';
import { treeProjects } from './tree-projects.ts';

it.each([
  ['5.9.3', {}, false],
  ['6.0.1', {}, true],
  ['5.9.3', { strict: true }, true],
  ['7.0.0', { strict: false }, false],
  [undefined, {}, true],
])('with TypeScript %s and %j, strict is %s', async (version, compilerOptions, isStrict) => {
  const installed = { 'node_modules/typescript/package.json': JSON.stringify({ name: 'typescript', version }) };
  const tree = await makeTree({
    'packages/a/tsconfig.json': JSON.stringify({ compilerOptions }),
    'packages/a/a.ts': '',
    ...(version === undefined ? {} : installed),
  });
  try {
    const files = ['packages/a/a.ts'];
    const [project] = treeProjects({ root: tree.root, files, configs: ['packages/a/tsconfig.json'] });
    expect(project?.options.strict).toBe(isStrict);
  } finally {
    await tree.remove();
  }
});
