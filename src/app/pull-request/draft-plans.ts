import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Failure, fail, isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { definePlan, type Plan, type PlanDraft } from '#core/plan';
import type { Rehearsal } from '#core/report';
import type { MigrationFile } from '#db/history';
import { readPlan } from '#run/plan-file';
import { asReader } from '../as-reader.ts';
import { openDatabase, withReader } from '../domains.ts';
import { draftAlone, draftPlan } from '../draft-plan.ts';
import { readMigrations } from '../lint/read-migrations.ts';
import { decodeSql } from '../lint/read-sql-text.ts';
import { shownPath } from '../lint/shown-path.ts';
import { readRehearsal } from '../prerequisites.ts';
import { hasTarget } from '../target.ts';
import type { Surroundings } from '../verb.ts';
import { migrationText } from './migration-text.ts';
import { type Original, openPlanningServer, type PlanningServer } from './planning-server.ts';

/** What became of a file that the branch adds. */
export type PlannedFile =
  | {
      readonly kind: 'plan';
      readonly file: string;
      readonly plan: Plan;
      readonly rehearsal?: Rehearsal;
      /** What its rows have against it. */
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'refused'; readonly file: string; readonly failure: Failure }
  | { readonly kind: 'nothing'; readonly file: string };

export type PlannedFiles = { readonly files: readonly PlannedFile[]; readonly notices: readonly string[] };

export type PlansAsked = {
  readonly paths: readonly string[];
  readonly planOn: 'schema' | 'database';
  readonly schema?: string | undefined;
  readonly serverVersion?: number | undefined;
};

/** More are named, and not planned. */
const filesMax = 20;
const refusals = [
  'bad-input',
  'sql-syntax',
  'unknown-object',
  'name-taken',
  'not-built',
  'unsafe-change',
  'rights-missing',
];

/**
 * The plans of what a branch adds: of each migration or intent in SQL, drafted as `godwit plan` drafts it on what is there
 * before it runs, and of plans that were made already. Nothing is written. What is there is a database, or an embedded
 * server with the schema file and the migrations of before. Throws `no-target` where a database is to be asked and none is
 * named, `embedded-missing` where a server is needed.
 */
export async function draftPlans(
  asked: PlansAsked,
  surroundings: Surroundings,
  added: ReadonlySet<string> | undefined,
): Promise<PlannedFiles> {
  const { cwd, signal, config } = surroundings;
  const paths = asked.paths.length === 0 ? [config.migrations] : asked.paths;
  const { histories, planFiles } = readMigrations(paths, { cwd, signal });
  const isNew = (path: string) => added?.has(path) ?? true;
  const all = histories.flatMap(({ files }) => files.filter(({ parts }) => parts.some(isForward)));
  const fresh = all.filter(({ path }) => isNew(path));
  const shown = fresh.slice(0, filesMax);
  const made = await madePlans(planFiles.map(({ path }) => shownPath(path, cwd)).filter(isNew), surroundings);
  const left = fresh.length - shown.length;
  const notices = left === 0 ? [] : [`${left} more files are not planned: ${filesMax} are at once.`];
  if (shown.length === 0) return { files: made, notices };
  const before = all.filter(({ path }) => !isNew(path));
  const drafting = asked.planOn === 'database' ? onDatabase : onSchema;
  const drafted = await drafting(shown, { asked, surroundings: asReader(surroundings), before });
  return { files: [...made, ...drafted.files], notices: [...notices, ...drafted.notices] };
}

function isForward({ direction }: MigrationFile['parts'][number]): boolean {
  return direction === 'up';
}

type Drafting = {
  readonly asked: PlansAsked;
  readonly surroundings: Surroundings;
  readonly before: readonly MigrationFile[];
};

/** The first is planned as `godwit plan` would on the database; those after it on a copy of its schema. */
async function onDatabase(files: readonly MigrationFile[], { surroundings }: Drafting): Promise<PlannedFiles> {
  if (!hasTarget(surroundings)) throw noDatabase();
  const [first, ...later] = files;
  if (first === undefined) return { files: [], notices: [] };
  const { text, statements } = await migrationText(first);
  const planned = await judged(first.path, () => draftAlone({ text }, surroundings), surroundings);
  if (later.length === 0) return { files: [planned], notices: [] };
  const { signal } = surroundings;
  const server = await openPlanningServer({ original: await originalOf(surroundings), major: undefined, signal });
  try {
    await server.sizeTables();
    const refused = await server.run(statements);
    const rest = await inTurn(later, server, surroundings);
    return { files: [planned, ...rest.files], notices: [...notRun(first.path, refused), ...rest.notices] };
  } finally {
    await server.close();
  }
}

