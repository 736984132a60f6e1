import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { TextEdit, TreeEdit, TreeView } from '../recipe.ts';
import { folderPath, within } from '../text/search-text.ts';

const ours = 'vitest/globals';
const declared = `/// <reference types="${ours}" />\n`;

/** The types of another runner: names under which a tsconfig has them, and the package by which they come by themselves. */
export type RunnerTypes = { readonly names: readonly string[]; readonly package: string };

/** Edits by which the compiler knows the globals of Vitest. Reads package.json as it still names the other runner. */
export async function globalTypes(tree: TreeView, types: RunnerTypes): Promise<readonly TreeEdit[]> {
  const edits: TreeEdit[] = [];
  for (const path of tree.paths.filter((one) => /(^|\/)tsconfig[\w.-]*\.json$/.test(one))) {
    const text = (await tree.read(path))?.text ?? '';
    const replaced = inTypes(text, types);
    if (replaced.length > 0) edits.push({ kind: 'edit', path, edits: replaced });
  }
  return edits.length > 0 ? edits : references(tree, types);
}

/** Those of the runner among the `types` of a tsconfig. */
function inTypes(text: string, { names }: RunnerTypes): readonly TextEdit[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root === undefined ? undefined : findNodeAtLocation(root, ['compilerOptions', 'types']);
  const items = list?.children ?? [];
  const isThere = items.some(({ value }) => value === ours);
  return items.flatMap(({ value, offset, length }): readonly TextEdit[] => {
    if (names.includes(String(value)) && !isThere) return [{ offset, length, text: JSON.stringify(ours) }];
    return value === '@testing-library/jest-dom'
      ? [{ offset, length, text: '"@testing-library/jest-dom/vitest"' }]
      : [];
  });
}

/** A file of references for each package that had the types of Jest without naming them. */
async function references(tree: TreeView, types: RunnerTypes): Promise<readonly TreeEdit[]> {
  const edits: TreeEdit[] = [];
  for (const manifest of tree.paths.filter((one) => /(^|\/)package\.json$/.test(one))) {
    const folder = folderPath(manifest);
    const config = await tree.read(within(folder, 'tsconfig.json'));
    if (config === undefined || !((await tree.read(manifest))?.text ?? '').includes(`"${types.package}"`)) continue;
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
