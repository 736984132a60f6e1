import type { Finding } from '#core/finding';
import type { Gate, Intent, Phase, PlanDraft, Step } from '#core/plan';
import type { Check } from '../gate/check.ts';
import { handEditsStep } from '../plan-parts/hand-edits-step.ts';
import { preparePhase } from '../plan-parts/prepare-phase.ts';
import type { TreeSnapshot } from '../snapshot.ts';
import { notLookedAt } from '../tree/not-looked-at.ts';
import { wholeTree } from '../tree/whole-tree.ts';
import { editsNeeded } from './edits-needed.ts';
import { flagPhases } from './flag-phases.ts';
import { flagOffer } from './flag-wish.ts';
import { recipeStep, stepsOfHop } from './hop-steps.ts';
import { isLeft } from './left-to-people.ts';
import type { StudiedHop } from './studied-hop.ts';
import { treeFacts } from './tree-facts.ts';
import type { Hop } from './upgrade-path.ts';

/** All that a plan for an upgrade is made of. */
export type UpgradeStudy = {
  readonly intent: Intent;
  readonly fingerprint: string;
  readonly snapshot: TreeSnapshot;
  readonly checks: readonly Check[];
  readonly hops: readonly StudiedHop[];
  /** About the way as a whole. */
  readonly findings: readonly Finding[];
  readonly unknown: readonly { readonly what: string; readonly why: string }[];
};

/** The plan for an upgrade: every hop with its steps, its gate, and its way back. Pure. */
export function draftUpgrade(study: UpgradeStudy): PlanDraft {
  const { intent, hops, snapshot, checks } = study;
  const title = `Upgrade ${hops.map(({ hop }) => hop.title).join(', then ')}`;
  const breaks = hops.flatMap((hop) => [...hop.breaks, ...hop.recipes.flatMap(({ open }) => open)]);
  return {
    domain: 'working-tree',
    title,
    why: `${intent.text} was asked for. One major at a time: every hop is installed, rewritten, measured against the tree as it was before, and committed.`,
    intent,
    origin: { kind: 'working-tree', fingerprint: study.fingerprint, objects: [wholeTree] },
    current: treeFacts(snapshot, checks),
    target: hops.flatMap(({ hop }) => [
      ...runtimeFacts(hop),
      ...hop.changes.map(({ name, to, why }) => ({ subject: name, detail: `${to}. ${why}` })),
    ]),
    phases: [
      preparePhase(checks),
      ...hops.flatMap((hop, place) =>
        phasesOf(hop, { before: hops[place - 1], node: nodeAt(hops.slice(0, place + 1)) }),
      ),
      finish(hops.at(-1)),
    ],
    risks: [
      ...study.findings,
      ...study.unknown.map(notLookedAt),
      ...hops.flatMap(({ hop, facts }) => [...hop.findings, ...facts]),
      ...hops.flatMap((hop) => flagOffer(hop) ?? []),
    ],
    findings: breaks,
    estimates: [],
  };
}

function runtimeFacts({ runtime }: Hop): PlanDraft['target'] {
  if (runtime === undefined) return [];
  const { range, to, files } = runtime;
  const paths = files.map(({ path }) => path).join(', ');
  return [{ subject: 'Node', detail: `${range}, of which ${to} is the newest. Named in ${paths || 'no file'}.` }];
}

/** The versions of Node with which a gate measures, once a hop has raised it. */
function nodeAt(hops: readonly StudiedHop[]): string | undefined {
  return hops.findLast(({ hop }) => hop.runtime !== undefined)?.hop.runtime?.range;
}

type Place = { readonly before: StudiedHop | undefined; readonly node: string | undefined };

function phasesOf(studied: StudiedHop, { before, node }: Place): readonly Phase[] {
  const { hop, flag } = studied;
  const first = before === undefined ? [] : [handEdits(before.hop)];
  const flagged = flag === undefined ? [] : flagPhases(hop, flag, { first, evidence: evidenceWith(node) });
  const steps = [
    ...(flag === undefined ? first : [handEdits(hop, '-flag'), recipeStep(hop, flag.end)]),
    ...stepsOfHop(studied),
  ];
  return [...flagged, { id: hop.id, kind: 'migrate', title: hop.title, steps }, gateOf(studied, node)];
}

function evidenceWith(node: string | undefined): Gate['evidence'] {
  const title = 'types, build, lint, tests and escapes are no worse than before';
  if (node === undefined) return [{ id: 'no-worse', title, action: { kind: 'code/gate' } }];
  return [
    {
      id: 'no-worse',
      title: `${title}, with Node ${node} where this machine has it`,
      action: { kind: 'code/gate', node },
    },
  ];
}

/** What no edit and no recipe does is a person's work; the gate shows whether it is done. */
function gateOf({ hop, breaks, recipes }: StudiedHop, node: string | undefined): Phase {
  const byHand = [...breaks.filter(isLeft), ...recipes.flatMap(({ open }) => open)];
  const id = `gate-${hop.id}`;
  return {
    id,
    kind: 'deploy',
    title: `Gate of ${hop.title}`,
    gate: {
      id,
      needs:
        byHand.length === 0
          ? `Nothing is known that a person has to edit for ${hop.title}. Where the gate shows something, mend it on the branch.`
          : editsNeeded(hop.title, byHand),
      needsBack: '',
      needsWord: false,
      evidence: evidenceWith(node),
    },
    steps: [],
  };
}

function finish(last: StudiedHop | undefined): Phase {
  return {
    id: 'finish',
    kind: 'contract',
    title: 'Finish',
    steps: last === undefined ? [] : [handEdits(last.hop)],
  };
}

function handEdits(hop: StudiedHop['hop'], suffix = ''): Step {
  return handEditsStep(`${hop.id}${suffix}-by-hand`, hop.title);
}
