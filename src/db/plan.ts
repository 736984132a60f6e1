import { hashOf } from '#core/canonical';
import { fail } from '#core/error';
import type { NamedChange } from '#core/named-change';
import type { Gate, Phase, PhaseKind, PlanDraft, Step } from '#core/plan';
import { type Change, diff } from './diff.ts';
import type { Capabilities, Driver, IntentOptions, Rights } from './driver.ts';
import type { Edit, StatedEdit } from './edit.ts';
import { estimate } from './estimate.ts';
import { tableFacts } from './facts.ts';
import type { Look } from './look.ts';
import { namedChanges } from './named-changes.ts';
import {
  type AnyOperation,
  type Draft,
  type PlanContext,
  type PlanLimits,
  type StepDraft,
  stages,
} from './operation.ts';
import { operationOf } from './operations/index.ts';
import { isFreeChange } from './planning/free-change.ts';
import { keysOn } from './planning/linked-changes.ts';
import { asAction } from './planning/steps.ts';
import { plainName, type Snapshot, type Table } from './schema.ts';
import { startTarget, type Target } from './target.ts';

/** What planning asks of a driver. */
export type PlanningDriver = Pick<Driver, 'name' | 'fingerprint' | 'readIntent' | 'spelling'> & {
  can(version: number): Capabilities;
};

export type PlanRequest = {
  /** The intent, as the user wrote it. */
  readonly text: string;
  readonly up?: string;
  readonly down?: string;
  readonly snapshot: Snapshot;
  readonly driver: PlanningDriver;
  readonly rights: Rights;
  readonly limits: PlanLimits;
  /** Schemas in which unqualified names are looked up. */
  readonly searchPath: readonly string[];
};

export const defaultPlanLimits: PlanLimits = {
  lockTimeoutMs: 500,
  statementTimeoutMs: 5_000,
  indexDeadlineMs: 3_600_000,
  workers: 2,
  batchTargetMs: 50,
  rewriteBytesMax: 10_000_000,
};

/**
 * Makes an intent in SQL a plan. Reads no server: the snapshot is all that it knows, and equal input gives an equal
 * plan. Throws `sql-syntax`, `unknown-object`, `name-taken`, `rights-missing`, `not-built` and `unsafe-change` with the
 * user's names, and `nothing-to-do` when the intent changes nothing.
 */
export async function planDatabase(request: PlanRequest): Promise<PlanDraft> {
  return (await studyIntent(request)).draft;
}

/** A plan with what goes beside it. */
export type Study = {
  readonly draft: PlanDraft;
  /** What to look for in the rows of now, before the plan is relied on. */
  readonly looks: readonly Look[];
  /** What the plan changes that code can notice by a name. */
  readonly named: readonly NamedChange[];
};

/** All that is made of an intent, which is read once. Throws as `planDatabase` does. */
export async function studyIntent(request: PlanRequest): Promise<Study> {
  const given = await prepared(request);
  const looks = given.drafts.flatMap(({ looks }) => looks ?? []);
  return { draft: planOf(request, given), looks, named: namedChanges(given.changes) };
}

type Prepared = {
  readonly changes: readonly Change[];
  readonly stated: readonly StatedEdit[];
  readonly touched: readonly Touched[];
  readonly origin: PlanDraft['origin'];
  readonly intent: PlanDraft['intent'];
  readonly drafts: readonly Draft[];
};

/** From the text to what each of its changes asks for. */
async function prepared(request: PlanRequest): Promise<Prepared> {
  const { text, up, down, snapshot, driver, searchPath } = request;
  const options = { ...(up === undefined ? {} : { up }), ...(down === undefined ? {} : { down }) };
  const serverVersion = snapshot.server.version;
  const stated = await driver.readIntent(text, { ...options, searchPath, serverVersion, ...knownOf(snapshot) });
  const target = simulate(snapshot, stated);
  const changes = diff(target, (from, to, table, up) => isFreeChange({ from, to, table, up }, driver.spelling));
  if (changes.length === 0) throw nothingToDo(text);
  const touched = tablesOf(changes, { before: snapshot, after: target.snapshot });
  refuseNotOwned(touched, request.rights);
  const objects = [...new Set(touched.map(({ before }) => plainName(before)))].sort();
  const origin = { kind: 'database' as const, fingerprint: driver.fingerprint(snapshot, objects), objects };
  const intent = { kind: 'sql', text, options };
  const context: PlanContext = {
    before: snapshot,
    after: target.snapshot,
    target,
    changes,
    spelling: driver.spelling,
    can: driver.can(snapshot.server.version),
    rights: request.rights,
    tag: hashOf({ intent, origin }).slice(0, 8),
    limits: request.limits,
    searchPath,
  };
  return { changes, stated, touched, origin, intent, drafts: changes.map((change) => draftOf(change, context)) };
}

