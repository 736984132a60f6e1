import type { TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { baseName, within } from '../../../text/search-text.ts';
import type { RunnerPackage } from '../../../vitest/runner-packages.ts';

/** True where ESLint is configured by `react-app`, which react-scripts brings along. */
export async function lintsAsReactApp(
  { text, files, folder }: Pick<RunnerPackage, 'text' | 'files' | 'folder'>,
  tree: TreeView,
): Promise<boolean> {
  const manifest = jsonOf(text);
  const field = isRecord(manifest) ? JSON.stringify(manifest.eslintConfig ?? '') : '';
  if (/"(eslint-config-)?react-app/.test(field)) return true;
  for (const path of files) {
    const name = baseName(path);
    if (path !== within(folder, name) || !/^\.eslintrc(\.\w+)?$/.test(name)) continue;
    if (/\breact-app\b/.test((await tree.read(path))?.text ?? '')) return true;
  }
  return false;
}
