import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Fact, Intent, Phase, PlanDraft, Step } from '#core/plan';
import { handEditsStep } from '../plan-parts/hand-edits-step.ts';
import { preparePhaseWith } from '../plan-parts/prepare-phase.ts';
import { spellPlace } from '../text/place.ts';
import { wholeTree } from '../tree/whole-tree.ts';
import { belowTree } from '../upgrade/below-tree.ts';
import { recipeStep } from '../upgrade/hop-steps.ts';
import type { RecipePreview } from '../upgrade/studied-hop.ts';
import type { Hop } from '../upgrade/upgrade-path.ts';
import { minorOf } from './python-minor.ts';
import type { PythonGoal, RaisedPython } from './raise-python.ts';
import type { PythonSnapshot } from './snapshot.ts';
import { baseline, notLookedAt, toSee } from './upgrade-words.ts';

/** All that a plan for an upgrade of Python is made of. */
export type PythonStudy = {
  readonly intent: Intent;
  readonly fingerprint: string;
  readonly snapshot: PythonSnapshot;
  readonly goal: PythonGoal;
  readonly raised: RaisedPython;
  readonly recipes: readonly RecipePreview[];
  /** With which Pythons the tree can be measured on this machine, and what of it cannot. */
  readonly findings: readonly Finding[];
};

const committed = { kind: 'code/committed' };
const undo = { kind: 'code/undo', reinstall: false };

/**
 * The plan for an upgrade of Python: versions in every place, then the recipe for the oldest Python that is left, then the gate
 * with the new one. Throws `nothing-to-do` where there is nothing to change, and `bad-input` for a Python below all that the tree
 * names. Pure.
 */
export function draftPythonUpgrade(study: PythonStudy): PlanDraft {
  const { intent, goal, raised, recipes, snapshot } = study;
  const version = goal.exact ?? `3.${goal.minor}`;
  const newer = newerThan(snapshot.versions, goal);
  if (newer.length > 0) throw belowTree('Python', version, newer);
  const open = recipes.flatMap((preview) => preview.open);
  const changed = raised.files.length + recipes.flatMap(({ files }) => files).length;
  if (changed + open.length === 0) throw nothing(version, snapshot.versions);
  const title = `python ${raised.from === undefined ? '' : `3.${raised.from} → `}${version}`;
  const hop = hopOf(title, { from: raised.from ?? goal.minor, version });
  const handEdits = handEditsStep(`${hop.id}-by-hand`, hop.title);
  return {
    domain: 'working-tree',
    title: `Upgrade ${title}`,
    why: `${intent.text} was asked for: the version is raised wherever it is named, files are rewritten for Python 3.${raised.floor}, the oldest that stays, and measured against the tree as it was before.`,
    intent,
    origin: { kind: 'working-tree', fingerprint: study.fingerprint, objects: [wholeTree] },
    current: factsOf(snapshot),
    target: [
      {
        subject: 'Python',
        detail: `${version}. Named anew in ${raised.files.map(({ path }) => path).join(', ') || 'no file'}.`,
      },
      { subject: 'oldest Python', detail: `3.${raised.floor}: newer syntax and library are used up to it.` },
    ],
    phases: [
      preparePhaseWith(baseline(raised.from ?? goal.minor)),
      {
        id: hop.id,
        kind: 'migrate',
        title,
        steps: [...versionSteps(hop, { raised, version }), ...recipes.map((preview) => recipeStep(hop, preview))],
      },
      gateOf(hop, { minor: goal.minor, open }),
      { id: 'finish', kind: 'contract', title: 'Finish', steps: [handEdits] },
    ],
    risks: [...study.findings, ...raised.findings, ...snapshot.findings, ...snapshot.unknown.map(notLookedAt)],
    findings: open,
    estimates: [],
  };
}

/** What a tree names, where all of it is newer than the goal; else none. */
function newerThan(versions: PythonSnapshot['versions'], { minor }: PythonGoal): PythonSnapshot['versions'] {
  const named = versions.filter(
    ({ role, value }) => role !== 'mention' && role !== 'language' && minorOf(value) !== undefined,
  );
  return named.every(({ value }) => (minorOf(value) ?? minor) > minor) ? named : [];
}

function hopOf(title: string, { from, version }: { readonly from: number; readonly version: string }): Hop {
  const id = `hop-1-python-${version.replaceAll('.', '-')}`;
  return {
    id,
    title,
    lead: { name: 'python', from: `3.${from}`, to: version },
    changes: [],
    overrides: [],
    findings: [],
  };
}

function versionSteps(
  hop: Hop,
  { raised, version }: { readonly raised: RaisedPython; readonly version: string },
): readonly Step[] {
  if (raised.files.length === 0) return [];
  return [
    {
      id: `${hop.id}-versions`,
      title: `Name Python ${version} in ${raised.files.map(({ path }) => path).join(', ')}`,
      action: { kind: 'code/edits', message: `Upgrade ${hop.title}`, files: JSON.parse(JSON.stringify(raised.files)) },
      rollback: undo,
      verify: committed,
      hazards: raised.findings,
    },
  ];
}

function gateOf(hop: Hop, { minor, open }: { readonly minor: number; readonly open: readonly Finding[] }): Phase {
  const id = `gate-${hop.id}`;
  return {
    id,
    kind: 'deploy',
    title: `Gate of ${hop.title}`,
    gate: {
      id,
      needs:
        open.length === 0
          ? `Nothing is known that a person has to edit for ${hop.title}. Where the gate shows something, mend it on the branch.`
          : toSee(open),
      needsBack: '',
      // What is gone compiles as well as ever: only a person can say that it was seen to.
      needsWord: open.length > 0,
      evidence: [
        {
          id: 'no-worse',
          title: `every file compiles, types, lint and tests are no worse than before, with Python 3.${minor} where this machine has it`,
          action: { kind: 'code/gate', python: minor },
        },
      ],
    },
    steps: [],
  };
}

function factsOf({ versions, files, tools }: PythonSnapshot): readonly Fact[] {
  return [
    { subject: 'Python files', detail: String(files) },
    ...versions.map(({ kind, value, place }) => ({ subject: kind, detail: `${value} (${spellPlace(place)})` })),
    { subject: 'checks', detail: ['every file compiles', ...tools].join(', ') },
  ];
}

const namedMax = 5;

function nothing(version: string, versions: PythonSnapshot['versions']): Error {
  const named = versions.slice(0, namedMax).map(({ value, place }) => `${spellPlace(place)} names ${value}`);
  const list =
    named.length === 0
      ? 'No place of the tree names a Python'
      : `Every place of the tree names it or a newer one (${named.join(', ')})`;
  return fail('nothing-to-do', {
    what: `There is nothing to do for Python ${version}.`,
    why: `${list}, and no file needs to be written anew.`,
    next: 'Name a newer version.',
  });
}
