import { fail } from '#core/error';
import type { SourceText } from './source-text.ts';
import { scanTokens, type Token } from './syntax-tree.ts';
import { nodesIn, stringsOf } from './walk.ts';

/** A column reference in a text: its names (`users`, `name`) and the tokens that spell them. */
export type Reference = {
  readonly names: readonly string[];
  readonly tokens: readonly Token[];
  readonly hasStar: boolean;
};

/** A change of a text at one place. */
export type Replacement = { readonly start: number; readonly end: number; readonly text: string };

/** Every column reference of a tree, in the order of the text. */
export function referencesIn(tree: unknown, source: SourceText): readonly Reference[] {
  const words = scanTokens(source).filter(({ kind }) => kind !== 'comment');
  const places = new Map(words.map((token, place) => [token.start, place]));
  return [...nodesIn(tree)].flatMap((node) => {
    if (!('ColumnRef' in node)) return [];
    const { fields = [], location = 0 } = node.ColumnRef;
    const first = places.get(source.indexAtByte(location)) ?? -1;
    const beyond = first + fields.length * 2 - 1;
    const spelled = words.slice(first, beyond);
    const isEscaped = words[beyond]?.text.toUpperCase() === 'UESCAPE';
    const isPlain = spelled.every((token, place) => (token.text === '.') === (place % 2 === 1));
    if (first === -1 || isEscaped || !isPlain) throw unreadable(source);
    const hasStar = fields.some((field) => 'A_Star' in field);
    return [{ names: stringsOf(fields), tokens: spelled.filter((_, place) => place % 2 === 0), hasStar }];
  });
}

/** The text with all replacements made; they must not overlap. */
export function replaceAt(text: string, replacements: readonly Replacement[]): string {
  let done = '';
  let from = 0;
  for (const { start, end, text: put } of replacements.toSorted((left, right) => left.start - right.start)) {
    done += text.slice(from, start) + put;
    from = end;
  }
  return done + text.slice(from);
}

/** New names of columns by their old ones. */
export type Renames = Readonly<Record<string, string>>;

/** The new name of a column, or undefined where it keeps its own. */
export function renamed(renames: Renames, name: string | undefined): string | undefined {
  return name !== undefined && Object.hasOwn(renames, name) ? renames[name] : undefined;
}

/** The tree with columns renamed: what a rewritten text must parse to. `referenced` renames a foreign key's other side. */
export function renamedTree(tree: unknown, renames: Renames, referenced: Renames = {}): unknown {
  if (Array.isArray(tree)) return tree.map((value) => renamedTree(value, renames, referenced));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]: [string, unknown]) => {
      if (key === 'fields' && Array.isArray(value)) return [key, value.with(-1, renamedString(value.at(-1), renames))];
      if (key === 'IndexElem') return [key, renamedElement(value, renames)];
      if (columnLists.includes(key) && Array.isArray(value)) {
        return [key, value.map((item) => renamedString(renamedTree(item, renames, referenced), renames))];
      }
      if (key === 'pk_attrs' && Array.isArray(value))
        return [key, value.map((item) => renamedString(item, referenced))];
      return [key, renamedTree(value, renames, referenced)];
    }),
  );
}

const columnLists: readonly string[] = ['keys', 'including', 'fk_attrs', 'fk_del_set_cols'];

function renamedString(value: unknown, renames: Renames): unknown {
  const [name] = typeof value === 'object' && value !== null && 'String' in value ? stringsIn(value.String) : [];
  const to = renamed(renames, name);
  return to === undefined ? value : { String: { sval: to } };
}

function renamedElement(element: unknown, renames: Renames): unknown {
  const tree = renamedTree(element, renames);
  if (typeof tree !== 'object' || tree === null || !('name' in tree) || typeof tree.name !== 'string') return tree;
  return { ...tree, name: renamed(renames, tree.name) ?? tree.name };
}

function stringsIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null && 'sval' in value && typeof value.sval === 'string'
    ? [value.sval]
    : [];
}

function unreadable(source: SourceText): Error {
  return fail('not-built', {
    what: `godwit cannot find the columns in: ${source.text}`,
    why: 'A name in it is spelled with Unicode escapes (U&"…").',
    next: 'Write the name as plain text.',
  });
}
