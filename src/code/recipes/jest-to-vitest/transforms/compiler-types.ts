import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { TextEdit, TreeEdit, TreeTransform, TreeView } from '../../../recipe.ts';
import { folderPath, within } from '../../../search-text.ts';

const ours = 'vitest/globals';
const declared = `/// <reference types="${ours}" />\n`;

/** Types of the globals. Runs while package.json still names Jest. */
export const compilerTypes: TreeTransform = {
  kind: 'tree',
  id: 'compiler-types',
  why: 'The types of `describe`, `it` and `expect` came with `@types/jest` by themselves; those of Vitest are named: `vitest/globals` (Configuring Vitest, globals).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    for (const path of tree.paths.filter((one) => /(^|\/)tsconfig[\w.-]*\.json$/.test(one))) {
      const text = (await tree.read(path))?.text ?? '';
      const replaced = inTypes(text);
      if (replaced.length > 0) edits.push({ kind: 'edit', path, edits: replaced });
    }
    if (edits.length > 0) return { edits, unresolved: [] };
    return { edits: await references(tree), unresolved: [] };
  },
};

/** `jest` among the `types` of a tsconfig. */
function inTypes(text: string): readonly TextEdit[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root === undefined ? undefined : findNodeAtLocation(root, ['compilerOptions', 'types']);
  const items = list?.children ?? [];
  const isThere = items.some(({ value }) => value === ours);
  return items.flatMap(({ value, offset, length }): readonly TextEdit[] => {
    const isJest = value === 'jest' || value === '@types/jest' || value === '@jest/globals';
    if (isJest && !isThere) return [{ offset, length, text: JSON.stringify(ours) }];
    return value === '@testing-library/jest-dom'
      ? [{ offset, length, text: '"@testing-library/jest-dom/vitest"' }]
      : [];
  });
}

/** A file of references for each package that had the types of Jest without naming them. */
async function references(tree: TreeView): Promise<readonly TreeEdit[]> {
  const edits: TreeEdit[] = [];
  for (const manifest of tree.paths.filter((one) => /(^|\/)package\.json$/.test(one))) {
    const folder = folderPath(manifest);
    const config = await tree.read(within(folder, 'tsconfig.json'));
    if (config === undefined || !/"@types\/jest"/.test((await tree.read(manifest))?.text ?? '')) continue;
    const root = parseTree(config.text, [], { allowTrailingComma: true });
    const hasTypes = root !== undefined && findNodeAtLocation(root, ['compilerOptions', 'types']) !== undefined;
    const [first] = root === undefined ? [] : (findNodeAtLocation(root, ['include'])?.children ?? []);
    const included = String(first?.value ?? '')
      .replace(/\/?\*.*$/, '')
      .replace(/^\.\//, '')
      .replace(/\/$/, '');
    const path = within(folder, within(included === '' ? '.' : included, 'vitest-globals.d.ts'));
    if (!hasTypes && !tree.paths.includes(path)) edits.push({ kind: 'write', path, text: declared });
  }
  return edits;
}
