import type { Finding } from '#core/finding';
import { plainName, type Snapshot, type Table, type UserFunction } from '../../../schema.ts';
import { quoteName, quoteQualified } from '../quote.ts';
import { publicationStatements, sequenceRemarks, tableDependents, viewStatements } from './dependent-statements.ts';
import { type Node, neededFor, ordered } from './order.ts';
import { tableStatements } from './table-statements.ts';

/**
 * Statements that recreate the schema on an empty server, in order: the whole of it, or the named tables
 * (`public.users`) with what they need and what reads them. Run them on one session, outside a transaction or in one;
 * the first is a setting. Grants and policies for roles that are absent there are passed over; owners, foreign tables
 * and values of sequences are left out (`ddlFindings` says so).
 */
export function ddlOf(snapshot: Snapshot, tables?: readonly string[]): readonly string[] {
  const nodes = nodesOf(snapshot);
  const wanted = tables === undefined ? nodes : neededFor(nodes, withReaders(snapshot, new Set(tables)));
  return ['SET check_function_bodies = off', ...ordered(wanted).map((node) => node.text)];
}

/** What `ddlOf` cannot bring to a server that offers these extensions. */
export function ddlFindings(snapshot: Snapshot, offered: readonly string[]): readonly Finding[] {
  const extensions = snapshot.extensions.filter((extension) => !offered.includes(extension.name));
  const foreign = snapshot.tables.filter((table) => table.kind === 'foreign');
  return [
    ...extensions.map(
      (extension): Finding => ({
        rule: 'rehearsal/extension-missing',
        severity: 'warning',
        message: `The extension ${extension.name} ${extension.version} is not there on the rehearsal server.`,
        cure: 'Rehearse on a server of your own that has it.',
        object: extension.name,
      }),
    ),
    ...foreign.map(
      (table): Finding => ({
        rule: 'rehearsal/foreign-table',
        severity: 'warning',
        message: `The foreign table ${plainName(table)} is left out: its server cannot be reached from a rehearsal.`,
        object: plainName(table),
      }),
    ),
  ];
}

function nodesOf(snapshot: Snapshot): readonly Node[] {
  const tables = leavesFirst(snapshot.tables.filter((table) => table.kind !== 'foreign'));
  return [
    ...snapshot.schemas.map((schema) =>
      maker('schema', `schema ${schema}`, `CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`),
    ),
    ...snapshot.extensions.map(({ name, schema }) => {
      const where = schema === undefined ? '' : ` SCHEMA ${quoteName(schema)}`;
      return maker('extension', `extension ${name}`, `CREATE EXTENSION IF NOT EXISTS ${quoteName(name)}${where}`);
    }),
    ...snapshot.types.map((type) => maker('type', plainName(type), type.definition)),
    ...snapshot.functions.map(functionNode),
    ...sequenceNodes(snapshot),
    ...snapshot.sequences.flatMap(sequenceRemarks),
    ...tables.flatMap((table) => [...tableStatements(table, snapshot), ...tableDependents(table)]),
    ...snapshot.views.flatMap(viewStatements),
    ...publicationStatements(snapshot),
  ];
}

function maker(phase: Node['phase'], object: string, text: string): Node {
  return { phase, object, isMaker: true, text, mentions: text };
}

/** The body of a function is text unless it was parsed at creation; only its head must find what it names. */
function functionNode(made: UserFunction): Node {
  const body = /\nAS (?:\$|'|E')/.exec(made.definition);
  const text = made.definition.trimEnd();
  return { ...maker('function', plainName(made), text), mentions: body === null ? text : text.slice(0, body.index) };
}

function sequenceNodes(snapshot: Snapshot): readonly Node[] {
  return snapshot.sequences
    .filter((sequence) => !sequence.isIdentity)
    .flatMap((sequence) => {
      const name = quoteQualified(sequence);
      const create = maker(
        'sequence',
        plainName(sequence),
        `CREATE SEQUENCE ${name} AS ${sequence.type} ${sequence.definition}`,
      );
      if (sequence.ownedBy === undefined) return [create];
      const { table, column } = sequence.ownedBy;
      const text = `ALTER SEQUENCE ${name} OWNED BY ${quoteQualified(table)}.${quoteName(column)}`;
      const owned: Node = { phase: 'column', object: plainName(table), isMaker: false, text, mentions: text };
      return [create, owned];
    });
}

/** Partitions and children before their parents, so that a parent's key or index finds theirs and takes them over. */
function leavesFirst(tables: readonly Table[]): readonly Table[] {
  const byName = new Map(tables.map((table) => [plainName(table), table]));
  const depth = (table: Table | undefined): number => {
    if (table === undefined) return 0;
    const parents = [...table.inherits, ...(table.partitionOf === undefined ? [] : [table.partitionOf])];
    return parents.length === 0 ? 0 : 1 + Math.max(...parents.map((parent) => depth(byName.get(plainName(parent)))));
  };
  return [...tables].sort((one, other) => depth(other) - depth(one));
}

function withReaders(snapshot: Snapshot, names: ReadonlySet<string>): ReadonlySet<string> {
  const partitions = snapshot.tables.filter(
    (table) => table.partitionOf !== undefined && names.has(plainName(table.partitionOf)),
  );
  const readers = [...snapshot.views, ...snapshot.functions].filter((reader) =>
    (reader.dependsOn ?? []).some(({ table }) => names.has(plainName(table))),
  );
  const more = new Set([...names, ...[...partitions, ...readers].map(plainName)]);
  return more.size === names.size ? more : withReaders(snapshot, more);
}
