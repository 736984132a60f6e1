import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { RecipeFile, TextEdit, TreeEdit, TreeTransform, TreeUnresolved } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { importEdits } from '../editing/import-edits.ts';
import { babelScriptEdits } from '../jsx/babel-script.ts';
import { unusedReact } from './react-imports.ts';

/** Configuration that asks for the classic JSX transform asks for the automatic one. */
export const jsxTransform: TreeTransform = {
  kind: 'tree',
  id: 'jsx-transform',
  why: 'React 19 needs the automatic JSX transform: `ref` as a prop, and its speed, come with it.',
  async transform(tree, { params }) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    if (params['jsx-runtime'] === 'keep') return { edits, unresolved };
    const strictFolders: string[] = [];
    for (const path of tree.paths) {
      const change = changeFor(path);
      const file = change === undefined ? undefined : await tree.read(path);
      if (change === undefined || file === undefined) continue;
      const own = change(file);
      if (own.length > 0) edits.push({ kind: 'edit', path, edits: own });
      if (own.length > 0 && change === typeScript && isStrictAboutUnused(file)) strictFolders.push(folderPath(path));
    }
    for (const path of tree.paths) {
      if (
        !/\.(tsx|jsx)$/.test(path) ||
        !strictFolders.some((folder) => folder === '.' || path.startsWith(`${folder}/`))
      )
        continue;
      const file = await tree.read(path);
      const own = file === undefined ? [] : importEdits(file.root(), { drop: unusedReact(file.root()), add: [] });
      if (own.length > 0) edits.push({ kind: 'edit', path, edits: own });
    }
    return { edits, unresolved };
  },
};

type Change = (file: RecipeFile) => readonly TextEdit[];

function changeFor(path: string): Change | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(tsconfig|jsconfig)(\..+)?\.json$/.test(name)) return typeScript;
  if (name === '.babelrc' || name === '.babelrc.json' || name === 'babel.config.json') return (file) => babel(file, []);
  if (name === 'package.json') return (file) => babel(file, ['babel']);
  if (name === '.swcrc') return swc;
  return /^(babel\.config|\.babelrc)\.(js|cjs|mjs|ts|cts|mts)$/.test(name) ? babelScriptEdits : undefined;
}

function typeScript({ text }: RecipeFile): readonly TextEdit[] {
  const root = parseTree(text);
  const options = root === undefined ? undefined : findNodeAtLocation(root, ['compilerOptions']);
  if (options === undefined) return [];
  const jsx = findNodeAtLocation(options, ['jsx']);
  const isOwn = ['jsxFactory', 'jsxFragmentFactory', 'reactNamespace'].some(
    (name) => findNodeAtLocation(options, [name]) !== undefined,
  );
  return jsx !== undefined && !isOwn && getNodeValue(jsx) === 'react' ? [replaced(jsx, '"react-jsx"')] : [];
}

function isStrictAboutUnused({ text }: RecipeFile): boolean {
  const root = parseTree(text);
  const flag = root === undefined ? undefined : findNodeAtLocation(root, ['compilerOptions', 'noUnusedLocals']);
  return flag !== undefined && getNodeValue(flag) === true;
}

const preset = /^(@babel\/)?(preset-)?react$/;

function babel({ text }: RecipeFile, at: readonly string[]): readonly TextEdit[] {
  const root = parseTree(text);
  const presets = root === undefined ? undefined : findNodeAtLocation(root, [...at, 'presets']);
  return (presets?.children ?? []).flatMap((entry): readonly TextEdit[] => {
    if (entry.type === 'string')
      return preset.test(String(entry.value))
        ? [replaced(entry, `[${text.slice(entry.offset, entry.offset + entry.length)}, { "runtime": "automatic" }]`)]
        : [];
    const [name, options] = entry.children ?? [];
    if (name === undefined || !preset.test(String(getNodeValue(name)))) return [];
    return options === undefined
      ? [{ offset: name.offset + name.length, length: 0, text: ', { "runtime": "automatic" }' }]
      : withRuntime(options);
  });
}

function swc({ text }: RecipeFile): readonly TextEdit[] {
  const root = parseTree(text);
  const options = root === undefined ? undefined : findNodeAtLocation(root, ['jsc', 'transform', 'react']);
  return options === undefined ? [] : withRuntime(options);
}

function withRuntime(options: Node): readonly TextEdit[] {
  const has = (name: string): boolean => findNodeAtLocation(options, [name]) !== undefined;
  const runtime = findNodeAtLocation(options, ['runtime']);
  if (has('pragma') || has('pragmaFrag') || options.type !== 'object') return [];
  if (runtime !== undefined) return getNodeValue(runtime) === 'classic' ? [replaced(runtime, '"automatic"')] : [];
  const isEmpty = (options.children ?? []).length === 0;
  return [
    { offset: options.offset + 1, length: 0, text: isEmpty ? ' "runtime": "automatic" ' : ' "runtime": "automatic",' },
  ];
}

function replaced({ offset, length }: Node, text: string): TextEdit {
  return { offset, length, text };
}
