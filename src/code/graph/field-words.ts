import { type Node, parseTree } from 'jsonc-parser';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { commandWords } from './command-words.ts';
import { lineValues } from './line-values.ts';
import type { Occurrence } from './occurrence.ts';
import { meaningOf } from './path-fields.ts';
import { scriptValues } from './script-values.ts';
import type { TreeIndex } from './tree-index.ts';

/** A word whose field, or whose program, says what it is. */
export type FieldWord = Occurrence & {
  /** `open` where it may be a path, and may be something else. */
  readonly verdict: 'path' | 'open';
  /** The folder from which it is read; undefined for that of the file, or the root. */
  readonly base: string | undefined;
  /** True where it stands for all that lies below it too. */
  readonly takesIn: boolean;
};

/** A text of a file with the names that lead to it; `text` is as it stands there, `within` the place of the record that holds it. */
type Value = {
  readonly way: readonly string[];
  readonly text: string;
  readonly offset: number;
  readonly within: number;
};

/** Words of a configuration whose field says what they are. Pure. */
export function fieldWords(path: string, text: string, tree: TreeIndex): readonly FieldWord[] {
  if (/\.[cm]?[jt]s$/.test(path)) return scriptWords(path, text);
  const values = valuesIn(path, text);
  const folders = foldersOf(path, values, tree);
  return values.flatMap((value) => {
    const meaning = meaningOf(path, value.way);
    if (meaning === 'name') return [];
    if (meaning !== 'command') {
      const one = { text: value.text, offset: value.offset, base: folders(value), takesIn: meaning === 'paths' };
      return wordOf(one, meaning === 'unknown' ? 'open' : 'path');
    }
    return commandWords(value.text, startOf(path, value, values)).flatMap((word) => {
      // Where a folder is not known, only what cannot be told anyway is told.
      if (word.verdict === 'name' || (word.folder === undefined && word.text.includes('/'))) return [];
      const verdict = word.folder === undefined ? 'open' : word.verdict;
      return wordOf({ ...word, offset: value.offset + word.offset, base: word.folder, takesIn: true }, verdict);
    });
  });
}

/** A part of `join(…)` is read from the parts before it; of other strings the member says what they are. */
function scriptWords(path: string, text: string): readonly FieldWord[] {
  return scriptValues(path, text).flatMap(({ way, text: value, offset, parts }) => {
    const meaning = parts === undefined ? meaningOf(path, way) : 'path';
    if (meaning === 'command') return [];
    const base = parts === undefined || parts.length === 0 ? undefined : joined(folderPath(path), parts.join('/'));
    const isOpen = meaning === 'unknown' || meaning === 'name';
    return wordOf({ text: value, offset, base, takesIn: meaning === 'paths' }, isOpen ? 'open' : 'path');
  });
}

