import { describe, expect, it } from 'vitest';
import { type Files, filesAfter, studyFiles } from '../../../test/support/move-files.ts';
import { moveFindings } from './move-findings.ts';

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const npm: Files = {
  'package.json':
    '{\n  "name": "mono",\n  "workspaces": ["packages/*"],\n  "scripts": { "a": "cd packages/a && node ." }\n}\n',
  'package-lock.json': json({
    name: 'mono',
    lockfileVersion: 2,
    packages: {
      '': { name: 'mono', workspaces: ['packages/*'] },
      'node_modules/@m/a': { resolved: 'packages/a', link: true },
      'node_modules/@m/b': { resolved: 'packages/b', link: true },
      'node_modules/ms': { version: '2.1.2' },
      'packages/a': { name: '@m/a', version: '1.0.0', dependencies: { '@m/b': 'file:../b', ms: '2.0.0' } },
      'packages/a/node_modules/ms': { version: '2.0.0' },
      'packages/b': { name: '@m/b', version: '1.0.0', dependencies: { ms: '2.1.2' } },
    },
    dependencies: {
      '@m/a': { version: 'file:packages/a', requires: { '@m/b': 'file:../b', ms: '2.0.0' } },
      '@m/b': { version: 'file:packages/b', requires: { ms: '2.1.2' } },
      ms: { version: '2.1.2' },
    },
  }),
  'packages/a/package.json':
    '{ "name": "@m/a", "version": "1.0.0", "exports": "./src/a.ts", "repository": { "directory": "packages/a" }, "dependencies": { "@m/b": "file:../b", "ms": "2.0.0" } }\n',
  'packages/a/project.json':
    '{ "$schema": "../../node_modules/nx/schemas/project-schema.json", "sourceRoot": "packages/a/src" }\n',
  'packages/a/tsconfig.json': '{ "extends": "../../tsconfig.base.json", "references": [{ "path": "../b" }] }\n',
  'packages/a/src/a.ts': "import { b } from '@m/b';\nimport '../../b/src/deep.ts';\nexport const a = b;\n",
  'packages/b/package.json':
    '{ "name": "@m/b", "version": "1.0.0", "exports": "./src/b.ts", "dependencies": { "ms": "2.1.2" } }\n',
  'packages/b/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }\n',
  'packages/b/src/b.ts': 'export const b = 1;\n',
  'packages/b/src/deep.ts': 'export const deep = 1;\n',
  'tsconfig.base.json': '{ "compilerOptions": { "paths": { "@m/*": ["./packages/*/src"] } } }\n',
  'tsconfig.json': '{ "files": [], "references": [{ "path": "packages/a" }, { "path": "packages/b" }] }\n',
  '.github/workflows/ci.yml': 'jobs:\n  a:\n    steps:\n      - run: npm test\n        working-directory: packages/a\n',
  Dockerfile: 'FROM node:24\nCOPY packages/a ./packages/a\n',
  CODEOWNERS: '/packages/a/ @makers\n',
};

async function moved(files: Files, ...wishes: readonly string[]): Promise<Files> {
  const study = await studyFiles(files, wishes);
  expect(study.obstacles).toEqual([]);
  return filesAfter(files, study);
}

it('a package of npm goes with its patterns, its lock entries in their order, its links and its configuration; and back to the bytes', async () => {
  const after = await moved(npm, 'packages/a=libs/deep/a');
  expect(after['package.json']).toBe(
    '{\n  "name": "mono",\n  "workspaces": ["packages/*", "libs/deep/a"],\n  "scripts": { "a": "cd libs/deep/a && node ." }\n}\n',
  );
  expect(after['libs/deep/a/package.json']).toContain(
    '"directory": "libs/deep/a" }, "dependencies": { "@m/b": "file:../../../packages/b"',
  );
  expect(after['libs/deep/a/project.json']).toBe(
    '{ "$schema": "../../../node_modules/nx/schemas/project-schema.json", "sourceRoot": "libs/deep/a/src" }\n',
  );
  expect(after['libs/deep/a/tsconfig.json']).toBe(
    '{ "extends": "../../../tsconfig.base.json", "references": [{ "path": "../../../packages/b" }] }\n',
  );
  expect(after['libs/deep/a/src/a.ts']).toContain("import '../../../../packages/b/src/deep.ts'");
  expect(after['tsconfig.json']).toContain('{ "path": "libs/deep/a" }, { "path": "packages/b" }');
  expect(after['.github/workflows/ci.yml']).toContain('working-directory: libs/deep/a\n');
  expect(after.Dockerfile).toContain('COPY libs/deep/a ./libs/deep/a\n');
  expect(after.CODEOWNERS).toBe('/libs/deep/a/ @makers\n');
  const lock = JSON.parse(after['package-lock.json'] ?? '');
  expect(after['package-lock.json']).toBe(json(lock));
  expect(Object.keys(lock.packages)).toEqual([
    '',
    'libs/deep/a',
    'libs/deep/a/node_modules/ms',
    'node_modules/@m/a',
    'node_modules/@m/b',
    'node_modules/ms',
    'packages/b',
  ]);
  expect(lock.packages[''].workspaces).toEqual(['packages/*', 'libs/deep/a']);
  expect(lock.packages['libs/deep/a'].dependencies).toEqual({ '@m/b': 'file:../../../packages/b', ms: '2.0.0' });
  expect(lock.packages['node_modules/@m/a'].resolved).toBe('libs/deep/a');
  expect(lock.dependencies['@m/a'].version).toBe('file:libs/deep/a');
  expect(await moved(after, 'libs/deep/a=packages/a')).toEqual(await moved(npm));
});