async function originalOf(surroundings: Surroundings): Promise<Original> {
  const database = await openDatabase(surroundings);
  return withReader(database, surroundings.signal, async (session) => {
    const snapshot = await database.driver.inspect(session);
    return { snapshot, rights: await database.driver.rights(session, snapshot, database.runner) };
  });
}

/** On an embedded server with the schema file, then the migrations of before, run in their order. */
async function onSchema(files: readonly MigrationFile[], drafting: Drafting): Promise<PlannedFiles> {
  const { asked, surroundings, before } = drafting;
  const { signal, config } = surroundings;
  const major = asked.serverVersion ?? config.lint.serverVersion;
  const server = await openPlanningServer({ original: undefined, major, signal });
  try {
    const schema = asked.schema ?? config.lint.schema;
    const refused =
      schema === undefined ? [] : notRun(schema, await server.run(await statementsIn(schema, surroundings)));
    const notices = [...refused];
    for (const file of before) {
      notices.push(...notRun(file.path, await server.run((await migrationText(file)).statements)));
    }
    await server.sizeTables();
    const rest = await inTurn(files, server, surroundings);
    const assumed = 'No database was asked: tables of before count as large ones (1,000,000 rows).';
    return { files: rest.files, notices: [assumed, ...notices, ...rest.notices] };
  } finally {
    await server.close();
  }
}

async function statementsIn(schema: string, { cwd }: Surroundings): Promise<readonly string[]> {
  const read = decodeSql(await readFile(resolve(cwd, schema)));
  const text = read.kind === 'text' ? read.text : '';
  const parts = [{ start: 0, end: text.length, direction: 'up', transaction: 'unknown' } as const];
  return (await migrationText({ path: schema, text, parts })).statements;
}

async function inTurn(
  files: readonly MigrationFile[],
  server: PlanningServer,
  surroundings: Surroundings,
): Promise<PlannedFiles> {
  const planned: PlannedFile[] = [];
  const notices: string[] = [];
  for (const file of files) {
    surroundings.signal.throwIfAborted();
    const { text, statements } = await migrationText(file);
    const draft = async () => ({ draft: await draftPlan({ text }, surroundings, server.place), findings: [] });
    planned.push(await judged(file.path, draft, surroundings));
    if (file !== files.at(-1)) notices.push(...notRun(file.path, await server.run(statements)));
  }
  return { files: planned, notices };
}

async function judged(
  file: string,
  draft: () => Promise<{ readonly draft: PlanDraft; readonly findings: readonly Finding[] }>,
  { now }: Surroundings,
): Promise<PlannedFile> {
  try {
    const drafted = await draft();
    const name = { day: now().slice(0, 10).replaceAll('-', ''), slug: 'pull-request' };
    return { kind: 'plan', file, plan: definePlan(drafted.draft, name), findings: drafted.findings };
  } catch (error) {
    if (isFailure(error, 'nothing-to-do')) return { kind: 'nothing', file };
    if (isFailure(error) && refusals.includes(error.code)) return { kind: 'refused', file, failure: error };
    throw error;
  }
}

/** Plans that the branch brings are told as they are; one that cannot be read is a finding of lint. */
async function madePlans(files: readonly string[], { cwd }: Surroundings): Promise<readonly PlannedFile[]> {
  const found: PlannedFile[] = [];
  for (const file of files.slice(0, filesMax)) {
    const dir = dirname(resolve(cwd, file));
    try {
      const plan = await readPlan(dir);
      const rehearsal = await readRehearsal(dir);
      const measured = rehearsal?.planHash === plan.planHash ? { rehearsal } : {};
      found.push({ kind: 'plan', file, plan, findings: [], ...measured });
    } catch (error) {
      if (!isFailure(error, 'plan-unreadable') && !isFailure(error, 'plan-edited')) throw error;
    }
  }
  return found;
}

function notRun(file: string, refused: readonly string[]): readonly string[] {
  const [first] = refused;
  if (first === undefined) return [];
  const many = refused.length === 1 ? 'A statement' : `${refused.length} statements, the first`;
  return [`${many} of ${file} could not be run on the server for planning: ${first}`];
}

function noDatabase(): Error {
  return fail('no-target', {
    what: 'There is no database to plan on.',
    why: '--plan-on database was said, and no --db, --target or DATABASE_URL names one. A pull request from a fork gets no secrets.',
    next: 'Give the job DATABASE_URL from a secret, better of a user that may only read, or plan on the schema: `--plan-on schema`.',
  });
}
