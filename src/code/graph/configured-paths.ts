import { type Node, parseTree } from 'jsonc-parser';
import { baseName, folderPath } from '../text/search-text.ts';
import { partOf } from '../tree/part-of.ts';
import { joined } from '../tree/tree-path.ts';
import { sourcesOf } from './built-from.ts';
import { fieldWords } from './field-words.ts';
import type { Occurrence } from './occurrence.ts';
import type { Reach } from './reach.ts';
import { blanked } from './read-styles.ts';
import type { TreeIndex } from './tree-index.ts';

/** A path in configuration with the file or folder that it names, and the folder from which it does. */
export type ConfiguredPath = Occurrence & {
  readonly from: string;
  readonly base: string;
  readonly reach: Pick<Reach, 'target' | 'habit' | 'isBuilt'>;
  /** True where a folder stands for all that lies below it too, as in `include`. */
  readonly takesIn?: boolean;
};

const otherConfiguration =
  /^(turbo|nx|project|biome|vercel|netlify|now|renovate|lerna|rush|deno|firebase|wrangler|angular|\.?oxlintrc|nest-cli|components|typedoc|api-extractor|jsr|knip|nodemon|babel|jest|vitest|cypress|playwright|tslint|ecosystem)(\.\w+)*\.(jsonc?|toml|ya?ml|[cm]?[jt]s)$|^([mM]akefile|GNUmakefile|Procfile|CODEOWNERS|docker-compose.*|pyproject\.toml|sonar-project\.properties)$|\.mk$/;

/** True for a file that configures a tool, a build or a pipeline. Pure. */
export function isConfiguration(path: string): boolean {
  const name = baseName(path);
  return name === 'package.json' || partOf(path) === 'configuration' || otherConfiguration.test(name);
}