const head = /^!?((?:<rootDir>\/|\$\{[\w.:]+\}\/|\/)?[\w@.+~()[\]-]+(?:\/[\w@.+~()[\]-]+)*\/?)(?=$|(?<=\/)[*{!])/d;

type Written = Pick<FieldWord, 'offset' | 'base' | 'takesIn'> & { readonly text: string };

/** A path, or what stands before the wildcards of a pattern; a word of another form says nothing here. */
function wordOf({ text, offset, base, takesIn }: Written, verdict: FieldWord['verdict']): readonly FieldWord[] {
  const specifier = head.exec(text)?.[1];
  if (specifier === undefined) return [];
  const start = offset + (text.startsWith('!') ? 1 : 0);
  const isPattern = text.length > specifier.length + start - offset;
  return [
    {
      kind: 'configured',
      specifier,
      offset: start,
      length: specifier.length,
      verdict: isPattern ? 'path' : verdict,
      base,
      takesIn: takesIn || isPattern,
    },
  ];
}

function valuesIn(path: string, text: string): readonly Value[] {
  if (/\.ya?ml$/.test(path)) return yamlValues(text);
  const lines = lineValues(path, text);
  if (lines.length > 0) return lines.map((line) => ({ ...line, within: 0 }));
  if (!/\.jsonc?$/.test(path) && !/^\.\w+rc$/.test(baseName(path))) return [];
  const root = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  return root?.type === 'object' || root?.type === 'array'
    ? jsonValues(root, { way: [], text, isStaged: /^\.lintstagedrc/.test(baseName(path)) })
    : [];
}

/** `isStaged` where the keys are those of lint-staged, which are patterns. */
type Within = { readonly way: readonly string[]; readonly text: string; readonly isStaged?: boolean };

function jsonValues(node: Node, { way, text, isStaged = false }: Within): readonly Value[] {
  if (node.type === 'string') return [jsonValue(node, { way, text })];
  if (node.type !== 'property')
    return (node.children ?? []).flatMap((child) => jsonValues(child, { way, text, isStaged }));
  const [key, value] = node.children ?? [];
  if (key === undefined || value === undefined) return [];
  const own = jsonValues(value, { way: [...way, String(key.value)], text });
  return isStaged || way.at(-1) === 'lint-staged' ? [jsonValue(key, { way: ['files'], text }), ...own] : own;
}

function jsonValue(node: Node, { way, text }: { readonly way: readonly string[]; readonly text: string }): Value {
  return { way, text: text.slice(node.offset + 1, node.offset + node.length - 1), offset: node.offset + 1, within: 0 };
}

function yamlValues(text: string): readonly Value[] {
  const walk = (node: unknown, way: readonly string[], within: number): readonly Value[] => {
    if (isMap(node)) {
      const own = node.range?.[0] ?? 0;
      return node.items.flatMap(({ key, value }) => walk(value, [...way, isScalar(key) ? String(key.value) : ''], own));
    }
    if (isSeq(node)) return node.items.flatMap((item) => walk(item, way, within));
    if (!isScalar(node) || typeof node.value !== 'string' || node.range === null || node.range === undefined) return [];
    const raw = text.slice(node.range[0], node.range[1]);
    const lead = /^(["']|[|>][^\n]*\n)/.exec(raw)?.[0] ?? '';
    const inner = /^["']/.test(lead) ? raw.slice(1, -1) : raw.slice(lead.length);
    return [{ way, text: inner, offset: node.range[0] + lead.length, within }];
  };
  return walk(parseDocument(text, { logLevel: 'silent' }).contents, [], 0);
}

/** From which folder a field is read, where that is neither that of the file nor the root. */
function foldersOf(path: string, values: readonly Value[], tree: TreeIndex): (value: Value) => string | undefined {
  const said = (...way: readonly string[]): string | undefined => valueAt(way, values);
  if (/(^|\/)[tj]sconfig[^/]*\.json$/.test(path)) {
    const own = said('compilerOptions', 'baseUrl');
    const base = own === undefined ? tree.aliasesOf(path)?.base : joined(folderPath(path), own);
    return ({ way }) => (way[0] === 'compilerOptions' && way[1] === 'paths' ? base : undefined);
  }
  const isJest = baseName(path).startsWith('jest.config');
  const rootDir = isJest ? said('rootDir') : said('jest', 'rootDir');
  if (rootDir === undefined || rootDir.startsWith('<')) return ({ way }) => folderOfKnip(path, way);
  const base = joined(folderPath(path), rootDir);
  return ({ way }) => (way.at(-1) !== 'rootDir' && (isJest || way[0] === 'jest') ? base : folderOfKnip(path, way));
}

/** Knip reads what stands below `workspaces` from the folder of that key (https://knip.dev/features/monorepos-and-workspaces). */
function folderOfKnip(path: string, way: readonly string[]): string | undefined {
  if (!/^\.?knip(\.\w+)*$/.test(baseName(path)) && way[0] !== 'knip') return undefined;
  const [first, key] = way[0] === 'knip' ? way.slice(1) : way;
  return first === 'workspaces' && key !== undefined && !/[*{]/.test(key) ? joined(folderPath(path), key) : undefined;
}

function valueAt(way: readonly string[], values: readonly Value[]): string | undefined {
  return values.find((one) => one.way.join('\n') === way.join('\n'))?.text;
}

/** Where a command begins to run: what a step says itself, else the defaults of its job, else those of the file. */
function startOf(path: string, { way, within }: Value, values: readonly Value[]): string | undefined {
  if (!path.startsWith('.') || !path.includes('/')) return folderPath(path);
  const own = values.find((one) => one.within === within && one.way.at(-1) === 'working-directory')?.text;
  const defaults = ['defaults', 'run', 'working-directory'];
  const folder = own ?? valueAt([...way.slice(0, 2), ...defaults], values) ?? valueAt(defaults, values) ?? '.';
  return folder.includes('$') ? undefined : joined('.', folder);
}
