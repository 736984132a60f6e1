import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { type Action, definePlan, type Plan, type PlanDraft, type Step } from '#core/plan';
import { allRuleNames, chooseRules } from './choose-rules.ts';
import { type Judged, judgeFiles } from './judge-files.ts';
import { readMigrations } from './read-migrations.ts';
import { type AllRead, withPlans } from './with-plans.ts';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'godwit-plans-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function sql(...statements: readonly string[]): Action {
  return { kind: 'db/sql', statements: [...statements], locks: [], lockTimeoutMs: 500, statementTimeoutMs: 5_000 };
}

function step(id: string, action: Action, rollback: Step['rollback'] = { kind: 'none' }): Step {
  return { id, title: id, action, rollback, verify: { kind: 'none' }, hazards: [] };
}

const gate = { id: 'deploy', needs: 'Deploy a version without it.', needsBack: '', evidence: [] };

function planOf(before: readonly Step[], after: readonly Step[] = [], more: Partial<PlanDraft> = {}): Plan {
  const draft: PlanDraft = {
    domain: 'postgres',
    title: 'A change',
    why: 'It is wanted.',
    intent: { kind: 'sql', text: '', options: {} },
    origin: { kind: 'database', fingerprint: 'f', objects: [] },
    current: [],
    target: [],
    phases: [
      { id: 'expand', kind: 'expand', title: 'Expand', steps: before },
      { id: 'deploy', kind: 'deploy', title: 'Deploy', steps: [], gate },
      { id: 'contract', kind: 'contract', title: 'Contract', steps: after },
    ],
    risks: [],
    estimates: [],
    ...more,
  };
  return definePlan(draft, { day: '20260101', slug: 'change' });
}

