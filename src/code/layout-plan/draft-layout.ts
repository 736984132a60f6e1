import type { Finding } from '#core/finding';
import type { Fact, PlanDraft, Step } from '#core/plan';
import type { Check } from '../gate/check.ts';
import { handEditsStep } from '../plan-parts/hand-edits-step.ts';
import { measuredGate } from '../plan-parts/measured-gate.ts';
import { preparePhase } from '../plan-parts/prepare-phase.ts';
import { type PlannedChanges, plannedChanges } from '../recipe-plan/planned-changes.ts';
import type { TreeSnapshot, Unknown } from '../snapshot.ts';
import type { LayoutStudy } from '../split/study-layout.ts';
import { notLookedAt } from '../tree/not-looked-at.ts';
import { wholeTree } from '../tree/whole-tree.ts';
import { treeFacts } from '../upgrade/tree-facts.ts';
import { orderFindings } from './order-findings.ts';

/** What is to be laid out otherwise, as it was asked for and as it is called. */
export type LayoutWish = {
  readonly intent: PlanDraft['intent'];
  /** Also the message of the commit. */
  readonly title: string;
  readonly why: string;
  /** In a few words, for the steps: `the split`. */
  readonly what: string;
  readonly target: readonly Fact[];
};

/** All that a plan for another layout of modules is made of. */
export type LayoutDraft = {
  readonly wish: LayoutWish;
  readonly fingerprint: string;
  readonly snapshot: TreeSnapshot;
  readonly checks: readonly Check[];
  readonly study: LayoutStudy;
  /** What a person has to know, at its places where it has some. */
  readonly findings: readonly Finding[];
  readonly unknown: readonly Unknown[];
};

/** The plan for another layout of modules: baseline, all edits in one commit, gate. Pure. */
export function draftLayout(draft: LayoutDraft): PlanDraft {
  const { wish, study, snapshot, checks, fingerprint, unknown } = draft;
  const findings = [...orderFindings(study.orders), ...draft.findings];
  const changes = plannedChanges(study.changes);
  return {
    domain: 'working-tree',
    title: wish.title,
    why: wish.why,
    intent: wish.intent,
    origin: { kind: 'working-tree', fingerprint, objects: [wholeTree] },
    current: treeFacts(snapshot, checks),
    target: wish.target,
    phases: [
      preparePhase(
        checks,
        changes.written.map(({ path }) => path),
      ),
      { id: 'layout', kind: 'migrate', title: 'Lay out', steps: [layoutStep(wish, changes)] },
      measuredGate({ id: 'gate-layout', what: wish.what, open: [] }),
      { id: 'finish', kind: 'contract', title: 'Finish', steps: [handEditsStep('layout-by-hand', wish.what)] },
    ],
    risks: [...findings.filter(({ line }) => line === undefined), ...unknown.map(notLookedAt)],
    findings: findings.filter(({ line }) => line !== undefined),
    estimates: [],
  };
}

function layoutStep({ title }: LayoutWish, { files, written, diff }: PlannedChanges): Step {
  const counts = [
    files.length === 1 ? '1 file changes' : `${files.length} files change`,
    ...(written.length === 0 ? [] : [`${written.length} are new`]),
  ];
  return {
    id: 'layout-changes',
    title: `${title}: ${counts.join(', ')}`,
    action: {
      kind: 'code/changes',
      message: title,
      moves: [],
      files: files.map(({ path, edits }) => ({ path, edits: edits.map((edit) => ({ ...edit })) })),
      written: written.map((one) => ({ ...one })),
      removed: [],
      diff,
    },
    rollback: { kind: 'code/undo', reinstall: false },
    verify: { kind: 'code/committed' },
    hazards: [],
  };
}
