import { walkTree } from '#code/walk';
import { fail } from '#core/error';
import type { PlanDraft } from '#core/plan';
import { inspectFolder } from './inspect-folder.ts';
import { mustWait, openRuns, runOn } from './open-runs.ts';
import { openTree } from './open-tree.ts';
import { predictedBreaks } from './predicted-breaks.ts';
import type { Surroundings } from './verb.ts';

/** What was asked for on the command line. */
export type UpgradeRequest = {
  /** e.g. `react@19`, `express@5,typescript@6`, `all` */
  readonly text: string;
  /** e.g. `7d` */
  readonly minAge: string | undefined;
  /** e.g. `eslint-plugin-x>eslint=9: reason` */
  readonly overrides: readonly string[];
};

/**
 * The plan for an upgrade of the working tree in this folder. Reads only; asks the registry. Throws `no-repository`,
 * `dirty-tree`, `bad-input`, `nothing-to-do`, `no-solution`, `registry-failed`.
 */
export async function draftUpgradeOf(request: UpgradeRequest, surroundings: Surroundings): Promise<PlanDraft> {
  const { cwd, env, signal } = surroundings;
  const say = (message: string): void => surroundings.on({ kind: 'notice', message });
  const { parseOverride, parseWishes } = await import('#code/upgrade/wishes');
  const wishes = parseWishes(request.text);
  const overrides = request.overrides.map(parseOverride);
  const { repository, domain } = await openTree(cwd, surroundings);
  const other = runOn(['working tree'], await openRuns(domain));
  if (other !== undefined) throw mustWait(other);
  await domain.checkReady?.();
  const snapshot = await inspectFolder('.', surroundings, { isOffline: false, isQuick: false, mayRunTests: false });
  await checkLock(snapshot.packageManager?.lockFile, repository);
  const { openRegistry } = await import('#code/registry/registry');
  const { planUpgrade } = await import('#code/upgrade/plan-upgrade');
  const { studyHops } = await import('#code/study-upgrade');
  const { draftUpgrade } = await import('#code/upgrade/draft-upgrade');
  const { detectChecks } = await import('#code/gate/detect-checks');
  const { readText } = await import('#code/read-text');
  const read = async (path: string): Promise<string | undefined> => {
    const answer = await readText(cwd, path);
    return answer.kind === 'text' ? answer.text : undefined;
  };
  const yarnrc = snapshot.packageManager?.name === 'yarn' ? await read('.yarnrc.yml') : undefined;
  const registry = await openRegistry({ root: cwd, env, signal, yarnrc });
  const path = await planUpgrade({
    wishes,
    snapshot,
    read,
    registry,
    nodeInUse: process.versions.node,
    minAgeDays: request.minAge === undefined ? undefined : daysOf(request.minAge),
    overrides,
    nowMs: Date.parse(surroundings.now()),
    signal,
    progress: say,
  });
  const { files } = await walkTree(cwd, signal);
  const checks = detectChecks(snapshot, { files, overrides: surroundings.config.tree.checks });
  const breaks = predictedBreaks({ files, yarnrc }, surroundings);
  const hops = await studyHops(path.hops, { repository, signal, breaksOf: breaks.of, progress: say });
  return draftUpgrade({
    intent: { kind: 'upgrade', text: request.text, options: optionsOf(request) },
    fingerprint: await repository.fingerprint(),
    snapshot,
    checks: checks.checks,
    hops,
    findings: path.findings,
    unknown: [...path.unknown, ...checks.unknown, ...breaks.unknown()],
  });
}

/** What has no lock file cannot be put back as it was. */
async function checkLock(
  lockFile: string | undefined,
  repository: Awaited<ReturnType<typeof openTree>>['repository'],
): Promise<void> {
  if (lockFile !== undefined) {
    const { files } = await repository.trackedFiles();
    if (files.includes(lockFile)) return;
  }
  throw fail('bad-input', {
    what: 'No plan was made: this tree has no lock file that git tracks.',
    why:
      lockFile === undefined
        ? 'Without one nobody can say which versions are there now, and no rollback could install them again.'
        : `${lockFile} is there, and git does not track it: no rollback could bring it back.`,
    next: `Install once with the package manager of the project, commit ${lockFile ?? 'the lock file that it writes'}, and plan again.`,
  });
}

function daysOf(text: string): number {
  const found = /^(\d+)\s*(d|w)?$/.exec(text.trim());
  const count = Number(found?.[1]);
  if (found !== null && Number.isSafeInteger(count) && count <= 3_650) return found[2] === 'w' ? count * 7 : count;
  throw fail('bad-input', {
    what: `--min-age ${text} is not understood.`,
    why: `It is a number of days or weeks, at most ten years.`,
    next: 'Write e.g. `--min-age 7d` or `--min-age 2w`.',
  });
}

function optionsOf({ minAge, overrides }: UpgradeRequest): Readonly<Record<string, string>> {
  return {
    ...(minAge === undefined ? {} : { 'min-age': minAge }),
    ...(overrides.length === 0 ? {} : { override: overrides.join('; ') }),
  };
}
