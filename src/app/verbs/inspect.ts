import { resolve } from 'node:path';
import * as z from 'zod';
import { exitCodes, fail } from '#core/error';
import { plainName, type Snapshot, type Table } from '#db/schema';
import { asJson } from '../as-json.ts';
import { openDatabase, withReader } from '../domains.ts';
import { inspectFolder, isPythonTree, isTree } from '../inspect-folder.ts';
import { inspectOutput } from '../outputs.ts';
import { pythonText } from '../python-text.ts';
import { hasTarget } from '../target.ts';
import { treeText } from '../tree-text.ts';
import type { Surroundings, Verb } from '../verb.ts';

const input = z.strictObject({
  table: z.string().optional().describe('Only this table, e.g. users or public.users'),
  tree: z
    .union([z.literal(true), z.string()])
    .optional()
    .describe('Only the working tree in this folder (without a folder: in this one)'),
  offline: z.boolean().optional().describe('Of a working tree: ask no registry'),
  quick: z.boolean().optional().describe('Of a working tree: do not look for uses of deprecated API'),
  runTests: z
    .boolean()
    .optional()
    .describe(
      'Of a working tree: run its script `test` and collect the deprecation warnings of Node (at most 15 minutes)',
    ),
  imports: z
    .boolean()
    .optional()
    .describe('Only the imports of the working tree that break the rules of the configuration (tree.imports)'),
  since: z
    .string()
    .optional()
    .describe(
      'Commit with which imports are compared, e.g. origin/main (default: HEAD, or where all is committed HEAD^)',
    ),
  format: z
    .enum(['text', 'markdown', 'sarif', 'github', 'junit', 'gitlab'])
    .optional()
    .describe('How imports are written (default: text)'),
});
type Input = z.infer<typeof input>;
type Part = { readonly json: { readonly [key: string]: unknown }; readonly title: string; readonly text: string };

/** What is there now. */
export const inspect: Verb<Input> = {
  name: 'inspect',
  summary: 'What is there now: tables, columns, constraints, indexes, sizes; or the working tree',
  description:
    'The database, where one is named, is read in one read-only transaction. Of Python every place that names a version is shown, and what checks it. The working tree is shown where this folder has a package.json: package manager, workspace, every place that names a Node version, tools, TypeScript settings, direct dependencies against their registry, what does not fit together, and uses of API that is marked @deprecated. Nothing is written, and no code of the tree is run unless --run-tests asks for it. With --json everything that planning knows is printed.',
  examples: [
    { command: 'godwit inspect', says: 'all tables with their sizes, and the working tree where there is one' },
    { command: 'godwit inspect users', says: 'one table in full' },
    {
      command: 'godwit inspect --imports --since origin/main',
      says: 'in CI: new cycles and new imports against the layers end with exit code 2',
    },
    { command: 'godwit inspect --tree web', says: 'only the working tree in the folder web' },
  ],
  isReadOnly: true,
  argument: 'table',
  input,
  output: inspectOutput,
  async execute(asked, surroundings) {
    if (asked.imports === true) {
      const { inspectImports } = await import('../inspect-imports.ts');
      return inspectImports(asked, surroundings);
    }
    refuseWithoutImports(asked);
    const folder = asked.tree === undefined ? '.' : asked.tree === true ? '.' : asked.tree;
    const isTreeAsked = asked.tree !== undefined;
    const root = resolve(surroundings.cwd, folder);
    const hasPython = (isTreeAsked || asked.table === undefined) && (await isPythonTree(root));
    const hasTree = (asked.table === undefined || isTreeAsked) && ((isTreeAsked && !hasPython) || (await isTree(root)));
    const isDatabaseAsked = !isTreeAsked && (!(hasTree || hasPython) || hasTarget(surroundings));
    const parts = [
      ...(isDatabaseAsked ? [await databasePart(asked.table, surroundings)] : []),
      ...(hasTree ? [await treePart(folder, asked, surroundings)] : []),
      ...(hasPython ? [await pythonPart(root, folder, surroundings)] : []),
    ];
    const lines = parts.flatMap(({ text }) => text.trimEnd().split('\n'));
    return {
      json: asJson(Object.assign({}, ...parts.map(({ json }) => json))),
      report: {
        kind: 'checks',
        title: parts.map(({ title }) => title).join(', '),
        checks: lines.map((detail, place) => ({ id: String(place + 1), ok: true, detail })),
      },
      exit: exitCodes.done,
      text: parts.map(({ text }) => text).join('\n'),
    };
  },
};

function refuseWithoutImports({ since, format }: Input): void {
  const flag = since !== undefined ? '--since' : format !== undefined ? '--format' : undefined;
  if (flag === undefined) return;
  throw fail('bad-input', {
    what: `${flag} says nothing without --imports.`,
    why: 'It is about the imports of a working tree.',
    next: `Add --imports, or leave ${flag} out.`,
  });
}

async function databasePart(table: string | undefined, surroundings: Surroundings): Promise<Part> {
  const database = await openDatabase(surroundings);
  const whole = await withReader(database, surroundings.signal, (session) => database.driver.inspect(session));
  const snapshot = table === undefined ? whole : only(whole, table);
  const fingerprint = database.driver.fingerprint(whole);
  const lines = table === undefined ? overview(snapshot) : snapshot.tables.flatMap(inFull);
  const version = whole.server.settings.server_version ?? whole.server.version;
  return {
    json: { database: { fingerprint, ...snapshot } },
    title: database.target.name,
    text: `${[`${database.target.name}, PostgreSQL ${version}, fingerprint ${fingerprint.slice(0, 16)}`, ...lines].join('\n')}\n`,
  };
}

async function treePart(
  folder: string,
  { offline, quick, runTests }: Input,
  surroundings: Surroundings,
): Promise<Part> {
  const tree = await inspectFolder(folder, surroundings, {
    isOffline: offline === true,
    isQuick: quick === true,
    mayRunTests: runTests === true,
  });
  return { json: { code: tree }, title: folder, text: treeText(tree) };
}

async function pythonPart(root: string, folder: string, { signal }: Surroundings): Promise<Part> {
  const { inspectPython } = await import('#code/python/inspect-python');
  const python = await inspectPython(root, signal);
  return { json: { python }, title: `${folder} (Python)`, text: pythonText(python) };
}

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
