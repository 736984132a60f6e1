import type { SgNode } from '@ast-grep/napi';
import type { Binding } from '../../engine/bindings.ts';
import { homesIn } from '../../engine/homes.ts';
import type {
  HomePackage,
  RecipeFile,
  TextEdit,
  TreeEdit,
  TreeTransformed,
  TreeUnresolved,
  TreeView,
} from '../../recipe.ts';
import { folderPath } from '../../text/search-text.ts';
import { joined, relativeFrom } from '../../tree/tree-path.ts';
import { type AxiosFile, axiosFile } from './reading/axios-uses.ts';
import { openEnds } from './reading/open-ends.ts';
import { packageRefusals, readPackage, type SourcePackage } from './reading/source-package.ts';
import { clientSource, type ModuleForm } from './writing/client-source.ts';
import { withoutAxios } from './writing/manifest.ts';

/** Rewrites each file whose every use of axios is proven equal, writes the client, and takes out what nothing uses. */
export async function convert(tree: TreeView): Promise<TreeTransformed> {
  const edits: TreeEdit[] = [];
  const unresolved: TreeUnresolved[] = [];
  const homes = await homesIn(tree);
  for (const home of homes.values()) {
    const source = await readPackage(tree, home, homes);
    const done =
      source.naming.length === 0
        ? undefined
        : convertPackage(source, { paths: new Set(tree.paths), isAlone: homes.size === 1 });
    edits.push(...(done?.edits ?? []));
    unresolved.push(...(done?.unresolved ?? []));
  }
  return { edits, unresolved };
}

type Surroundings = { readonly paths: ReadonlySet<string>; readonly isAlone: boolean };

function convertPackage(source: SourcePackage, { paths, isAlone }: Surroundings): TreeTransformed {
  const refusals = packageRefusals(source);
  if (refusals.length > 0) return { edits: [], unresolved: refusals };
  const ends = openEnds(source, isAlone);
  const scripts = source.naming.filter(isJavaScript);
  const read = scripts.map((file) => ({ file, uses: axiosFile(file.path, file.root(), ends) }));
  const ready = read.flatMap(({ file, uses }) =>
    uses?.binding !== undefined && uses.refusals.length === 0 ? [{ file, binding: uses.binding }] : [],
  );
  const left = read.flatMap(({ uses }) => (uses === undefined ? [] : leftIn(uses)));
  const typed = source.naming.filter((file) => !isJavaScript(file)).map(typedLeft);
  const form: ModuleForm = ready.every(({ binding }) => binding.form === 'import') ? 'module' : 'commonjs';
  const client = clientPath(source, form);
  if (ready.length === 0 || paths.has(client)) {
    const taken = ready.map(({ file }) => ({
      path: file.path,
      offset: 0,
      length: 0,
      message: `axios stays: ${client} is there already.`,
    }));
    return { edits: [], unresolved: [...left, ...typed, ...taken] };
  }
  const rewritten = ready.map(({ file, binding }) => rewrite(file, binding, client));
  const isGone = ready.length === source.naming.length && source.named.length === 0;
  return {
    edits: [
      { kind: 'write', path: client, text: clientSource(form) },
      ...rewritten,
      ...(isGone ? withoutAxios(source.home.path, source.manifest) : []),
    ],
    unresolved: [...left, ...typed],
  };
}

function isJavaScript({ path }: RecipeFile): boolean {
  return /\.[cm]?js$/.test(path);
}

function leftIn({ path, refusals }: AxiosFile): readonly TreeUnresolved[] {
  return refusals.map(({ node, why }) => {
    const { start, end } = node.range();
    return {
      path,
      offset: start.index,
      length: end.index - start.index,
      message: `axios stays in this file: ${why}.`,
      cure: 'Write it in a form that is proven (docs/axios-to-fetch.md), or leave it: both can live side by side.',
      symbol: 'axios',
    };
  });
}

function typedLeft({ path, text }: RecipeFile): TreeUnresolved {
  const offset = Math.max(text.search(/["'`]axios/), 0);
  return {
    path,
    offset,
    length: 'axios'.length,
    message: 'axios stays in this file: TypeScript and JSX are not rewritten.',
    cure: 'Rewrite it by hand; the client that is written for JavaScript has no types.',
    symbol: 'axios',
  };
}

/** Beside the sources where they have a folder; its name says how Node reads it. */
function clientPath({ home, paths }: SourcePackage, form: ModuleForm): string {
  const hasFolder = paths.some((path) => path.startsWith(`${joined(home.path, 'src')}/`));
  return joined(home.path, `${hasFolder ? 'src/' : ''}http-client.${extensionOf(home, form)}`);
}

function extensionOf({ type }: HomePackage, form: ModuleForm): string {
  if (form === 'module') return type === 'module' ? 'js' : 'mjs';
  return type === 'module' ? 'cjs' : 'js';
}

function rewrite(file: RecipeFile, binding: Binding, client: string): TreeEdit {
  const renamed = binding.form === 'import' ? `http as ${binding.local}` : `http: ${binding.local}`;
  const pattern = `{ ${binding.local === 'http' ? 'http' : renamed} }`;
  const quote = binding.specifier.text().slice(0, 1);
  const specifier = `${quote}${relativeFrom(folderPath(file.path), client)}${quote}`;
  const edits = [replaced(binding.node, pattern), replaced(binding.specifier, specifier)];
  return { kind: 'edit', path: file.path, edits };
}

function replaced(node: SgNode, text: string): TextEdit {
  const { start, end } = node.range();
  return { offset: start.index, length: end.index - start.index, text };
}
