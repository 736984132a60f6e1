import { realpath } from 'node:fs/promises';
import type { RenameObstacle } from '#code/rename/rename-proof';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { PlanDraft } from '#core/plan';
import { measuredTree } from './measured-tree.ts';
import { mentionsInTree } from './mentions-in-tree.ts';
import { treeToPlan } from './tree-to-plan.ts';
import type { Surroundings } from './verb.ts';

/** So many mentions stand in a plan; the rest is counted. */
const mentionsMax = 500;

export type RenameRequest = {
  /** Each as `FILE#NAME=NEWNAME`. */
  readonly wishes: readonly string[];
  readonly keepsOldName: boolean;
};

/**
 * The plan for renames of symbols in the working tree of this folder. Reads only. Throws `no-repository`, `dirty-tree`,
 * `bad-input`, `nothing-to-do`, `not-built`, and `unsafe-change` where something would mean another thing than before.
 */
export async function draftRenameOf(
  { wishes, keepsOldName }: RenameRequest,
  surroundings: Surroundings,
): Promise<PlanDraft> {
  const { cwd, signal } = surroundings;
  const { readRenameWishes } = await import('#code/rename/rename-wish');
  const read = readRenameWishes(wishes);
  const { repository } = await treeToPlan(surroundings);
  const { studyRename } = await import('#code/rename/study-rename');
  const { renameFindings } = await import('#code/rename/rename-findings');
  const { renameMentionFinder } = await import('#code/rename/rename-mentions');
  const { draftRename } = await import('#code/rename/draft-rename');
  const { diskTree } = await import('#code/tree/disk-tree');
  const tree = await diskTree(repository);
  const root = (await realpath(cwd)).replaceAll('\\', '/');
  const study = await studyRename(read, tree, { root, keepsOldName, signal });
  if (study.obstacles.length > 0) throw unsafe(study.obstacles);
  const mentions = await mentionsInTree(tree, renameMentionFinder(study), { texts: study.texts, signal });
  const { snapshot, checks, unknown, hooks } = await measuredTree(repository, surroundings);
  const inOrder = mentions.toSorted((one, other) => rank(one) - rank(other));
  return draftRename({
    fingerprint: await repository.fingerprint(),
    snapshot,
    checks,
    study,
    findings: [...renameFindings(study), ...hooks, ...inOrder.slice(0, mentionsMax)],
    unknown: [...unknown, ...more(mentions.length - mentionsMax)],
  });
}

/** What a person has to edit comes before what only looks alike. */
function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}

function more(count: number) {
  return count <= 0 ? [] : [{ what: `${count} more mentions of the old name`, why: `A plan names ${mentionsMax}.` }];
}

function unsafe(obstacles: readonly RenameObstacle[]) {
  const lines = [...new Set(obstacles.map(({ file, line, why }) => `${file}:${line} ${why}`))];
  const rest = lines.length > 20 ? `\n… and ${lines.length - 20} more` : '';
  return fail('unsafe-change', {
    what: `No plan was made: at ${lines.length} ${lines.length === 1 ? 'place' : 'places'} the new name would not mean what the old one means.`,
    why: `${lines.slice(0, 20).join('\n')}${rest}`,
    next: 'Choose another name, or change these places first; commit that, and plan again.',
  });
}
