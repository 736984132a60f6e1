import type { Node, RangeVar } from 'libpg-query';
import { fail } from '#core/error';
import type { Edit } from '../../../edit.ts';
import { plainName, type QualifiedName } from '../../../schema.ts';
import type { IsTaken } from './automatic-name.ts';
import type { Statement } from './parse.ts';
import type { FunctionVolatility } from './volatility.ts';

/** What may be known when an intent is read. */
export type ReadOptions = {
  /** Transformations for the one edit that takes them, as from `--up` and `--down`. */
  readonly up?: string;
  readonly down?: string;
  /** Schemas without `$user`; unqualified names are taken to be in the first. */
  readonly searchPath: readonly string[];
  /** Is a relation or constraint of this name there already? Automatic names then go on counting as the server does. */
  readonly isTaken?: (name: QualifiedName) => boolean;
  /** Volatility of the server's functions, for defaults. */
  readonly functionVolatility?: FunctionVolatility;
  /** As server_version_num gives it; what is newer is then refused. */
  readonly serverVersion?: number;
};

/** One edit of a statement, with the command of an ALTER TABLE that it comes from. */
export type ReadEdit = { readonly edit: Edit; readonly piece?: number };

/** Reads one kind of statement. */
export type Reader = (node: Node, reading: Reading) => readonly ReadEdit[];

/** What a reader needs besides the tree. */
export type Reading = {
  readonly statement: Statement;
  readonly functionVolatility: FunctionVolatility;
  /** The table or index of a statement, with its schema. Refuses the schemas of godwit and the catalog. ONLY means nothing
   * here: tables with children are refused where they are known. */
  relation(relation: RangeVar | undefined): QualifiedName;
  /** Same, of a list of names. */
  named(names: readonly string[]): QualifiedName;
  /** A name as the server would choose it, remembered so that it is not chosen twice in one intent. */
  automatic(schema: string, choose: (isTaken: IsTaken) => string): string;
};

/** A refusal by name: `what` in the user's words. */
export type Refusal = { readonly what: string; readonly why: string; readonly next: string; readonly piece?: number };

const ownSchemas: Readonly<Record<string, string>> = {
  godwit: 'That schema holds the journal and the undo data of godwit.',
  pg_catalog: 'That schema is the catalog of PostgreSQL.',
  information_schema: 'That schema is the catalog of PostgreSQL.',
};

/** Makes what readers need for one statement. `taken` is shared by the statements of one intent. */
export function readingOf(statement: Statement, options: ReadOptions, taken: Set<string>): Reading {
  const named = (names: readonly string[]): QualifiedName => qualified(statement, names, options.searchPath);
  return {
    statement,
    functionVolatility: options.functionVolatility ?? new Map(),
    named,
    relation: (relation) => {
      const { catalogname, schemaname, relname = '' } = relation ?? {};
      return named([catalogname, schemaname, relname].filter((part) => part !== undefined));
    },
    automatic: (schema, choose) => {
      const isTaken = (name: string) =>
        taken.has(plainName({ schema, name })) || (options.isTaken?.({ schema, name }) ?? false);
      const name = choose(isTaken);
      taken.add(plainName({ schema, name }));
      return name;
    },
  };
}

/** The failure `not-built` for a statement, or for one command of it. */
export function refused(statement: Statement, refusal: Refusal): Error {
  const line = statement.pieces[refusal.piece ?? 0]?.line ?? statement.line;
  return fail('not-built', {
    what: `${refusal.what} on line ${line} cannot be planned.`,
    why: refusal.why,
    next: refusal.next,
  });
}

/** The words a statement or command begins with, for messages: `CREATE MATERIALIZED VIEW`. */
export function wordsOf(statement: Statement): string {
  const end = statement.tokens.findIndex(({ kind }) => kind !== 'keyword');
  const words = statement.tokens.slice(0, end === -1 ? 4 : Math.min(end, 4));
  const shown = words.length > 0 ? words : statement.tokens.slice(0, 2);
  return shown.map(({ text }) => text.toUpperCase()).join(' ');
}

/** One command of an ALTER TABLE in the user's words, cut where it gets long. */
export function pieceText(statement: Statement, piece: number): string {
  const place = statement.pieces[piece];
  const text =
    place === undefined
      ? statement.text
      : statement.text.slice(place.start - statement.start, place.end - statement.start);
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

function qualified(statement: Statement, names: readonly string[], searchPath: readonly string[]): QualifiedName {
  const [name = '', schema = searchPath[0], ...database] = [...names].reverse();
  if (schema === undefined) {
    throw fail('bad-input', {
      what: `${name} on line ${statement.line} has no schema.`,
      why: 'The search path of the connection is empty, so that it is not known which one is meant.',
      next: `Write the schema before it, such as public.${name}.`,
    });
  }
  if (database.length > 0) {
    throw refused(statement, {
      what: `The name ${names.join('.')}`,
      why: 'PostgreSQL has no references to other databases.',
      next: 'Leave the first part away and connect to that database.',
    });
  }
  const owner = Object.hasOwn(ownSchemas, schema) ? ownSchemas[schema] : undefined;
  if (owner === undefined) return { schema, name };
  throw fail('unsafe-change', {
    what: `${schema}.${name} on line ${statement.line} is not changed by a plan.`,
    why: owner,
    next: 'Leave this statement out.',
  });
}
