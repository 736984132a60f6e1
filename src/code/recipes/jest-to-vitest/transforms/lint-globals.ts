import type { TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { editJson } from '../../../text/edit-json.ts';
import { jsonOf } from '../../../text/read-data.ts';
import { baseName, within } from '../../../text/search-text.ts';
import { type RunnerPackage, runnerPackages } from '../../../vitest/runner-packages.ts';

/** ESLint's environment `jest`, which `react-app` has too. */
const knowsJest = /["']?\bjest(\/globals)?["']?\s*:\s*true|\breact-app\b|globals\.jest\b/;

/** Runs after `jest` became `vi`, and while package.json still names Jest. */
export const lintGlobals: TreeTransform = {
  kind: 'tree',
  id: 'lint-globals',
  why: 'The environment `jest` of ESLint knows `describe`, `it`, `expect` and `jest`, and no `vi`: without a word of it the rule no-undef stops at each (ESLint, Specifying Globals).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const one of await runnerPackages(tree, { name: 'jest', configNames: [] })) {
      if (!(await usesGlobal(one, tree))) continue;
      for (const path of one.files.filter((file) => isLintConfig(file, one))) {
        const text = (await tree.read(path))?.text ?? '';
        const isManifest = path === one.path;
        const said = isManifest ? JSON.stringify(fieldOf(text)) : text;
        if (!knowsJest.test(said) || /\bvi\b["']?\s*:/.test(said)) continue;
        const keys = [...(isManifest ? ['eslintConfig'] : []), 'globals', 'vi'];
        const isData = jsonOf(text) !== undefined;
        const made = isData ? editJson(text, { keys, from: undefined, to: 'readonly' }) : undefined;
        if (typeof made === 'string') edits.push({ kind: 'write', path, text: made });
        else unresolved.push(toTell(path, text));
      }
    }
    return { edits, unresolved };
  },
};

function isLintConfig(path: string, { path: manifest, folder }: RunnerPackage): boolean {
  const name = baseName(path);
  return (
    path === manifest || (path === within(folder, name) && /^(\.eslintrc(\.\w+)?|eslint\.config\.\w+)$/.test(name))
  );
}

function fieldOf(manifest: string): unknown {
  const document = jsonOf(manifest);
  return typeof document === 'object' && document !== null && 'eslintConfig' in document ? document.eslintConfig : {};
}

/** True where a file takes `vi` as a global. */
async function usesGlobal({ files }: RunnerPackage, tree: TreeView): Promise<boolean> {
  for (const path of files) {
    if (!/\.[cm]?[jt]sx?$/.test(path)) continue;
    const text = (await tree.read(path))?.text ?? '';
    if (/\bvi\.[a-z]\w*[(<]/.test(text) && !/\bvi\b[^'"]*\bfrom\s*['"]vitest['"]/.test(text)) return true;
  }
  return false;
}

function toTell(path: string, text: string): TreeUnresolved {
  return {
    path,
    offset: Math.max(0, text.search(knowsJest)),
    length: 0,
    message: 'ESLint knows the globals of Jest here, and no `vi`.',
    cure: "Add `vi: 'readonly'` to the globals.",
    isAdvice: true,
  };
}
