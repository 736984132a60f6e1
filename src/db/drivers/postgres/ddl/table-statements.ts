import { type Column, type Constraint, plainName, type Sequence, type Snapshot, type Table } from '../../../schema.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import type { Node, Phase } from './order.ts';

/**
 * Statements for one table: made with its columns and proven checks; partitions and children stand alone first and are
 * attached afterwards, with keys and indexes from the leaves up, so that every one keeps its own name.
 */
export function tableStatements(table: Table, snapshot: Snapshot): readonly Node[] {
  return [
    node(table, 'table', createTable(table, snapshot)),
    ...columnStatements(table),
    ...attachStatements(table),
    ...keyStatements(table),
    ...indexStatements(table),
  ];
}

/** A statement that belongs to a table; only the one in phase `table` makes it. */
export function node(table: Table, phase: Phase, text: string): Node {
  return { phase, object: plainName(table), isMaker: phase === 'table', text, mentions: text };
}

function createTable(table: Table, snapshot: Snapshot): string {
  const checks = table.constraints
    .filter((constraint) => constraint.kind === 'check' && constraint.isValidated)
    .map((constraint) => `CONSTRAINT ${quoteName(constraint.name)} ${constraint.definition}`);
  const parts = [...table.columns.map((column) => columnDefinition(column, table, snapshot)), ...checks];
  return [
    `CREATE ${table.persistence === 'unlogged' ? 'UNLOGGED ' : ''}TABLE ${quoteQualified(table)} (${parts.join(', ')})`,
    ...(table.partitionKey === undefined ? [] : [`PARTITION BY ${table.partitionKey}`]),
    ...(table.storageOptions.length === 0 ? [] : [`WITH (${table.storageOptions.map(storageOption).join(', ')})`]),
  ].join(' ');
}

/** `name=value` with the value quoted, which every option takes. */
export function storageOption(option: string): string {
  const equals = option.indexOf('=');
  return equals < 0 ? option : `${option.slice(0, equals)}=${quoteLiteral(option.slice(equals + 1))}`;
}

/** A partition gets its identity from its parent when it is attached, and must not have one before. */
function columnDefinition(column: Column, table: Table, snapshot: Snapshot): string {
  const sequence = snapshot.sequences.find(
    (one) => column.sequence !== undefined && plainName(one) === plainName(column.sequence),
  );
  const identity = table.partitionOf === undefined ? column.identity : undefined;
  return [
    `${quoteName(column.name)} ${column.type}`,
    ...(column.collation === undefined ? [] : [`COLLATE ${column.collation}`]),
    ...(column.defaultExpression === undefined ? [] : [`DEFAULT ${column.defaultExpression}`]),
    ...(column.generated === undefined
      ? []
      : [`GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.kind.toUpperCase()}`]),
    ...(identity === undefined ? [] : [`GENERATED ${identity.toUpperCase()} AS IDENTITY${sequenceOptions(sequence)}`]),
    ...(column.isNotNull ? ['NOT NULL'] : []),
  ].join(' ');
}

function sequenceOptions(sequence: Sequence | undefined): string {
  return sequence === undefined ? '' : ` (SEQUENCE NAME ${quoteQualified(sequence)} ${sequence.definition})`;
}

function columnStatements(table: Table): readonly Node[] {
  const alter = (column: Column, what: string) =>
    node(table, 'column', `ALTER TABLE ONLY ${quoteQualified(table)} ALTER COLUMN ${quoteName(column.name)} ${what}`);
  return table.columns.flatMap((column) => [
    ...(column.statisticsTarget === undefined ? [] : [alter(column, `SET STATISTICS ${column.statisticsTarget}`)]),
    ...(column.storage === undefined ? [] : [alter(column, `SET STORAGE ${column.storage.toUpperCase()}`)]),
    ...(column.compression === undefined ? [] : [alter(column, `SET COMPRESSION ${column.compression}`)]),
  ]);
}

function attachStatements(table: Table): readonly Node[] {
  const name = quoteQualified(table);
  const inherits = table.inherits.map((parent) =>
    node(table, 'attach', `ALTER TABLE ${name} INHERIT ${quoteQualified(parent)}`),
  );
  if (table.partitionOf === undefined) return inherits;
  const attach = `ALTER TABLE ONLY ${quoteQualified(table.partitionOf)} ATTACH PARTITION ${name} ${table.partitionBound ?? 'DEFAULT'}`;
  return [...inherits, node(table, 'attach', attach)];
}

/** Keys, exclusions, and checks that are not proven; one that is inherited and not proven comes with its parent. */
function keyStatements(table: Table): readonly Node[] {
  return table.constraints.flatMap((constraint) => {
    const phase = keyPhase(constraint);
    if (phase === undefined) return [];
    return [
      node(
        table,
        phase,
        `ALTER TABLE ${quoteQualified(table)} ADD CONSTRAINT ${quoteName(constraint.name)} ${constraint.definition}`,
      ),
    ];
  });
}

function keyPhase(constraint: Constraint): Phase | undefined {
  if (constraint.kind === 'foreign-key') return 'foreign-key';
  if (constraint.kind !== 'check') return 'key';
  return constraint.isValidated || constraint.isInherited ? undefined : 'key';
}

/** The server prints ON ONLY for a partitioned table; without it, the partitions' own indexes are found and attached. */
function indexStatements(table: Table): readonly Node[] {
  return table.indexes
    .filter((index) => index.constraint === undefined && index.isValid)
    .map((index) => node(table, 'index', withoutOnly(index.definition)));
}

function withoutOnly(definition: string): string {
  return definition.replace(/^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")+"|\S+) ON )ONLY /, '$1');
}