function planOf({ text, snapshot, driver }: PlanRequest, given: Prepared): PlanDraft {
  const { stated, touched, origin, intent, drafts } = given;
  const phases = phasesOf(drafts);
  const isThere = ({ id }: Table) => snapshot.tables.some((table) => table.id === id);
  return {
    domain: driver.name,
    title: titleOf(stated),
    why: `Asked for as: ${text.trim()}`,
    intent,
    origin,
    current: touched.flatMap(({ before, columns }) => (isThere(before) ? tableFacts(before, columns) : [])),
    target: touched.flatMap(({ after, columns }) => (after === undefined ? [] : tableFacts(after, columns))),
    phases,
    risks: unique(drafts.flatMap(({ risks }) => risks ?? [])),
    estimates: phases.flatMap(({ steps }) => steps.map((step) => estimate(step, snapshot))),
  };
}

/** What reading may know of the snapshot: names that are taken, and how often functions give a new value. */
function knownOf(snapshot: Snapshot): Pick<IntentOptions, 'isTaken' | 'functionVolatility'> {
  const relations = snapshot.tables.flatMap((table) =>
    [table.name, ...table.indexes.map(({ name }) => name), ...table.constraints.map(({ name }) => name)].map((name) =>
      plainName({ schema: table.schema, name }),
    ),
  );
  const taken = new Set([
    ...relations,
    ...[...snapshot.views, ...snapshot.sequences, ...snapshot.types].map(plainName),
  ]);
  const functions = snapshot.functions.flatMap((known) => [
    [plainName(known), known.volatility] as const,
    [known.name, known.volatility] as const,
  ]);
  return { isTaken: (name) => taken.has(plainName(name)), functionVolatility: new Map(functions) };
}

/** The snapshot as the statements make it, one after the other. */
export function simulate(snapshot: Snapshot, stated: readonly StatedEdit[]): Target {
  return stated.reduce<Target>((target, { edit, text, up, down }, place) => {
    return operationFor(edit.kind).simulate(target, edit, { text, place, up, down });
  }, startTarget(snapshot));
}

function operationFor(kind: Edit['kind']): AnyOperation {
  const operation = operationOf(kind);
  if (operation !== undefined) return operation;
  throw fail('not-built', {
    what: `${kind} cannot be planned yet.`,
    why: 'godwit refuses what it has no proven strategy for.',
    next: 'Take this statement out of the intent, and make the change by hand.',
  });
}

function draftOf(change: Change, context: PlanContext): Draft {
  return operationFor(change.kind).plan?.(change, context) ?? {};
}

type Touched = { readonly before: Table; readonly after: Table | undefined; readonly columns: readonly string[] };

/** Every table that a change touches, once, with the columns that change. */
function tablesOf(changes: readonly Change[], snapshots: Pick<PlanContext, 'before' | 'after'>): readonly Touched[] {
  const touched = new Map<string, Touched>();
  const touch = (before: Table, after: Table | undefined, columns: readonly string[]) => {
    const known = touched.get(before.id);
    touched.set(before.id, { before, after, columns: [...(known?.columns ?? []), ...columns] });
  };
  for (const change of changes) {
    const pair = 'before' in change.table ? change.table : { before: change.table, after: change.table };
    touch(pair.before, change.kind === 'drop-table' ? undefined : pair.after, columnsOf(change));
  }
  // The foreign key of a table that refers to a retyped column is made anew.
  const retyped = changes.flatMap((change) => (change.kind === 'change-type' ? [change.before.id] : []));
  const keys = retyped.flatMap((id) => keysOn(id, { ...snapshots, changes }));
  for (const { from, columns } of keys) if (!touched.has(from.before.id)) touch(from.before, from.after, columns);
  return [...touched.values()];
}