const word = /(?:<rootDir>\/|\$\{[\w.:]+\}\/|\/)?[\w@.+~()[\]-]+(?:\/[\w@.+~()[\]-]+)*\/?(?:\/(?=[*{!]))?/dg;

type Token = Occurrence & {
  readonly isWhole: boolean;
  readonly base?: string | undefined;
  readonly takesIn?: boolean;
};

/** The words of a configuration that may be paths: values of JSON, strings of scripts, anything outside of comments elsewhere. */
function tokensOf(path: string, text: string): readonly Token[] {
  if (/\.jsonc?$/.test(path) || /^\.\w+rc$/.test(baseName(path))) {
    const root = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
    if (root !== undefined && (root.type === 'object' || root.type === 'array'))
      return valuesOf(root, []).flatMap((node) => tokensIn(text, node, false));
  }
  if (/\.[cm]?[jt]sx?$/.test(path)) return literalsOf(text).flatMap((node) => tokensIn(text, node, true));
  const code = blanked(text, /(?<=^|\s)#[^\n]*/g);
  return tokensIn(code, { offset: -1, length: code.length + 2 }, false);
}

type Literal = { readonly offset: number; readonly length: number };

function tokensIn(text: string, { offset, length }: Literal, isPath: boolean): readonly Token[] {
  const inner = text.slice(offset + 1, offset + length - 1);
  return [...inner.matchAll(word)].map((match) => ({
    kind: 'configured' as const,
    specifier: match[0],
    offset: offset + 1 + match.index,
    length: match[0].length,
    isWhole: isPath && match[0].replace(/\/$/, '').length >= inner.replace(/^!|\/?\*[\s\S]*$|\/$/g, '').length,
  }));
}

/** Keys of `exports`, of `paths` and of the like are names; only those of `browser` are paths. */
function valuesOf(node: Node, way: readonly string[]): readonly Node[] {
  if (node.type === 'string') return [node];
  if (node.type !== 'property') return (node.children ?? []).flatMap((child) => valuesOf(child, way));
  const [key, value] = node.children ?? [];
  if (value === undefined) return [];
  const name = String(key?.value);
  const values = valuesOf(value, [...way, name]);
  return way[0] === 'browser' && key !== undefined ? [key, ...values] : values;
}

/** Strings of a script without escapes and substitutions, comments left out; offsets are those of the quotes. */
function literalsOf(text: string): readonly Literal[] {
  const code = blanked(text, /(?<=^|[\s,;{}()])\/\/[^\n]*|(?<=^|\s)\/\*[\s\S]*?\*\//g);
  return [...code.matchAll(/(["'`])((?:(?!\1)[^\\\n])*)\1/g)].map((match) => ({
    offset: match.index,
    length: match[0].length,
  }));
}

/** Paths of a configuration that name a file or a folder of the tree, and words that do and may mean something else. */
export type PathWords = {
  readonly configured: readonly ConfiguredPath[];
  readonly doubtful: readonly ConfiguredPath[];
};

/** Reads a configuration once for both. Pure. */
export function pathWords(path: string, text: string, tree: TreeIndex): PathWords {
  const fields = fieldWords(path, text, tree);
  const isField = ({ offset, length }: Token): boolean =>
    fields.some((one) => offset < one.offset + one.length && offset + length > one.offset);
  const tokens = tokensOf(path, text).filter((token) => !isField(token));
  const all = [...tokens, ...fields.map((one) => ({ ...one, isWhole: one.verdict === 'path' }))];
  const open = fields.filter(({ verdict, specifier }) => verdict === 'open' && isBare(specifier));
  const read = { path, text, tree };
  return {
    configured: placesOf(all, read),
    doubtful: placesOf(
      open.map((one) => ({ ...one, isWhole: true })),
      read,
    ),
  };
}

/** Every path in a configuration that names a file or a folder of the tree. Pure. */
export function configuredPaths(path: string, text: string, tree: TreeIndex): readonly ConfiguredPath[] {
  return pathWords(path, text, tree).configured;
}

type Read = { readonly path: string; readonly text: string; readonly tree: TreeIndex };

function placesOf(tokens: readonly Token[], { path, text, tree }: Read): readonly ConfiguredPath[] {
  return tokens.flatMap(({ isWhole, base: own, takesIn = false, ...token }) => {
    const bases = isOfRepository(path, text, token) ? ['.'] : basesOf(path);
    for (const base of own === undefined ? bases : [own]) {
      const reach = reachOf({ ...token, isWhole }, { path, base, tree });
      if (reach !== undefined) return [{ ...token, from: path, base, reach, takesIn }];
    }
    return [];
  });
}

/** `repository.directory` of package.json is from the root (https://docs.npmjs.com/cli/v11/configuring-npm/package-json#repository). */
function isOfRepository(path: string, text: string, { offset }: Occurrence): boolean {
  return baseName(path) === 'package.json' && /"directory"\s*:\s*"$/.test(text.slice(Math.max(0, offset - 40), offset));
}

/** Folders from which paths of a configuration are read: pipelines run at the root; package.json and tsconfig speak of their own folder. Pure. */
export function basesOf(path: string): readonly [string, ...string[]] {
  const folder = folderPath(path);
  const isOwn = /(^|\/)(package|[tj]sconfig[^/]*)\.json$/.test(path);
  if (path.startsWith('.') && path.includes('/')) return ['.'];
  return isOwn || folder === '.' ? [folder] : [folder, '.'];
}

type Asked = { readonly path: string; readonly base: string; readonly tree: TreeIndex };

function reachOf({ specifier, isWhole }: Token, { path, base, tree }: Asked): ConfiguredPath['reach'] | undefined {
  const plain = specifier.replace(/^(<rootDir>|\$\{[\w.:]+\})?\//, '').replace(/\/$/, '');
  if (plain === '' || /^\.*$/.test(plain) || !(isWhole || !isBare(plain))) return undefined;
  const target = joined(base, plain);
  if (target.startsWith('..')) return undefined;
  // What is installed at the root stays there, however deep the file goes that names it.
  if (plain.startsWith('../') && target.startsWith('node_modules/')) return { target, habit: 'exact', isBuilt: false };
  if (tree.has(target)) return { target, habit: 'exact', isBuilt: false };
  if (tree.hasFolder(target)) return { target, habit: 'exact', isBuilt: false };
  if (baseName(path) !== 'package.json') return undefined;
  const source = sourcesOf(target, tree.homeOf(path)?.built ?? []).find(
    (one) => one.from.isCertain && tree.has(one.path),
  );
  return source === undefined ? undefined : { target: source.path, habit: 'exact', isBuilt: true };
}

/** True for a word that does not look like a path: no folder, no extension. */
function isBare(specifier: string): boolean {
  const plain = specifier.replace(/\/$/, '');
  return !plain.includes('/') && !/^\.|\.\w+$/.test(plain);
}
