import type { Finding } from '#core/finding';
import type { Effects } from '#db/lint/effects/effects';
import { type LockMode, lockModes, strengthOf } from '#db/lint/lock-mode';
import type { Claim } from '#db/rule';
import type { Observation } from './observation.ts';
import type { Modelled, Standing } from './prove.ts';

type Comparison = {
  readonly modelled: readonly Modelled[];
  readonly standing: Standing;
  readonly observed: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly claim: Claim | undefined;
  readonly kind: 'bad' | 'good';
};

/** Where the effects model, the findings or the rule's claim say something else than the server did; as sentences. */
export function disagreements(comparison: Comparison): readonly string[] {
  const { modelled, observed, kind, findings } = comparison;
  const perStatement = modelled.flatMap((statement, place) => {
    const seen = observed[place];
    return seen === undefined ? [`${statement.text}: not observed`] : ofEffects(statement, seen, comparison);
  });
  const perFinding = kind === 'good' ? [] : findings.flatMap((finding) => ofFinding(finding, comparison));
  return [...perStatement, ...perFinding];
}

const tableKinds = ['table', 'partitioned', 'view', 'materialized', 'other'];

/** The model of one statement against what was seen; of one that failed, only that it had to. */
function ofEffects(statement: Modelled, seen: Observation, comparison: Comparison): readonly string[] {
  const { text, effects, isAboutRows } = statement;
  const mayFail = comparison.kind === 'bad' && (comparison.claim?.fails ?? effects.fails) !== undefined;
  if (seen.sqlstate !== undefined) {
    const isMeant = mayFail || followsFailure(seen, comparison);
    return isMeant ? [] : [`${text}: failed with ${seen.sqlstate}: ${seen.message ?? ''}`];
  }
  const held = new Set(strongest(heldBefore(statement, comparison)));
  const isNews = (one: string) => !held.has(one);
  const isThere = ({ relation }: { readonly relation: string }) => comparison.standing.has(relation);
  const locks = (of: 'table' | 'other') => ({
    said: strongest(
      effects.locks.filter(
        (lock) =>
          (lock.kind === 'table') === (of === 'table') &&
          (of === 'table' || isThere(lock)) &&
          !isHeldByOldName(lock.relation, statement, comparison),
      ),
    ).filter(isNews),
    was: strongest(seen.locks.filter((lock) => isOf(lock, of) && isThere(lock) && !isPassedOver(lock, text))),
  });
  return [
    ...differences(text, 'locks of tables', locks('table')),
    ...differences(text, 'locks of indexes and sequences', onlyNamed(locks('other'))),
    ...differences(text, 'rewrites', {
      said: effects.rewrites,
      was: [...seen.rewrites, ...seen.emptied].filter((one) => comparison.standing.has(one)),
    }),
    ...(isAboutRows ? [] : differences(text, 'scans', scansOf(effects, seen, comparison))),
    ...buildsOf(statement, seen, comparison),
  ];
}

/** VACUUM locks a partitioned table for the instant that it takes to see that it has no rows: it is seen or not, by chance. */
function isPassedOver({ kind }: Observation['locks'][number], text: string): boolean {
  return kind === 'partitioned' && /^vacuum\b/i.test(text);
}

function isOf({ kind }: Observation['locks'][number], of: 'table' | 'other'): boolean {
  return tableKinds.includes(kind) === (of === 'table');
}

/** Locks that earlier statements of the transaction took: a statement takes them no second time. */
function heldBefore(statement: Modelled, { modelled, observed }: Comparison) {
  const place = modelled.indexOf(statement);
  return observed
    .filter((_, at) => at < place && modelled[at]?.transaction === statement.transaction)
    .flatMap(({ locks }) => locks);
}

/** A table that the transaction renamed is held already, and was seen by the name that it had. */
function isHeldByOldName(relation: string, statement: Modelled, { modelled }: Comparison): boolean {
  const name = relation.slice(relation.indexOf('.') + 1);
  const earlier = modelled.slice(0, modelled.indexOf(statement));
  return earlier.some(
    ({ text, transaction }) =>
      transaction === statement.transaction && new RegExp(`TABLE .* RENAME TO ${name}$`).test(text),
  );
}

function buildsOf({ text, effects }: Modelled, seen: Observation, { standing }: Comparison): readonly string[] {
  const isSaid = effects.builds.length > 0;
  const isOnOld = seen.locks.some(({ relation, kind }) => kind !== 'index' && standing.has(relation));
  const isSeen = isOnOld && isBuilt(effects, seen);
  return isSaid === isSeen ? [] : [`${text}: index build said ${isSaid}, was ${isSeen}`];
}

function followsFailure(seen: Observation, { observed }: Comparison): boolean {
  return seen.sqlstate === '25P02' && observed.some(({ sqlstate }) => sqlstate !== undefined && sqlstate !== '25P02');
}

