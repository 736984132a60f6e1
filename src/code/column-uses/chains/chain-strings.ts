import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { bothVersions, type CodeUse, newNameOf, replacing } from '../code-use.ts';
import { throughConstants } from '../flows/through-constants.ts';
import { literalPieces } from '../texts/literal-pieces.ts';
import type { Meaning } from './call-meanings.ts';
import { type Found, inCode, type Look, resolved } from './chain-names.ts';
import { tablePrefixes } from './table-prefixes.ts';

/** Where a part of an argument stands: in which call, and what it means there. */
export type Stand = {
  readonly meaning: Meaning;
  readonly call: string;
  /** Names under which a callback has the builder; `this` among them. */
  readonly receivers: ReadonlySet<string>;
  readonly index: number;
  readonly isOnly: boolean;
  /** Variables on the way, each of which is looked into once. */
  readonly through: ReadonlySet<string>;
};

type Named =
  | TypeScript.StringLiteralLike
  | TypeScript.MemberName
  | { readonly text: string; readonly node: TypeScript.Node };

/** What a text names, that may end in an alias or an order: `'u.name as n'`. */
export async function nameUses(named: Named, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  if (['value', 'bindings'].includes(stand.meaning)) return [];
  const node = 'node' in named ? named.node : named;
  const quote = ts.isStringLiteralLike(node) ? 1 : 0;
  const raw = node.getText();
  if (/\\/.test(raw)) return [];
  const path = node.getSourceFile().fileName;
  const uses = await spelledUses({ text: named.text, end: node.getEnd() - quote, path }, stand, look);
  return named.text.includes('.') && !('node' in named) ? [...uses, ...(await tablePrefixes(node, look))] : uses;
}

/** `${T.users}.name`, `'users.' + 'name'` */
export async function piecedUses(node: TypeScript.Expression, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  const pieces = literalPieces(node, look.tree.constants) ?? [];
  const text = pieces.map((piece) => (piece.kind === 'hole' ? '?' : piece.text)).join('');
  const last = pieces.at(-1);
  const [whole = ''] = /\w+(\s.*)?$/.exec(text) ?? [];
  if (
    last === undefined ||
    last.path === undefined ||
    last.kind !== 'plain' ||
    last.text.length < whole.length ||
    stand.meaning === 'value'
  )
    return [];
  const uses = await spelledUses({ text, end: last.end, path: last.path }, stand, look);
  return [...uses.map((use) => throughConstants(use, last.through)), ...(await tablePrefixes(node, look))];
}

/** `sql.id('users', 'name')` */
export async function sqlIdUses(
  given: readonly TypeScript.Expression[],
  stand: Stand,
  look: Look,
): Promise<readonly CodeUse[]> {
  const last = given.at(-1);
  if (last === undefined || !ts.isStringLiteralLike(last)) return [];
  const text = given.map((one) => (ts.isStringLiteralLike(one) ? one.text : '?')).join('.');
  const path = last.getSourceFile().fileName;
  return spelledUses({ text, end: last.getEnd() - 1, path }, { ...stand, meaning: 'key' }, look);
}

type Spelled = { readonly text: string; readonly end: number; readonly path: string };

/** What a name names that ends at a place, whatever stands before it there. */
export async function spelledUses(
  { text, end: behind, path }: Spelled,
  stand: Stand,
  look: Look,
): Promise<readonly CodeUse[]> {
  const match = /^((?:\w+\.)*)(\w+)(\s+(?:as\s+\w+|(?:asc|desc)(?:\s+nulls\s+\w+)?))?$/i.exec(text);
  const [, prefix = '', name = '', after = ''] = match ?? [];
  if (match === null) return [];
  const end = behind - after.length;
  const isOutput = stand.meaning === 'output';
  const role = isOutput ? 'output' : stand.meaning === 'write' ? 'write' : 'read';
  return (await resolved(`${prefix}${name}`, look)).map((found) => {
    const suffix = isOutput && after === '' ? ` as ${name}` : '';
    return usedAt({ path, start: end - name.length, end }, { ...guessed(found, stand), role, suffix }, look);
  });
}

function guessed(found: Found, { meaning, call }: Stand): Found {
  if (meaning !== 'guess' || found.doubt !== undefined) return found;
  return { ...found, doubt: `It is given to ${call}(…), of which it is not known whether it takes names of columns.` };
}

/** A use with the new name in its place. */
export function usedAt(
  { path, start, end }: Pick<CodeUse, 'path' | 'start' | 'end'>,
  { change, doubt, role, suffix }: Found & { readonly role: CodeUse['role']; readonly suffix: string },
  { roles, tree }: Look,
): CodeUse {
  const to = doubt === undefined ? newNameOf(tree.changes[change]) : undefined;
  const edits = to === undefined ? [] : [replacing(start, end, `${inCode(to, roles)}${suffix}`)];
  return { path, start, end, change, kind: roles.kind, role, doubt, ...bothVersions(edits) };
}
