import { isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { hazardsOf, type Plan, stepsOf } from '#core/plan';
import type { RehearsedStep } from '#core/report';
import { digestsOf } from '#db/digest';
import { openDatabaseDomain } from '#db/domain';
import type { Driver, Rights } from '#db/driver';
import { plainName, type Snapshot, type Table } from '#db/schema';
import { openScratch, type Scratch, withSession } from '#db/scratch';
import { fillTables } from '#db/synthetic/fill-tables';
import { tablesToFill } from '#db/synthetic/tables-to-fill';
import { withWantedRows } from '#db/synthetic/wanted-rows';
import { openWatch, type Watch } from '#db/watch/watch';
import { unmeasuredNameUses } from '../code-uses/name-uses-executor.ts';
import type { Surroundings } from '../verb.ts';
import { back, firstIrreversible, forward, measuredDomain, type Stage } from './drive.ts';
import { judge, type Measured } from './judge.ts';
import { type LegTime, legTimes } from './leg-times.ts';

export type RehearsalRequest = {
  readonly plan: Plan;
  readonly driver: Driver;
  readonly snapshot: Snapshot;
  readonly rights: Rights;
  readonly nullShares: ReadonlyMap<string, number>;
  readonly searchPath: readonly string[];
  readonly rows: number;
  readonly surroundings: Surroundings;
};

export type Rehearsed = {
  readonly server: string;
  readonly steps: readonly RehearsedStep[];
  readonly findings: readonly Finding[];
  /** What the legs took, in their order; the rest of the time went into what is around them. */
  readonly legs: readonly LegTime[];
};

/**
 * Carries the plan out on a throw-away server with the same schema and made-up rows: forward, back and forward again,
 * with the runner and the executors that will carry it out on the real one. A plan that stops there may hold only
 * while tables are empty: where they are, that is tried too. Throws `embedded-missing`, `interrupted`.
 */
export async function rehearsePlan(request: RehearsalRequest): Promise<Rehearsed> {
  const filled = await rehearseOnce(request, []);
  const stopped = filled.findings.find(({ rule }) => rule === 'rehearsal/failed');
  const empty = request.snapshot.tables.filter(isEmpty).map(plainName);
  const touched = request.plan.origin.objects.filter((name) => empty.includes(name));
  if (stopped === undefined || touched.length === 0) return filled;
  const asItIs = await rehearseOnce(request, touched);
  if (asItIs.findings.some(({ rule }) => rule === 'rehearsal/failed')) return filled;
  return { ...asItIs, findings: [...asItIs.findings, onlyEmpty(touched, stopped)] };
}

function isEmpty({ rows }: Table): boolean {
  return rows === 0;
}

async function rehearseOnce(request: RehearsalRequest, empty: readonly string[]): Promise<Rehearsed> {
  const { driver, surroundings, plan } = request;
  const { signal } = surroundings;
  const scratch = await openScratch({ ...request, signal });
  try {
    const wanted = await withWantedRows(request.snapshot, plan.intent, request);
    const related = tablesToFill(wanted, plan.origin.objects);
    const tables = related.filter((table) => !empty.includes(plainName(table)));
    const filled = await withSession(scratch.connectToFill, signal, (session) =>
      fillTables(session, { ...request, snapshot: wanted, spelling: driver.spelling, tables, signal }),
    );
    const copy = await originOnCopy(request, scratch);
    const probed = related.filter((table) => plan.origin.objects.includes(plainName(table)));
    const watch = await openWatch({
      connect: scratch.connect,
      connectAsAdmin: scratch.connectAsAdmin,
      spelling: driver.spelling,
      probed,
      signal,
      nowMs: () => surroundings.monotonicMs(),
      wait: (ms, until) => surroundings.wait(ms, until),
    });
    try {
      const run = await perform(request, { scratch, watch, fingerprint: copy.fingerprint });
      return {
        server: scratch.server,
        steps: stepsMeasured(plan, run.measured),
        findings: [...scratch.findings, ...filled, ...copy.findings, ...run.findings, ...judge(plan, run.measured)],
        legs: run.legs,
      };
    } finally {
      await watch.close();
    }
  } finally {
    await scratch.close();
  }
}

/** The copy has to be as the plan knows the original, or the plan was rehearsed for something else. */
async function originOnCopy({ driver, plan, surroundings }: RehearsalRequest, scratch: Scratch) {
  const snapshot = await withSession(scratch.connectAsAdmin, surroundings.signal, (session) => driver.inspect(session));
  const fingerprint = driver.fingerprint(snapshot, plan.origin.objects);
  const findings: readonly Finding[] =
    fingerprint === plan.origin.fingerprint
      ? []
      : [
          {
            rule: 'rehearsal/copy-differs',
            severity: 'warning',
            message: `The copy of ${plan.origin.objects.join(', ')} on the rehearsal server is not in every point like the original.`,
            cure: 'Try the plan on a staging server too.',
          },
        ];
  return { fingerprint, findings };
}

type Place = { readonly scratch: Scratch; readonly watch: Watch; readonly fingerprint: string };

async function perform(request: RehearsalRequest, { scratch, watch, fingerprint }: Place) {
  const { driver, plan, surroundings } = request;
  const measured: Measured[] = [];
  const findings: Finding[] = [];
  let leg = 0;
  const times = legTimes(() => surroundings.monotonicMs());
  const domain = openDatabaseDomain({
    driver,
    connect: watch.connect,
    place: 'rehearsal',
    random: surroundings.random,
    limits: { attemptsMaxMs: surroundings.config.limits.lockWaitMaxMs },
  });
  const stage: Stage = {
    plan: { ...plan, origin: { ...plan.origin, fingerprint } },
    domain: measuredDomain({ ...domain, executors: [...domain.executors, unmeasuredNameUses] }, watch, {
      leg: () => leg,
      hear: (one) => measured.push(one),
    }),
    surroundings,
  };
  const digest = () => rowsDigest(request, scratch).finally(() => watch.catchUp());
  try {
    const stop = firstIrreversible(plan);
    if (stop !== undefined) findings.push(irreversible(stop.step.id, stop.step.title));
    if (stop === undefined || stop.phaseBefore !== undefined) {
      const before = await digest();
      await times.measure('forward', () => forward(stage, stop?.phaseBefore));
      leg = 1;
      const { restored } = await times.measure('back', () => back(stage));
      findings.push(...notRestored(plan, restored, { before, after: await digest() }));
    }
    const last = leg === 0 ? 'forward' : 'forward again';
    leg = 2;
    const { state } = await times.measure(last, () => forward(stage, undefined));
    findings.push(...state.exceptions.map(exception));
  } catch (error) {
    findings.push(failed(error, leg));
  } finally {
    await domain.close();
  }
  return { measured, findings, legs: times.all() };
}

async function rowsDigest({ driver, plan, surroundings, snapshot }: RehearsalRequest, scratch: Scratch) {
  const tables = snapshot.tables.filter(({ schema, name }) =>
    plan.origin.objects.includes(plainName({ schema, name })),
  );
  return withSession(scratch.connectAsAdmin, surroundings.signal, (session) =>
    digestsOf(session, tables, driver.spelling),
  );
}

/** What a step took with its proof, in the slower one of its runs forward. */
function stepsMeasured(plan: Plan, measured: readonly Measured[]): readonly RehearsedStep[] {
  return stepsOf(plan).flatMap(({ step }) => {
    const own = measured.filter(({ stepId, direction }) => stepId === step.id && direction !== 'back');
    const isEmpty = step.action.kind === 'none' && step.verify.kind === 'none';
    if (own.length === 0) return isEmpty && measured.length > 0 ? [nothingDone(step.id)] : [];
    const legs = [...new Set(own.map(({ leg }) => leg))];
    const msOf = (leg: number) =>
      own.filter((one) => one.leg === leg).reduce((sum, { observed }) => sum + observed.ms, 0);
    const all = own.map(({ observed }) => observed);
    return [
      {
        id: step.id,
        ms: rounded(Math.max(...legs.map(msOf))),
        locks: longest(all.flatMap(({ locks }) => locks)),
        rewrites: [...new Set(all.flatMap(({ rewrites }) => rewrites))],
        scans: [...new Set(all.flatMap(({ scans }) => scans))],
        longestWaitMs: rounded(Math.max(...all.map(({ longestWaitMs }) => longestWaitMs))),
      },
    ];
  });
}

function nothingDone(id: string): RehearsedStep {
  return { id, ms: 0, locks: [], rewrites: [], scans: [], longestWaitMs: 0 };
}

function longest(locks: RehearsedStep['locks']): RehearsedStep['locks'] {
  const byKey = new Map<string, RehearsedStep['locks'][number]>();
  for (const lock of locks) {
    const key = `${lock.relation} ${lock.mode}`;
    const heldMs = Math.max(rounded(lock.heldMs), byKey.get(key)?.heldMs ?? 0);
    byKey.set(key, { ...lock, heldMs });
  }
  return [...byKey.values()];
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function irreversible(id: string, title: string): Finding {
  return {
    rule: 'rehearsal/irreversible',
    severity: 'warning',
    message: `The way back was rehearsed only up to step ${id} (${title}), which cannot be taken back.`,
    cure: 'Have a backup before you apply this plan.',
    object: id,
  };
}

type Digests = ReadonlyMap<string, string>;

/** Rows that a trigger of the user touched are not put back, and the plan says so beforehand. */
function notRestored(
  plan: Plan,
  restored: { readonly schema: boolean; readonly exceptions: readonly string[] } | undefined,
  { before, after }: { readonly before: Digests; readonly after: Digests },
): readonly Finding[] {
  const differing = [...before].filter(([name, digest]) => after.get(name) !== digest).map(([name]) => name);
  const said = hazardsOf(plan).flatMap(({ rule, object }) => (rule === 'hazard/user-triggers-fire' ? [object] : []));
  return [
    ...(restored?.schema === true
      ? []
      : [notBack('The schema after the way back is not the one from before.', 'error')]),
    ...differing.map((name) =>
      notBack(
        `After the way back the rows of ${name} are not the ones from before.`,
        said.includes(name) ? 'warning' : 'error',
      ),
    ),
    ...(restored?.exceptions ?? []).map(exception),
  ];
}

function onlyEmpty(tables: readonly string[], stopped: Finding): Finding {
  return {
    rule: 'rehearsal/only-empty',
    severity: 'warning',
    message: `The plan holds only while ${tables.join(', ')} ${tables.length === 1 ? 'is' : 'are'} as empty as now. With rows: ${stopped.message}`,
    cure: 'Apply it before rows come in, or plan again when there are some.',
  };
}

function notBack(message: string, severity: 'error' | 'warning'): Finding {
  const rule = 'rehearsal/not-restored';
  return severity === 'error'
    ? { rule, severity, message, cure: 'Do not apply this plan: it cannot be taken back as a whole.' }
    : {
        rule,
        severity,
        message,
        cure: 'It may come from your own triggers, which the plan names: look what they write.',
      };
}

function exception(message: string): Finding {
  return { rule: 'rehearsal/exception', severity: 'warning', message };
}

const legs = ['on the way forward', 'on the way back', 'on the second way forward'];

/** A plan that stops is an answer; being interrupted, or a mistake of ours, is none. */
function failed(error: unknown, leg: number): Finding {
  if (!isFailure(error) || error.code === 'interrupted' || error.code === 'bug') throw error;
  const { what, why, next } = error.explanation;
  return {
    rule: 'rehearsal/failed',
    severity: 'error',
    message: `The plan stopped ${legs[leg] ?? ''} (${error.code}). ${what} ${why}`,
    cure: next,
  };
}