/** Building an index reads every row too, and rewriting may; of what is looked up in, the planner decides how much. */
function scansOf({ scans, lookups, rewrites, builds }: Effects, seen: Observation, { standing }: Comparison) {
  const implied = new Set([...rewrites, ...builds, ...lookups]);
  return {
    said: scans.filter((one) => !implied.has(one)),
    was: seen.scans.filter((one) => !implied.has(one) && standing.has(one)),
  };
}

function isBuilt({ rewrites }: Effects, seen: Observation): boolean {
  return (
    seen.builds.length > 0 || (rewrites.length === 0 && seen.emptied.length === 0 && seen.rebuiltIndexes.length > 0)
  );
}

/** Locks that matter: what writers wait for. */
function strongest(locks: readonly { readonly relation: string; readonly mode: string }[]): readonly string[] {
  const byRelation = new Map<string, LockMode>();
  for (const { relation, mode } of locks) {
    const known = lockModes.find((one) => one === mode);
    if (known === undefined || strengthOf(known) < strengthOf('SHARE UPDATE EXCLUSIVE')) continue;
    const before = byRelation.get(relation);
    if (before === undefined || strengthOf(before) < strengthOf(known)) byRelation.set(relation, known);
  }
  return [...byRelation].map(([relation, mode]) => `${relation} ${mode}`);
}

/** The model names indexes only where a statement is about them. */
function onlyNamed({ said, was }: { readonly said: readonly string[]; readonly was: readonly string[] }) {
  return said.length === 0 ? { said, was: [] } : { said, was: was.filter((one) => said.includes(one)) };
}

function differences(
  text: string,
  what: string,
  { said, was }: { readonly said: readonly string[]; readonly was: readonly string[] },
): readonly string[] {
  const [one, other] = [[...new Set(said)].sort().join(', '), [...new Set(was)].sort().join(', ')];
  return one === other ? [] : [`${text}: ${what} said [${one}], was [${other}]`];
}

/** What a finding says, and what its rule claims, against the statement that it stands at. */
function ofFinding(finding: Finding, { modelled, observed, claim }: Comparison): readonly string[] {
  const place = modelled.findIndex(
    ({ line, endLine }) => line <= (finding.line ?? 0) && (finding.line ?? 0) <= endLine,
  );
  const seen = observed[place];
  if (seen === undefined) return [`${finding.rule}: stands at no statement`];
  if (claim === undefined) return [];
  if (claim.fails !== undefined) {
    const was = seen.sqlstate ?? failureLater(observed, place);
    return was === claim.fails ? [] : [`${finding.rule} claims ${claim.fails}, was ${was ?? 'no failure'}`];
  }
  const own = modelled[place]?.transaction;
  const held = observed
    .filter((_, at) => at <= place && modelled[at]?.transaction === own)
    .flatMap(({ locks }) => locks);
  const lock = strongestMode(held.filter(({ kind }) => kind !== 'index' && kind !== 'sequence'));
  const was = {
    lock,
    rewrite: seen.rewrites.length + seen.emptied.length > 0,
    scan: seen.scans.length + seen.rewrites.length > 0,
    build:
      seen.builds.length > 0 || (seen.rewrites.length + seen.emptied.length === 0 && seen.rebuiltIndexes.length > 0),
  };
  return [
    ...(claim.lock === lock ? [] : [`${finding.rule} claims the lock ${claim.lock ?? 'none'}, was ${lock ?? 'none'}`]),
    ...ofWork(finding.rule, claim, was),
    ...(finding.lock === lock
      ? []
      : [`${finding.rule}: the finding says ${finding.lock ?? 'no lock'}, was ${lock ?? 'none'}`]),
  ];
}

/** Work that is claimed has to be seen; where none is claimed the lock is held for an instant, and none may be. */
function ofWork(
  rule: string,
  claim: Claim,
  was: { readonly rewrite: boolean; readonly scan: boolean; readonly build: boolean },
): readonly string[] {
  const kinds = ['rewrite', 'scan', 'build'] as const;
  const missing = kinds.filter((kind) => claim[kind] === true && !was[kind]);
  const isInstant = kinds.every((kind) => claim[kind] !== true);
  const found = isInstant && claim.lock !== undefined ? kinds.filter((kind) => was[kind]) : [];
  return [
    ...missing.map((kind) => `${rule} claims ${kind}, and there was none`),
    ...found.map((kind) => `${rule} claims no work, and there was ${kind}`),
  ];
}

function failureLater(observed: readonly Observation[], place: number): string | undefined {
  return observed.slice(place).find(({ sqlstate }) => sqlstate !== undefined)?.sqlstate;
}

function strongestMode(locks: readonly { readonly mode: string }[]): LockMode | undefined {
  const known = locks.flatMap(({ mode }) => lockModes.find((one) => one === mode) ?? []);
  const strong = known.filter((mode) => strengthOf(mode) >= strengthOf('SHARE UPDATE EXCLUSIVE'));
  return strong.toSorted((one, other) => strengthOf(other) - strengthOf(one))[0];
}
