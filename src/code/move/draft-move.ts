import { createTwoFilesPatch } from 'diff';
import type { Finding } from '#core/finding';
import type { Fact, PlanDraft, Step } from '#core/plan';
import type { Check } from '../gate/check.ts';
import { isOfManager } from '../install/files-changed.ts';
import { handEditsStep } from '../plan-parts/hand-edits-step.ts';
import { measuredGate } from '../plan-parts/measured-gate.ts';
import { preparePhase } from '../plan-parts/prepare-phase.ts';
import type { TreeSnapshot } from '../snapshot.ts';
import type { FileEdits } from '../text/file-edits.ts';
import { notLookedAt } from '../tree/not-looked-at.ts';
import { wholeTree } from '../tree/whole-tree.ts';
import { treeFacts } from '../upgrade/tree-facts.ts';
import { type FileMove, movedPath } from './moved-paths.ts';
import { similarity } from './similarity.ts';
import { type MoveStudy, textAfter } from './study-move.ts';

/** All that a plan for moves is made of. */
export type MoveDraft = {
  /** As they were asked for, e.g. `src/a.ts=src/b.ts`. */
  readonly wishes: readonly string[];
  readonly fingerprint: string;
  readonly snapshot: TreeSnapshot;
  readonly checks: readonly Check[];
  readonly study: MoveStudy;
  /** What a person has to know, at its places. */
  readonly findings: readonly Finding[];
  /** What only looks like a path that moves. */
  readonly mentions: readonly Finding[];
  readonly unknown: readonly { readonly what: string; readonly why: string }[];
};

/** Below a half git takes a file that moves for one that went and one that came; a little more is for its coarser count. */
const renameMin = 0.6;
const diffLinesMax = 2_000;
const undo = { kind: 'code/undo', reinstall: false };

/** The plan for moves: baseline, moves with their edits in one commit, gate. Pure. */
export function draftMove(draft: MoveDraft): PlanDraft {
  const { wishes, study, snapshot, checks, fingerprint } = draft;
  const moves = movesOf(study);
  const title = `Move ${shownWishes(wishes)}`;
  const steps = moveSteps(study, { moves, message: title });
  return {
    domain: 'working-tree',
    title,
    why: `${wishes.join(', ')}: ${countOf(moves.length, 'file')} ${moves.length === 1 ? 'goes' : 'go'} elsewhere, and every specifier that reaches ${moves.length === 1 ? 'it' : 'them'}, or stands in ${moves.length === 1 ? 'it' : 'them'}, is written anew in its own style. After that every specifier of the tree reaches the same file as before.`,
    intent: { kind: 'move', text: wishes.join('\n'), options: {} },
    origin: { kind: 'working-tree', fingerprint, objects: [wholeTree] },
    current: treeFacts(snapshot, checks),
    target: targetFacts(study, moves),
    phases: [
      preparePhase(
        checks,
        moves.map(({ to }) => to),
      ),
      { id: 'move', kind: 'migrate', title: 'Move', steps },
      measuredGate({
        id: 'gate-move',
        what: 'the move',
        open: draft.findings.filter(({ severity, line }) => severity === 'error' && line !== undefined),
        known: { moved: asJson(moves) },
      }),
      { id: 'finish', kind: 'contract', title: 'Finish', steps: [handEditsStep('move-by-hand', 'the move')] },
    ],
    risks: [...draft.findings.filter(({ line }) => line === undefined), ...draft.unknown.map(notLookedAt)],
    findings: [...draft.findings.filter(({ line }) => line !== undefined), ...draft.mentions],
    estimates: [],
  };
}

function movesOf({ moved }: MoveStudy): readonly FileMove[] {
  return [...moved.files].map(([from, to]) => ({ from, to })).sort((one, other) => (one.from < other.from ? -1 : 1));
}

function targetFacts({ edits, edges, moved }: MoveStudy, moves: readonly FileMove[]): readonly Fact[] {
  const touched = edges.filter(
    ({ from, reach }) => moved.files.has(from) || (reach !== undefined && moved.files.has(reach.target)),
  );
  return [
    ...moves.slice(0, 100).map(({ from, to }) => ({ subject: from, detail: `at ${to}` })),
    ...(moves.length > 100 ? [{ subject: 'files', detail: `${moves.length - 100} more` }] : []),
    {
      subject: 'specifiers',
      detail: `${countOf(touched.length, 'specifier')} in or to what moves; ${countOf(
        [...edits.values()].reduce((sum, file) => sum + file.edits.length, 0),
        'text',
      )} in ${countOf(edits.size, 'file')} change, the others still reach their file as they are written`,
    },
  ];
}

