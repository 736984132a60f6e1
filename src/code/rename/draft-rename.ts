import { createTwoFilesPatch } from 'diff';
import type { Finding } from '#core/finding';
import type { Fact, PlanDraft } from '#core/plan';
import type { Check } from '../gate/check.ts';
import { handEditsStep } from '../plan-parts/hand-edits-step.ts';
import { measuredGate } from '../plan-parts/measured-gate.ts';
import { preparePhase } from '../plan-parts/prepare-phase.ts';
import type { TreeSnapshot } from '../snapshot.ts';
import { notLookedAt } from '../tree/not-looked-at.ts';
import { wholeTree } from '../tree/whole-tree.ts';
import { treeFacts } from '../upgrade/tree-facts.ts';
import type { RenameStudy } from './study-rename.ts';

/** All that a plan for renames is made of. */
export type RenameDraft = {
  readonly fingerprint: string;
  readonly snapshot: TreeSnapshot;
  readonly checks: readonly Check[];
  readonly study: RenameStudy;
  /** What a person has to know, at its places where it has some. */
  readonly findings: readonly Finding[];
  readonly unknown: readonly { readonly what: string; readonly why: string }[];
};

const diffLinesMax = 2_000;

/** The plan for renames: baseline, all edits in one commit, gate. Pure. */
export function draftRename({ study, snapshot, checks, fingerprint, findings, unknown }: RenameDraft): PlanDraft {
  const { renamed, edits, keepsOldName } = study;
  const shown = renamed.map(({ wish }) => `${wish.path.join('.')} to ${wish.to}`);
  const title = `Rename ${shown.slice(0, 3).join(', ')}${shown.length > 3 ? ` and ${shown.length - 3} more` : ''}`;
  const kept = keepsOldName ? ' The old name stays beside it as a deprecated export.' : '';
  return {
    domain: 'working-tree',
    title,
    why: `${shown.join(', ')}, in ${countOf(edits.size, 'file')}. The tree as it will be was compiled: every name means what it meant, every module exports what it exported, and the same is said of the same places.${kept}`,
    intent: {
      kind: 'rename-symbol',
      text: renamed.map(({ wish }) => wish.text).join('\n'),
      options: keepsOldName ? { 'keep-old-name': '' } : {},
    },
    origin: { kind: 'working-tree', fingerprint, objects: [wholeTree] },
    current: treeFacts(snapshot, checks),
    target: targetFacts(study),
    phases: [
      preparePhase(checks),
      { id: 'rename', kind: 'migrate', title: 'Rename', steps: [renameStep(study, title)] },
      measuredGate({ id: 'gate-rename', what: 'the rename', open: toEdit(findings) }),
      { id: 'finish', kind: 'contract', title: 'Finish', steps: [handEditsStep('rename-by-hand', 'the rename')] },
    ],
    risks: [...findings.filter(({ line }) => line === undefined), ...unknown.map(notLookedAt)],
    findings: findings.filter(({ line }) => line !== undefined),
    estimates: [],
  };
}

function targetFacts({ renamed }: RenameStudy): readonly Fact[] {
  return renamed.map(({ wish, places }) => {
    const files = new Set(places.map(({ file }) => file)).size;
    const expanded = places.filter(({ side }) => side !== 'whole').length;
    return {
      subject: `${wish.file}#${wish.path.join('.')}`,
      detail: `named ${wish.to}: ${countOf(places.length, 'place')} in ${countOf(files, 'file')}${expanded === 0 ? '' : `, of which ${expanded} are shorthands that are written out`}`,
    };
  });
}

function renameStep(
  { edits, texts, changed }: RenameStudy,
  message: string,
): PlanDraft['phases'][number]['steps'][number] {
  const lines = [...edits.keys()].flatMap((path) => {
    const patch = createTwoFilesPatch(
      path,
      path,
      texts.get(path) ?? '',
      changed.get(path) ?? '',
      undefined,
      undefined,
      {
        context: 1,
      },
    );
    return patch.replace(/^=+\n/, '').trimEnd().split('\n');
  });
  const cut = lines.length - diffLinesMax;
  return {
    id: 'rename-symbols',
    title: `Write the new ${edits.size === 1 ? 'name' : 'names'} in ${countOf(edits.size, 'file')}`,
    action: {
      kind: 'code/edits',
      message,
      files: [...edits.values()].map((file) => ({ path: file.path, edits: file.edits.map((edit) => ({ ...edit })) })),
      diff: (cut <= 0 ? lines : [...lines.slice(0, diffLinesMax), `… ${cut} more lines`]).join('\n'),
    },
    rollback: { kind: 'code/undo', reinstall: false },
    verify: { kind: 'code/committed' },
    hazards: [],
  };
}

function toEdit(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity, line }) => severity === 'error' && line !== undefined);
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
