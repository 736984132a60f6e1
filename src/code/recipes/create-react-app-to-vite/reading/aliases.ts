import type { SourceTree } from '../../../engine/recipe-run.ts';
import { type Edge, edgesOf, readNames } from '../../../graph/module-graph.ts';
import type { TreeView } from '../../../recipe.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import type { CraApplication } from './cra-application.ts';

/** What sources of an application reach, as far as a bundler has to be told. */
export type Reached = {
  /** First words of names that `baseUrl` explains, with the path beside package.json that each stands for. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Endings of files that webpack gives the address of, and Vite does not know. */
  readonly endings: readonly string[];
};

/** Files that Vite has a reading for, or knows as assets. https://github.com/vitejs/vite, constants: KNOWN_ASSET_TYPES */
const known =
  /\.([cm]?[jt]sx?|json|json5|css|s[ac]ss|less|styl|stylus|pcss|sss|html|wasm|apng|bmp|png|jpe?g|jfif|pjpeg|pjp|gif|svg|ico|webp|avif|cur|jxl|mp4|webm|ogg|mp3|wav|flac|aac|opus|mov|m4a|vtt|woff2?|eot|ttf|otf|webmanifest|pdf|txt)$/i;

/** Looks at every specifier of the sources. */
export async function reachedBy({ sources, folder, dependencies }: CraApplication, tree: TreeView): Promise<Reached> {
  const own = new Set(sources);
  const edges = (await edgesIn(tree)).filter(({ from }) => own.has(from));
  const aliases = new Map<string, string>();
  const endings = new Set<string>();
  for (const { specifier, reach, kind } of edges) {
    if (reach === undefined) continue;
    const [ending] = /\.\w+$/.exec(reach.target) ?? [];
    const isImport = kind === 'import' || kind === 'export' || kind === 'import-call';
    if (isImport && ending !== undefined && !known.test(reach.target) && !specifier.includes('?')) endings.add(ending);
    const [first = ''] = specifier.split('/');
    // What is installed is looked for first.
    if (reach.route !== 'base-url' || first in dependencies) continue;
    const rest = specifier.slice(first.length);
    const target = rest === '' ? withoutEnding(reach.target, specifier) : folderOf(reach.target, specifier, first);
    if (target !== undefined) aliases.set(first, relativeFrom(folder, target));
  }
  return {
    aliases: new Map([...aliases].sort(([one], [other]) => (one < other ? -1 : 1))),
    endings: [...endings].sort(),
  };
}

async function edgesIn(tree: TreeView): Promise<readonly Edge[]> {
  const source: Pick<SourceTree, 'paths' | 'read'> = {
    paths: tree.paths,
    async read(path) {
      const text = (await tree.read(path))?.text;
      return text === undefined ? { why: 'It cannot be read.' } : { text };
    },
  };
  const { names, index } = await readNames(source, new AbortController().signal);
  return edgesOf(names, index);
}

/** The path of a name of one word: without what was left out of the name. */
function withoutEnding(target: string, name: string): string {
  if (target.endsWith(`/${name}`)) return target;
  return target
    .replace(/\/index\.\w+$/, '')
    .replace(/\.\w+$/, (ending) => (target.includes(`/${name}${ending}`) ? '' : ending));
}

function folderOf(target: string, specifier: string, first: string): string | undefined {
  const at = `/${target}`.lastIndexOf(`/${specifier.split('?')[0]}`);
  return at === -1 ? undefined : target.slice(0, at + first.length);
}