type Titled = { readonly moves: readonly FileMove[]; readonly message: string };

/** One commit; two where a file would change so much that git would not see it move. */
function moveSteps(study: MoveStudy, { moves, message }: Titled): readonly Step[] {
  const { moved, members } = study;
  const edits = [...study.edits.values()].filter(({ edits: own }) => own.length > 0);
  const strange = edits.filter(
    ({ path }) =>
      moved.files.has(path) &&
      !(members.length > 0 && isOfManager(path)) &&
      similarity(study.texts.get(path) ?? '', textAfter(path, study)) < renameMin,
  );
  if (strange.length === 0) return [moveStep(study, { moves, edits, message })];
  // What is installed after the move needs what package managers read.
  const first = members.length === 0 ? [] : edits.filter((one) => !strange.includes(one));
  const rest = edits.filter((one) => !first.includes(one));
  const after = rest.map(({ path, edits: own }) => ({ path: movedPath(path, moved), edits: own }));
  return [
    moveStep(study, { moves, edits: first, message }),
    {
      id: 'move-edits',
      title: `Write the specifiers anew: ${countOf(rest.length, 'file')}. A commit of its own, since ${strange[0]?.path ?? ''} changes so much that git would not see it move`,
      action: { kind: 'code/edits', message: 'Follow the move', files: asJson(after) },
      rollback: undo,
      verify: { kind: 'code/committed' },
      hazards: [],
    },
  ];
}

function moveStep(
  study: MoveStudy,
  { moves, edits, message }: Titled & { readonly edits: readonly FileEdits[] },
): Step {
  return {
    id: 'move-files',
    title: `Move ${countOf(moves.length, 'file')}${edits.length === 0 ? ' as they are' : `, and write the specifiers anew in ${countOf(edits.length, 'file')}`}${study.members.length === 0 ? '' : `, with ${countOf(study.members.length, 'package')} of the workspace`}`,
    action: {
      kind: 'code/move',
      message,
      moves: asJson(moves),
      files: asJson(edits),
      ...(study.members.length === 0 ? {} : { members: asJson(study.members) }),
      diff: diffOf(study, { moves, edits }),
    },
    rollback:
      study.members.length === 0
        ? undo
        : { kind: 'code/undo', reinstall: true, emptied: study.members.map(({ to }) => to) },
    verify: { kind: 'code/moved', moves: asJson(moves) },
    hazards: [],
  };
}

/** Renames in git's own words, then what changes in which file. */
function diffOf(
  study: MoveStudy,
  { moves, edits }: { readonly moves: readonly FileMove[]; readonly edits: readonly FileEdits[] },
): string {
  const changed = new Set(edits.map(({ path }) => path));
  const bare = moves
    .filter(({ from }) => !changed.has(from))
    .flatMap(({ from, to }) => [`rename from ${from}`, `rename to ${to}`]);
  const patches = edits.flatMap(({ path }) => {
    const to = movedPath(path, study.moved);
    const head = to === path ? [] : [`rename from ${path}`, `rename to ${to}`];
    const patch = createTwoFilesPatch(
      path,
      to,
      study.texts.get(path) ?? '',
      textAfter(path, study),
      undefined,
      undefined,
      { context: 1 },
    );
    return [...head, ...patch.replace(/^=+\n/, '').trimEnd().split('\n')];
  });
  const lines = [...bare, ...patches];
  if (lines.length <= diffLinesMax) return lines.join('\n');
  return [
    ...lines.slice(0, diffLinesMax),
    `… and ${lines.length - diffLinesMax} more lines; all edits stand in plan.json`,
  ].join('\n');
}

function shownWishes(wishes: readonly string[]): string {
  const shown = wishes.slice(0, 1).map((wish) => wish.replace('=', ' to '));
  return `${shown.join(', ')}${wishes.length > 1 ? ` and ${wishes.length - 1} more` : ''}`;
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** As it will be read back from plan.json. */
function asJson(value: unknown): Step['action'][string] {
  return JSON.parse(JSON.stringify(value));
}
