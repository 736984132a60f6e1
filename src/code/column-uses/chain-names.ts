import type ts from 'typescript';
import type { NamePlaces } from '#core/named-change';
import type { UseFile, UseTree } from './code-use.ts';
import { camelCase, snakeCase } from './name-match.ts';
import type { QueryChain } from './query-chain.ts';
import type { Shape } from './row-uses.ts';

/** What the calls of a builder mean. */
export type ChainRoles = {
  readonly kind: string;
  /** Their strings are outputs, which keep their name for whoever reads the rows. */
  readonly outputs: RegExp;
  /** Their objects are written. */
  readonly writes: RegExp;
  /** Their strings and the keys of their objects are read. */
  readonly reads: RegExp;
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
  readonly roles: ChainRoles;
  readonly file: UseFile;
  readonly tree: UseTree;
  /** Does another chain end with this call? */
  isChain(call: ts.CallExpression): boolean;
};

/** A change that a name means. */
export type Found = { readonly change: number; readonly doubt: string | undefined };

/** What a name of the code means over the tables of the chain. */
export async function resolved(name: string, look: Look): Promise<readonly Found[]> {
  const [target] = look.chain.tables;
  // In an upsert the row that was to be inserted has the columns of its table.
  const parts = name.replace(/^excluded\./, `${target?.alias ?? target?.name.split('.').at(-1)}.`).split('.');
  if (parts.some((part) => !/^\w+$/.test(part))) return [];
  const spelled = parts.map((part) => quoted(spelledFor(part, look.roles))).join('.');
  return placesOf(await look.tree.readNames(`SELECT (${spelled}) FROM ${fromText(look)}`, new Set())).filter(
    ({ change }) => 'column' in (look.tree.changes[change] ?? {}),
  );
}

/** The changes of an answer. */
export function placesOf(answer: NamePlaces): readonly Found[] {
  if ('message' in answer) return [];
  return answer.places.map(({ change, doubt }) => ({ change, doubt }));
}

/** The tables of a chain as a FROM. */
export function fromText({ chain, roles }: Look): string {
  const tables = chain.tables.map(({ name, alias }) => {
    const called = alias ?? name.split('.').at(-1) ?? '';
    return `${quoted(spelledFor(name, roles))} AS ${quoted(called)}`;
  });
  return tables.join(', ');
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
