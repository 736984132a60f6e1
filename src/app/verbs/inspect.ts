import { z } from 'zod';
import { exitCodes, fail } from '#core/error';
import { plainName, type Snapshot, type Table } from '#db/schema';
import { asJson } from '../as-json.ts';
import { openDatabase, withReader } from '../domains.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  table: z.string().optional().describe('Only this table, e.g. users or public.users'),
});

/** What is there now. */
export const inspect: Verb<z.infer<typeof input>> = {
  name: 'inspect',
  summary: 'What is there now: tables, columns, constraints, indexes, sizes',
  description: 'Reads the catalog in one read-only transaction. With --json everything that planning knows is printed.',
  examples: [
    { command: 'godwit inspect', says: 'all tables with their sizes' },
    { command: 'godwit inspect users', says: 'one table in full' },
  ],
  isReadOnly: true,
  argument: 'table',
  input,
  async execute({ table }, surroundings) {
    const database = await openDatabase(surroundings);
    const whole = await withReader(database, surroundings.signal, (session) => database.driver.inspect(session));
    const snapshot = table === undefined ? whole : only(whole, table);
    const fingerprint = database.driver.fingerprint(whole);
    const lines = table === undefined ? overview(snapshot) : snapshot.tables.flatMap(inFull);
    return {
      json: asJson({ database: { fingerprint, ...snapshot } }),
      report: {
        kind: 'checks',
        title: database.target.name,
        checks: lines.map((detail, place) => ({ id: String(place + 1), ok: true, detail })),
      },
      exit: exitCodes.done,
      text: `${[`${database.target.name}, PostgreSQL ${whole.server.settings.server_version ?? whole.server.version}, fingerprint ${fingerprint.slice(0, 16)}`, ...lines].join('\n')}\n`,
    };
  },
};

function only(snapshot: Snapshot, name: string): Snapshot {
  const tables = snapshot.tables.filter((table) => plainName(table) === name || table.name === name);
  if (tables.length > 0) return { ...snapshot, tables, views: [], sequences: [], functions: [], types: [] };
  const known = snapshot.tables.map(plainName);
  throw fail('unknown-object', {
    what: `There is no table ${name}.`,
    why:
      known.length === 0
        ? 'There are no tables that this role may see.'
        : `There are ${known.slice(0, 20).join(', ')}${known.length > 20 ? ' …' : ''}.`,
    next: 'Name one of these, or look whether this is the database that you mean.',
  });
}

function overview({ tables, views, types, functions, sequences }: Snapshot): readonly string[] {
  const lines = tables.map(
    (table) =>
      `  ${plainName(table)}: ${sizeOf(table)}, ${table.columns.length} columns, ${table.indexes.length} indexes`,
  );
  return [
    ...lines,
    `  ${views.length} views, ${sequences.length} sequences, ${types.length} types, ${functions.length} functions`,
  ];
}

function inFull(table: Table): readonly string[] {
  return [
    `  ${plainName(table)}: ${sizeOf(table)}, owner ${table.owner}`,
    ...table.columns.map((column) => {
      const rest = [
        column.isNotNull ? ' NOT NULL' : '',
        column.defaultExpression === undefined ? '' : ` DEFAULT ${column.defaultExpression}`,
      ];
      return `    ${column.name} ${column.type}${rest.join('')}`;
    }),
    ...table.constraints.map(({ name, definition }) => `    constraint ${name} ${definition}`),
    ...table.indexes.filter(({ constraint }) => constraint === undefined).map(({ definition }) => `    ${definition}`),
    ...table.triggers.map(({ definition }) => `    ${definition}`),
  ];
}

function sizeOf({ rows, bytes }: Table): string {
  const megabytes = bytes / 1_048_576;
  const size = megabytes >= 1 ? `${megabytes.toFixed(1)} MB` : `${Math.ceil(bytes / 1_024)} kB`;
  return `about ${Math.max(0, Math.round(rows)).toLocaleString('en-US')} rows, ${size}`;
}
