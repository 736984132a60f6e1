import { movedPaths } from '#code/move/moved-paths';
import type { Obstacle } from '#code/move/study-move';
import type { Repository } from '#code/repository/repository';
import { linkTargets } from '#code/tree/link-targets';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { PlanDraft } from '#core/plan';
import { measuredTree } from './measured-tree.ts';
import { mentionsInTree } from './mentions-in-tree.ts';
import { treeToPlan } from './tree-to-plan.ts';
import type { Surroundings } from './verb.ts';

/** So many mentions stand in a plan; the rest is counted. */
const mentionsMax = 500;

/**
 * The plan for moves in the working tree of this folder. Reads only. Throws `no-repository`, `dirty-tree`, `bad-input`,
 * `name-taken`, `nothing-to-do`, and `unsafe-change` where a specifier cannot be made to reach its file.
 */
export async function draftMoveOf(wishes: readonly string[], surroundings: Surroundings): Promise<PlanDraft> {
  const { cwd, signal } = surroundings;
  const { repository } = await treeToPlan(surroundings);
  const { studyMove } = await import('#code/move/study-move');
  const { moveFindings, splitPairs } = await import('#code/move/move-findings');
  const { mentionFinder } = await import('#code/move/mentions');
  const { draftMove } = await import('#code/move/draft-move');
  const { diskTree } = await import('#code/tree/disk-tree');
  const tree = await diskTree(repository);
  const listing = await listingOf(repository);
  const moved = movedPaths(wishes, listing);
  await checkPlaces([...moved.files.values()], repository);
  await checkLinks(listing.others, { moved, root: cwd });
  const study = await studyMove(moved, tree, signal);
  const pairs = splitPairs(moved.files, study.before);
  if (pairs.length > 0) throw apart(pairs);
  if (study.obstacles.length > 0) throw stuck(study.obstacles);
  const mentions = await mentionsInTree(tree, mentionFinder(study), { texts: study.texts, signal });
  const { snapshot, checks, unknown, hooks } = await measuredTree(repository, surroundings);
  return draftMove({
    wishes,
    fingerprint: await repository.fingerprint(),
    snapshot,
    checks,
    study,
    findings: [...moveFindings(study), ...(await leftBehind(moved.folders, repository)), ...hooks],
    mentions: mentions.slice(0, mentionsMax),
    unknown: [
      ...unknown,
      ...(mentions.length > mentionsMax
        ? [
            {
              what: `${mentions.length - mentionsMax} more mentions of what moves`,
              why: `A plan names ${mentionsMax}.`,
            },
          ]
        : []),
    ],
  });
}

async function listingOf(repository: Repository) {
  const { files, others } = await repository.trackedFiles();
  const folders = new Set<string>();
  for (const path of [...files, ...others]) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at));
  }
  const ignoreCase = await repository.git.try(['config', '--get', '--bool', 'core.ignorecase']);
  return {
    files,
    others,
    hasFolder: (path: string) => folders.has(path),
    ignoresCase: ignoreCase.output.trim() === 'true',
  };
}

/** A place that git would ignore, or where something stands that git does not know, is not taken. */
async function checkPlaces(targets: readonly string[], { git }: Repository): Promise<void> {
  const input = targets.map((path) => `${path}\0`).join('');
  const ignored = (await git.try(['check-ignore', '--no-index', '--stdin', '-z'], { input })).output.split('\0')[0];
  if (ignored !== undefined && ignored !== '') {
    throw fail('bad-input', {
      what: `Nothing can go to ${ignored}.`,
      why: 'git ignores that place: what is there would be in no commit.',
      next: 'Name another place, or change .gitignore, commit it, and plan again.',
    });
  }
  const listed = await git.out(['ls-files', '--others', '-z']);
  const untracked = new Set(listed.split('\0'));
  const taken = targets.find(
    (path) =>
      untracked.has(path) ||
      path.split('/').some((_, at, parts) => at > 0 && untracked.has(parts.slice(0, at).join('/'))),
  );
  if (taken === undefined) return;
  throw fail('name-taken', {
    what: `Nothing can go to ${taken}.`,
    why: 'A file stands there, or in its way, that git does not track.',
    next: 'Move it away, or name another place.',
  });
}

/** A symbolic link leads to a path, and would lead nowhere once that is empty. */
async function checkLinks(
  others: readonly string[],
  { moved, root }: { readonly moved: ReturnType<typeof movedPaths>; readonly root: string },
): Promise<void> {
  for (const [link, target] of await linkTargets(root, others)) {
    if (!moved.files.has(target) && !moved.folders.has(target)) continue;
    throw fail('unsafe-change', {
      what: `${target} cannot move.`,
      why: `The symbolic link ${link} leads there, and would lead nowhere.`,
      next: 'Take the link away, or let it lead elsewhere; commit that, and plan again.',
    });
  }
}

/** Untracked files in a folder that goes stay where they are: no commit holds them. */
async function leftBehind(folders: ReadonlyMap<string, string>, { git }: Repository): Promise<readonly Finding[]> {
  const tops = [...folders.keys()].filter(
    (folder) => ![...folders.keys()].some((other) => folder.startsWith(`${other}/`)),
  );
  if (tops.length === 0) return [];
  const listed = await git.out(['ls-files', '--others', '-z', '--', ...tops.map((folder) => `:(literal)${folder}`)]);
  const files = listed.split('\0').filter((path) => path !== '' && !path.includes('node_modules/'));
  if (files.length === 0) return [];
  return [
    {
      rule: 'move/left-behind',
      severity: 'warning',
      message: `${files.length} files that git does not track stay where they are: ${files.slice(0, 5).join(', ')}${files.length > 5 ? ', …' : ''}.`,
      cure: 'Move them yourself where they are wanted; a rollback leaves them alone.',
    },
  ];
}

function apart(pairs: readonly string[]) {
  return fail('unsafe-change', {
    what: 'No plan was made: a file would be parted from its declarations.',
    why: `${pairs.slice(0, 5).join('; ')}.`,
    next: 'Move both, by a --move for each or a pattern that takes both in.',
  });
}

function stuck(obstacles: readonly Obstacle[]) {
  const shown = obstacles
    .slice(0, 20)
    .map(({ file, line, specifier, why }) => `${file}:${line} \`${specifier}\`: ${why}`);
  const more = obstacles.length > 20 ? `\n… and ${obstacles.length - 20} more` : '';
  return fail('unsafe-change', {
    what: `No plan was made: ${obstacles.length === 1 ? '1 specifier would not reach its' : `${obstacles.length} specifiers would not reach their`} file any more.`,
    why: `${shown.join('\n')}${more}`,
    next: 'Move what they reach along, export it from its package, or change these places first; then plan again.',
  });
}
