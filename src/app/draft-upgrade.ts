import { walkTree } from '#code/tree/walk';
import type { ToolChoice } from '#code/upgrade/tools-for';
import type { Hop, UpgradePath } from '#code/upgrade/upgrade-path';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { PlanDraft } from '#core/plan';
import { inspectFolder } from './inspect-folder.ts';
import type { OpenTree } from './open-tree.ts';
import { predictedBreaks } from './predicted-breaks.ts';
import { treeToPlan } from './tree-to-plan.ts';
import type { UpgradeRequest } from './upgrade-request.ts';
import type { Surroundings } from './verb.ts';

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
  const { isDjangoWish, draftDjangoUpgradeOf } = await import('./draft-django-upgrade.ts');
  if (wishes.some(isDjangoWish)) return draftDjangoUpgradeOf(wishes, request, surroundings);
  const { isPythonWish, draftPythonUpgradeOf } = await import('./draft-python-upgrade.ts');
  if (wishes.some(isPythonWish)) return draftPythonUpgradeOf(wishes, request, surroundings);
  const { repository, nodeFor } = await treeToPlan(surroundings);
  const snapshot = await snapshotToPlan(surroundings, repository);
  await checkLock(snapshot.packageManager?.lockFile, repository);
  const { openRegistry } = await import('#code/registry/registry');
  const { planUpgrade } = await import('#code/upgrade/plan-upgrade');
  const { studyHops } = await import('#code/study-upgrade');
  const { draftUpgrade } = await import('#code/upgrade/draft-upgrade');
  const { toolsFor } = await import('#code/upgrade/tools-for');
  const { detectChecks } = await import('#code/gate/detect-checks');
  const { readText } = await import('#code/text/read-text');
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
    nodeFor: async (range) => (await nodeFor(range, signal))?.version,
    minAgeDays: request.minAge === undefined ? undefined : daysOf(request.minAge),
    overrides,
    nowMs: Date.parse(surroundings.now()),
    signal,
    progress: say,
  });
  const { flags } = request;
  checkFlags(flags, path.hops);
  await checkPlaces(path.hops, repository);
  const { files } = await walkTree(cwd, signal);
  const checks = detectChecks(snapshot, { files, overrides: surroundings.config.tree.checks });
  const breaks = predictedBreaks({ files, yarnrc }, surroundings);
  const toolsOf = (hop: Hop): Promise<ToolChoice> =>
    toolsFor(hop, { mayRun: request.mayRun, packument: (name) => registry.packument(name) });
  const hops = await studyHops(path.hops, { repository, signal, breaksOf: breaks.of, toolsOf, flags, progress: say });
  return draftUpgrade({
    intent: { kind: 'upgrade', text: request.text, options: optionsOf(request) },
    fingerprint: await repository.fingerprint(),
    snapshot,
    checks: checks.checks,
    hops,
    findings: await findingsOfWay(path, { repository, nodeFor }, surroundings),
    unknown: [...path.unknown, ...checks.unknown, ...breaks.unknown()],
  });
}

/** The tree as far as a plan may change it. */
async function snapshotToPlan(surroundings: Surroundings, repository: OpenTree['repository']) {
  const snapshot = await inspectFolder('.', surroundings, { isOffline: false, isQuick: false, mayRunTests: false });
  const { trackedPlaces } = await import('#code/upgrade/runtime/tracked-places');
  const { files } = await repository.trackedFiles();
  return { ...snapshot, nodeVersions: trackedPlaces(snapshot.nodeVersions, files) };
}

/** What is to be known of a way besides its hops: Node for the gate, and hooks that run for its commits. */
async function findingsOfWay(
  { hops, findings }: UpgradePath,
  { repository, nodeFor }: Pick<OpenTree, 'repository' | 'nodeFor'>,
  { config, signal }: Surroundings,
): Promise<readonly Finding[]> {
  const { otherNode } = await import('#code/gate/other-node');
  const { hookFindings } = await import('#code/repository/commit-hooks');
  const range = hops.find(({ runtime }) => runtime !== undefined)?.runtime?.range;
  // A gate that wants a Node which this machine lacks is no gate for it: that is said before anything is done.
  const isMissing = range !== undefined && (await nodeFor(range, signal)) === undefined;
  return [
    ...findings,
    ...(isMissing ? [otherNode(range, process.versions.node)] : []),
    ...(config.tree.hooks ? await hookFindings(repository) : []),
  ];
}

/** What has no lock file cannot be put back as it was. */
async function checkLock(lockFile: string | undefined, repository: OpenTree['repository']): Promise<void> {
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

/** A flag is for a package that leads a hop. */
function checkFlags(flags: readonly string[], hops: readonly Hop[]): void {
  const leads = hops.map(({ lead }) => lead.name);
  const other = flags.find((name) => !leads.includes(name));
  if (other === undefined) return;
  throw fail('bad-input', {
    what: `No plan was made: --flag ${other} names nothing that moves here.`,
    why: `What moves is ${[...new Set(leads)].join(', ')}.`,
    next: 'Name one of them, or leave --flag out.',
  });
}

/** A file that is changed is committed, and brought back: it has to be one that git tracks, and no link. */
async function checkPlaces(hops: readonly Hop[], repository: OpenTree['repository']): Promise<void> {
  const { files, others } = await repository.trackedFiles();
  const places = hops.flatMap(({ changes }) => changes.flatMap(({ declared }) => declared.map(({ file }) => file)));
  const wrong = places.find((file) => !files.includes(file));
  if (wrong === undefined) return;
  throw fail('bad-input', {
    what: `No plan was made: ${wrong} names a version that would change, and cannot be changed.`,
    why: others.includes(wrong)
      ? 'It is a symbolic link; godwit writes plain files only.'
      : 'git does not track it: no rollback could bring it back.',
    next: others.includes(wrong)
      ? 'Put the file itself where the link is, commit it, and plan again.'
      : 'Commit it, or take its folder out of the workspace, and plan again.',
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

function optionsOf({ minAge, overrides, mayRun, flags }: UpgradeRequest): Readonly<Record<string, string>> {
  return {
    ...(minAge === undefined ? {} : { 'min-age': minAge }),
    ...(overrides.length === 0 ? {} : { override: overrides.join('; ') }),
    ...(mayRun ? { 'allow-run': 'true' } : {}),
    ...(flags.length === 0 ? {} : { flag: flags.join(',') }),
  };
}