it('a pattern that takes the new place in stays, one whose folder goes follows, and an exact one is written anew', async () => {
  expect((await moved(npm, 'packages/a=packages/z'))['package.json']).toContain('"workspaces": ["packages/*"]');
  expect((await moved(npm, 'packages=libs'))['package.json']).toContain('"workspaces": ["libs/*"]');
  const exact = {
    ...npm,
    'package.json': '{ "workspaces": [ "packages/b", "./packages/a" ] }\n',
    'lerna.json': '{\n  "packages": [\n    "packages/*"\n  ]\n}\n',
  };
  const after = await moved(exact, 'packages/a=libs/a');
  expect(after['package.json']).toBe('{ "workspaces": [ "packages/b", "./libs/a" ] }\n');
  expect(after['lerna.json']).toBe('{\n  "packages": [\n    "packages/*",\n    "libs/a"\n  ]\n}\n');
});

const pnpm: Files = {
  'package.json': '{ "name": "mono" }\n',
  'pnpm-workspace.yaml':
    "# mine\npackages:\n  # all\n  - 'packages/*'\n  - '!packages/z'\nonlyBuiltDependencies:\n  - x\n",
  'pnpm-lock.yaml':
    "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  packages/a:\n    dependencies:\n      '@m/b':\n        specifier: workspace:*\n        version: link:../b\n\n  packages/b:\n    dependencies:\n      ms:\n        specifier: 2.0.0\n        version: 2.0.0\n\npackages:\n\n  ms@2.0.0: {}\n",
  'packages/a/package.json': '{ "name": "@m/a", "dependencies": { "@m/b": "workspace:*" } }\n',
  'packages/b/package.json': '{ "name": "@m/b", "dependencies": { "ms": "2.0.0" } }\n',
};

it('a package of pnpm goes with its importer and the links to it; and back to the bytes', async () => {
  const after = await moved(pnpm, 'packages/b=tools/b');
  expect(after['pnpm-workspace.yaml']).toBe(
    "# mine\npackages:\n  # all\n  - 'packages/*'\n  - '!packages/z'\n  - 'tools/b'\nonlyBuiltDependencies:\n  - x\n",
  );
  expect(after['pnpm-lock.yaml']).toBe(
    pnpm['pnpm-lock.yaml']?.replace('link:../b', 'link:../../tools/b').replace('  packages/b:', '  tools/b:'),
  );
  const early = await moved(pnpm, 'packages/b=apps/b');
  expect(early['pnpm-lock.yaml']?.match(/^ {2}\S+:(?= \{\}$|$)/gm)?.slice(0, 3)).toEqual([
    '  .:',
    '  apps/b:',
    '  packages/a:',
  ]);
  expect(await moved(after, 'tools/b=packages/b')).toEqual(await moved(pnpm));
  expect(await moved(early, 'apps/b=packages/b')).toEqual(await moved(pnpm));
});

it('a pattern in a package that goes speaks of the package where it is then', async () => {
  const files = {
    ...npm,
    'packages/a/tsconfig.json': '{ "include": ["src/**/*"] }\n',
    '.eslintrc.json': '{ "files": ["packages/*/src/*.ts"] }\n',
  };
  const study = await studyFiles(files, ['packages/a=libs/a']);
  expect(moveFindings(study).map(({ rule, file }) => `${rule} ${file}`)).toEqual(['move/pattern .eslintrc.json']);
});

describe('what is refused by its name', () => {
  const why = async (files: Files, ...wishes: readonly string[]): Promise<string> =>
    moved(files, ...wishes).then(
      () => 'planned',
      (error: unknown) => (error instanceof Error && 'why' in error ? String(error.why) : String(error)),
    );

  it('a package.json without its folder, that of the root, and lock files that are not rewritten', async () => {
    expect(await why(npm, 'packages/a/package.json=libs/a/package.json')).toContain(
      'only a package that goes as a whole',
    );
    expect(await why(npm, 'package.json=all/package.json')).toContain('only a package that goes as a whole');
    expect(await why({ ...pnpm, 'yarn.lock': '__metadata:\n  version: 8\n' }, 'packages/a=a')).toContain(
      'Yarn 2 and newer',
    );
    expect(await why({ ...pnpm, 'yarn.lock': '# yarn lockfile v1\n' }, 'packages/a=libs/a')).toBe('planned');
    expect(await why({ ...pnpm, 'bun.lock': '{}' }, 'packages/a=libs/a')).toContain('Bun');
    const copied = `${pnpm['pnpm-lock.yaml']}\n  '@m/a@file:packages/a':\n    resolution: {directory: packages/a}\n`;
    expect(await why({ ...pnpm, 'pnpm-lock.yaml': copied }, 'packages/a=libs/a')).toContain('as copies');
  });

  it('a place at which a pattern takes it out', async () => {
    expect(await why(pnpm, 'packages/b=packages/z')).toBe('planned');
    const wide = { ...npm, 'package.json': '{ "workspaces": ["packages/*", "!packages/old/**"] }\n' };
    expect(await why(wide, 'packages/b=packages/old/b')).toBe('planned');
  });
});
