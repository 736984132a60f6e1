import type ts from 'typescript';
import type { NamePlaces } from '#core/named-change';
import type { UseFile, UseTree } from '../code-use.ts';
import type { Shape } from '../flows/row-uses.ts';
import { camelCase, snakeCase } from '../name-match.ts';
import type { CallMeanings } from './call-meanings.ts';
import type { ChainTable } from './chain-table.ts';
import type { QueryChain } from './query-chain.ts';

/** What the calls of a builder mean. */
export type ChainRoles = {
  readonly kind: string;
  /** Their strings are outputs, which keep their name for whoever reads the rows. */
  readonly outputs: RegExp;
  /** Their objects are written. */
  readonly writes: RegExp;
  /** What the arguments of each call mean. */
  readonly calls: CallMeanings;
  /** They give all columns, or give them where nothing is selected. */
  readonly all: RegExp;
  readonly isAllByDefault: boolean;
  /** What an awaited chain is: its rows, or one of them. */
  shapeOf(chain: QueryChain): Shape | undefined;
  /** Do names stand in camel case in the code, by a plugin? */
  readonly isCamel: boolean;
};

/** A chain, and where it stands. */
export type Look = {
  readonly chain: QueryChain;
  /** The queries that it stands in, from the inner one: their tables can be named too. */
  readonly around: readonly QueryChain[];
  /** Names under which functions around it have the builder. */
  readonly receivers: ReadonlySet<string>;
  /** Subqueries and WITH that give every column of a table, under their own names. */
  readonly derived: readonly ChainTable[];
  readonly roles: ChainRoles;
  readonly file: UseFile;
  readonly tree: UseTree;
  /** Does another chain end with this call? */
  isChain(call: ts.CallExpression): boolean;
};

/** A change that a name means. */
export type Found = { readonly change: number; readonly doubt: string | undefined };

const handedOn = 'It comes out of a subquery that gives every column of the table.';

/** What a name of the code means over the tables of the chain, and of those around it. */
export async function resolved(name: string, look: Look): Promise<readonly Found[]> {
  const parts = partsOf(name, look.chain.tables);
  if (parts.some((part) => !/^\w+$/.test(part))) return [];
  const spelled = `SELECT (${parts.map((part) => quoted(spelledFor(part, look.roles))).join('.')})`;
  const around = (inner: string) =>
    look.around.reduce((text, { tables }) => `SELECT (${text}) FROM ${fromTables(tables, look)}`, inner);
  const own = await columnsIn(around(`${spelled} FROM ${fromText(look)}`), look);
  if (own.length > 0 || look.derived.length === 0) return own;
  const handed = await columnsIn(`${spelled} FROM ${fromTables(look.derived, look)}`, look);
  return handed.map(({ change }) => ({ change, doubt: handedOn }));
}

/** In an upsert the row that was to be inserted has the columns of its table; a table may be named with its schema. */
function partsOf(name: string, [target, ...others]: readonly ChainTable[]): readonly string[] {
  const known = name.replace(/^excluded\./, `${target?.alias ?? target?.name.split('.').at(-1)}.`);
  const schema = [target, ...others].find((table) => table?.alias === undefined && known.startsWith(`${table?.name}.`));
  const plain = schema === undefined ? known : known.slice(schema.name.lastIndexOf('.') + 1);
  return plain.split('.');
}

async function columnsIn(statement: string, { tree }: Look): Promise<readonly Found[]> {
  return placesOf(await tree.readNames(statement, new Set())).filter(
    ({ change }) => 'column' in (tree.changes[change] ?? {}),
  );
}

/** The changes of an answer. */
export function placesOf(answer: NamePlaces): readonly Found[] {
  if ('message' in answer) return [];
  return answer.places.map(({ change, doubt }) => ({ change, doubt }));
}

/** The tables of a chain as a FROM. */
export function fromText(look: Look): string {
  return fromTables(look.chain.tables, look);
}

/** Tables as a FROM. */
export function fromTables(tables: readonly ChainTable[], { roles }: Look): string {
  const named = tables.map(({ name, alias }) => {
    const called = alias ?? name.split('.').at(-1) ?? '';
    return `${quoted(spelledFor(name, roles))} AS ${quoted(called)}`;
  });
  return named.join(', ');
}

/** A name in quotes, with its schema. */
export function quoted(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

/** A name of the code as the database has it. */
export function spelledFor(name: string, { isCamel }: ChainRoles): string {
  return isCamel ? snakeCase(name) : name;
}

/** A name of the database as the code has it. */
export function inCode(name: string, { isCamel }: ChainRoles): string {
  return isCamel ? camelCase(name) : name;
}