function columnsOf(change: Change): readonly string[] {
  if ('column' in change) return [change.column.id];
  if ('constraint' in change) return change.constraint.columns;
  if ('index' in change) return change.index.dependsOn;
  return 'before' in change ? [change.before.id] : [];
}

const phaseTitles: Readonly<Record<PhaseKind, string>> = {
  prepare: 'Prepare',
  expand: 'Expand: add what is new beside what is there',
  migrate: 'Migrate: fill, index and compare',
  deploy: 'Deploy: the application moves over',
  contract: 'Contract: make it final',
};

function phasesOf(drafts: readonly Draft[]): readonly Phase[] {
  const prove = ordered(drafts, 'migrate').filter(({ stage }) => stage === 'prove');
  const phases = (['prepare', 'expand', 'migrate', 'contract'] as const).flatMap((kind): readonly Phase[] => {
    const steps = ordered(drafts, kind).map((draft, place) => stepOf(draft, kind, place));
    return steps.length === 0 ? [] : [{ id: kind, kind, title: phaseTitles[kind], steps }];
  });
  const gate = gateOf(drafts, prove);
  if (gate === undefined) return phases;
  const deploy: Phase = { id: gate.id, kind: 'deploy', title: phaseTitles.deploy, gate, steps: [] };
  const contract = phases.findIndex(({ kind }) => kind === 'contract');
  return phases.toSpliced(contract === -1 ? phases.length : contract, 0, deploy);
}

/** The steps of a phase in their fixed order: by stage, and within a stage as the changes come. */
function ordered(drafts: readonly Draft[], kind: Exclude<PhaseKind, 'deploy'>): readonly StepDraft[] {
  const steps = drafts.flatMap((draft) => draft[kind] ?? []);
  return stages.flatMap((stage) => steps.filter((step) => step.stage === stage));
}

function stepOf({ slug, stage: _, ...step }: StepDraft, kind: PhaseKind, place: number): Step {
  return { id: `${kind}-${place + 1}-${slug}`, ...step };
}

function gateOf(drafts: readonly Draft[], prove: readonly StepDraft[]): Gate | undefined {
  const needs = unique(drafts.flatMap(({ deployNeeds }) => deployNeeds ?? []));
  if (needs.length === 0) return undefined;
  const back = unique(drafts.flatMap(({ deployNeedsBack }) => deployNeedsBack ?? []));
  const uses = drafts.flatMap(({ retires }) => retires ?? []);
  const usage = asAction({
    kind: 'db/usage',
    uses: uses.map(({ table, ...column }) => ({ table: { ...table }, ...column })),
  });
  const names = uses.map(({ table, column }) => (column === undefined ? table.name : `${table.name}.${column}`));
  return {
    id: 'deploy',
    needs: needs.join(' '),
    needsBack: back.length > 0 ? back.join(' ') : 'Deploy the version from before this plan again.',
    evidence: [
      ...prove.map(({ slug, title, verify }) => ({ id: slug, title, action: verify })),
      ...(uses.length === 0
        ? []
        : [{ id: 'old-names', title: `No statement uses ${names.join(', ')} any more`, action: usage }]),
    ],
  };
}

function unique<T>(values: readonly T[]): readonly T[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

function titleOf(stated: readonly StatedEdit[]): string {
  const [first, ...others] = stated.map(({ text }) => text.replace(/\s+/g, ' ').replace(/;$/, '').trim());
  const head = first === undefined || first.length <= 80 ? (first ?? '') : `${first.slice(0, 79)}…`;
  return others.length === 0 ? head : `${head} and ${others.length} more`;
}

function refuseNotOwned(touched: readonly Touched[], { notOwned, role }: Rights): void {
  const missing = touched.map(({ before }) => plainName(before)).filter((name) => notOwned.includes(name));
  if (missing.length === 0) return;
  throw fail('rights-missing', {
    what: `Role ${role} does not own ${missing.join(', ')}.`,
    why: 'Only the owner of a table may alter it and add triggers to it.',
    next: `Use the owner's role, or: GRANT <owner> TO ${role}.`,
  });
}

function nothingToDo(text: string) {
  return fail('nothing-to-do', {
    what: 'The intent changes nothing.',
    why: `After ${JSON.stringify(text.trim())} the database would be as it is now.`,
    next: 'Check the names in the intent, or that the change was not made already.',
  });
}