function write(path: string, content: unknown): void {
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`;
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

const file = 'migrations/20260101-change/plan.json';

async function read(named: readonly string[]): Promise<AllRead> {
  return withPlans(readMigrations(named, { cwd, signal: new AbortController().signal }), { named, cwd });
}

async function judge(named: readonly string[] = [file]): Promise<Judged & { readonly read: AllRead }> {
  const all = await read(named);
  const judged = await judgeFiles({
    histories: all.histories,
    schema: undefined,
    majors: { from: 12, to: 18 },
    rules: chooseRules({}),
    names: allRuleNames(),
    options: {},
    live: undefined,
    nameOf: (file) => file,
    signal: new AbortController().signal,
  });
  return { ...all.place(judged), read: all };
}

/** The text of a file that a finding is about. */
function textAt({ file: path, line = 1, column = 1, endLine = 1, endColumn = 1 }: Finding, text: string): string {
  expect(path).toBe(file);
  const lines = text.split('\n').slice(line - 1, endLine);
  const last = lines.pop() ?? '';
  return [...lines, last.slice(0, endColumn - 1)].join('\n').slice(column - 1);
}

describe('godwit lint of a plan', () => {
  it('points at the SQL in plan.json, escapes and all, and names the step', async () => {
    const action = sql('ALTER TABLE "odd \\ \u{1F426}"\n ADD COLUMN a int, ADD COLUMN b varchar(20)', 'TRUNCATE users');
    const plan = planOf([step('expand-1-odd', action)]);
    write(file, plan);
    const { findings } = await judge();
    const text = `${JSON.stringify(plan, undefined, 2)}\n`;
    const found = findings.map((finding) => [finding.rule, textAt(finding, text)]);
    expect(found).toContainEqual(['pg/truncate', 'TRUNCATE users']);
    expect(found).toContainEqual(['pg/prefer-text', 'ADD COLUMN b varchar(20)']);
    for (const { message, edit } of findings)
      expect([message, edit]).toEqual([expect.stringMatching(/^Step expand-1-odd: /), undefined]);
  });

  it('knows what the runner does: its transactions, its limits, its batches', async () => {
    const over = { table: { schema: 'public', name: 'users' }, key: [{ name: 'number', type: 'bigint' }] };
    const batches = {
      kind: 'db/batches',
      over,
      statements: [`UPDATE public.users AS t SET name = 'costs $range' WHERE $range AND name IS NULL`],
      counted: 0,
      isIdempotent: true,
      workers: 1,
      targetMs: 50,
      settings: { 'godwit.quiet': 'on' },
      quietTriggers: false,
    };
    const table = { schema: 'public', name: 'users' };
    const built = {
      kind: 'db/index',
      want: 'present',
      table,
      index: 'users_name',
      create: 'CREATE INDEX CONCURRENTLY users_name ON public.users (name)',
      deadlineMs: 1_000,
      locks: [],
    };
    const dropped = { kind: 'db/index', want: 'absent', table, index: 'users_"age"', deadlineMs: 1_000, locks: [] };
    write(
      file,
      planOf([
        step('expand-1-both', { kind: 'sequence', actions: [batches, built] }),
        step('expand-2-drop', dropped),
        step('expand-3-sql', sql('ALTER TABLE public.users ADD COLUMN title text')),
      ]),
    );
    const { findings, silenced, statements } = await judge();
    expect(findings).toEqual([]);
    expect(statements).toBe(4);
    const said = silenced.map(({ finding, by, reason }) => [finding.rule, by, reason]);
    expect(said).toContainEqual(['ds/unbatched-dml', 'plan', expect.stringContaining('range by range')]);
  });

  it('the gate and the way back answer for what contract takes away', async () => {
    const drop = sql('ALTER TABLE public.users DROP COLUMN old_name');
    const rename = sql('ALTER TABLE public.users RENAME COLUMN name TO old_name');
    const back = step('contract-2-drop', drop, sql('SELECT 1'));
    write(file, planOf([], [step('contract-1-rename', rename), back]));
    const { findings, silenced } = await judge();
    expect(findings).toEqual([]);
    expect(silenced.map(({ finding, reason }) => [finding.rule, reason])).toEqual([
      ['bc/rename-column', 'it runs after the gate deploy: Deploy a version without it.'],
      ['ds/drop-column', 'the plan can take step contract-2-drop back, values and all'],
    ]);
    const lost = step('contract-2-drop', drop, { kind: 'irreversible', why: 'nothing is kept' });
    write(file, planOf([step('expand-1-rename', rename)], [lost]));
    expect((await judge()).findings.map(({ rule }) => rule)).toEqual(['bc/rename-column', 'ds/drop-column']);
  });

  it("the plan's own helpers are nobody's hazard, and others of the kind are", async () => {
    const own = [
      'ALTER TABLE users DROP CONSTRAINT IF EXISTS "godwit_0123abcd_guard"',
      'GRANT EXECUTE ON FUNCTION "godwit"."godwit_0123abcd_fits_1"(bigint) TO PUBLIC',
    ];
    write(file, planOf([step('expand-1-own', sql(...own))]));
    expect((await judge()).findings).toEqual([]);
    const others = ['ALTER TABLE users DROP CONSTRAINT guard', 'GRANT EXECUTE ON FUNCTION pay(bigint) TO PUBLIC'];
    write(file, planOf([step('expand-1-others', sql(...others))]));
    expect((await judge()).findings.map(({ rule }) => rule)).toEqual(['pg/drop-constraint', 'sec/grant-change']);
  });

  it('what the limit of a step ends is a warning, and what it does not is an error', async () => {
    const slow = { ...sql('ALTER TABLE public.users ALTER COLUMN age TYPE bigint'), statementTimeoutMs: 0 };
    const same = sql('ALTER TABLE public.orders ALTER COLUMN age TYPE bigint');
    write(file, planOf([step('expand-1-slow', slow), step('expand-2-same', same)]));
    const { findings } = await judge();
    const found = findings.filter(({ rule }) => rule === 'pg/alter-column-type-rewrite');
    expect(found.map(({ severity }) => severity)).toEqual(['error', 'warning']);
    expect(found[1]?.message).toMatch(/cancels it after 5 s/);
  });

  it('knows the columns that the plan tells of, and what it makes itself', async () => {
    const widen = sql('ALTER TABLE public.users ALTER COLUMN mail TYPE varchar(40)');
    const made = sql('CREATE TABLE public.notes (id bigint PRIMARY KEY)', 'CREATE INDEX notes_id ON public.notes (id)');
    const current = [
      { subject: 'public.users', detail: 'about 3 rows, 8 kB; 2 columns' },
      { subject: 'public.users.mail', detail: 'character varying(20) NOT NULL; index users_mail' },
    ];
    write(file, planOf([step('expand-1-widen', widen), step('expand-2-made', made)], [], { current }));
    const { findings } = await judge();
    expect(findings.filter(({ severity }) => severity !== 'advice')).toEqual([]);
  });

  it('is found in a folder, each plan by itself, beside other SQL', async () => {
    write(file, planOf([step('expand-1', sql('TRUNCATE a'))]));
    write('migrations/20260102-other/plan.json', planOf([step('expand-1', sql('TRUNCATE b'))]));
    write('migrations/20260102-other/rehearsal.json', {});
    write('migrations/001_c.sql', 'TRUNCATE c;\n');
    write('migrations/infrastructure/plan.json', { resources: [] });
    const { findings, read: all } = await judge(['migrations']);
    const truncated = findings.filter(({ rule }) => rule === 'pg/truncate').map(({ file: path }) => path);
    expect(truncated).toEqual(['migrations/001_c.sql', file, 'migrations/20260102-other/plan.json']);
    expect([all.files.size, all.findings]).toEqual([3, []]);
  });
});

describe('a plan that cannot be judged', () => {
  it('of a working tree has no SQL, and that is said', async () => {
    const origin = { kind: 'working-tree' as const, fingerprint: 'f', objects: [] };
    write(file, planOf([step('expand-1', { kind: 'code/gate' })], [], { origin, title: 'Move react to 19' }));
    const { findings, histories } = await read([file]);
    expect(histories).toEqual([]);
    expect(findings).toMatchObject([{ rule: 'lint/not-sql', severity: 'advice', file }]);
    expect(findings[0]?.message).toContain('It changes a working tree and no database: Move react to 19.');
  });

  it('that was changed after it was made is an error, and its SQL is judged', async () => {
    const plan = planOf([step('expand-1', sql('TRUNCATE a'))]);
    write(file, { ...plan, title: 'Another' });
    const all = await judge();
    expect(all.read.findings).toMatchObject([{ rule: 'lint/plan-edited', severity: 'error', line: 4 }]);
    expect(all.findings.map(({ rule }) => rule)).toContain('pg/truncate');
  });

  it('with a kind of step that is not known says so at the step', async () => {
    write(file, planOf([step('expand-1-new', { kind: 'db/teleport' })]));
    const { findings } = await read([file]);
    expect(findings).toMatchObject([
      {
        rule: 'lint/not-read',
        message: 'Not read: step expand-1-new does db/teleport, which this version does not know.',
      },
    ]);
    expect(findings[0]?.line).toBeGreaterThan(10);
  });

  it.each([
    ['{ "planHash": "x",\n  "phases": [ }', 'It is not JSON: value expected at line 2, column 15.'],
    ['', 'It is not JSON: value expected at line 1, column 1.'],
    ['{ "planHash": 3 }', 'It has not the form of a plan: formatVersion: '],
    ['{ "resources": [] }', 'It has not the form of a plan: formatVersion: '],
  ])('named itself, %j is refused with the reason; in a folder it is a finding where it is ours', async (text, why) => {
    write(file, text);
    const error = await read([file]).catch((thrown: unknown) => thrown);
    expect(isFailure(error, 'plan-unreadable') ? error.explanation : error).toMatchObject({
      what: `There is no readable plan in ${file}.`,
      why: expect.stringContaining(why),
    });
    const inFolder = read(['migrations']);
    if (!text.includes('planHash')) await expect(inFolder).rejects.toMatchObject({ code: 'bad-input' });
    else expect((await inFolder).findings).toMatchObject([{ rule: 'lint/not-read', severity: 'warning', file }]);
  });
});
