import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Intent, Phase, PlanDraft, Step } from '#core/plan';
import { handEditsStep } from '../plan-parts/hand-edits-step.ts';
import { preparePhaseWith } from '../plan-parts/prepare-phase.ts';
import { spellPlace } from '../text/place.ts';
import { wholeTree } from '../tree/whole-tree.ts';
import { belowTree } from '../upgrade/below-tree.ts';
import { recipeStep } from '../upgrade/hop-steps.ts';
import type { RecipePreview } from '../upgrade/studied-hop.ts';
import type { Hop } from '../upgrade/upgrade-path.ts';
import { type DjangoGoal, pythonFor, releaseNumber } from './django-goal.ts';
import type { DjangoPlace } from './django-places.ts';
import { minorOf } from './python-minor.ts';
import { newerThan, type RaisedDjango } from './raise-django.ts';
import type { PythonSnapshot } from './snapshot.ts';
import { baseline, notLookedAt, toSee } from './upgrade-words.ts';

/** All that a plan for an upgrade of Django is made of. */
export type DjangoStudy = {
  readonly intent: Intent;
  readonly fingerprint: string;
  readonly snapshot: PythonSnapshot;
  readonly places: readonly DjangoPlace[];
  readonly goal: DjangoGoal;
  readonly raised: RaisedDjango;
  readonly recipes: readonly RecipePreview[];
  /** The minor of Python 3 that the tree is measured with. */
  readonly python: number;
  readonly findings: readonly Finding[];
};

/**
 * The plan for an upgrade of Django: requirements in every place, then the recipe, then the gate, at which a person installs the
 * new Django. Throws `nothing-to-do` where there is nothing to change, and `bad-input` for a Django below the tree's own. Pure.
 */
export function draftDjangoUpgrade(study: DjangoStudy): PlanDraft {
  const { intent, goal, raised, recipes, snapshot, python } = study;
  const version = goal.exact ?? goal.release;
  const newer = newerThan(study.places, goal);
  if (newer.length > 0) throw belowTree('Django', version, newer);
  const open = recipes.flatMap((preview) => preview.open);
  const changed = raised.files.length + recipes.flatMap(({ files }) => files).length;
  if (changed + open.length === 0) throw nothing(version);
  const title = `django ${raised.from === undefined ? '' : `${raised.from} → `}${version}`;
  const hop = hopOf(title, { from: raised.from ?? goal.release, version });
  return {
    domain: 'working-tree',
    title: `Upgrade ${title}`,
    why: `${intent.text} was asked for: requirements ask for it wherever Django is named, files are rewritten for Django ${goal.release}, and measured against the tree as it was before.`,
    intent,
    origin: { kind: 'working-tree', fingerprint: study.fingerprint, objects: [wholeTree] },
    current: [
      { subject: 'Python files', detail: String(snapshot.files) },
      ...study.places.map(({ kind, value, place }) => ({ subject: kind, detail: `${value} (${spellPlace(place)})` })),
      { subject: 'checks', detail: ['every file compiles', ...snapshot.tools].join(', ') },
    ],
    target: [
      {
        subject: 'Django',
        detail: `${version}. Named anew in ${raised.files.map(({ path }) => path).join(', ') || 'no file'}.`,
      },
    ],
    phases: [
      preparePhaseWith(baseline(python)),
      {
        id: hop.id,
        kind: 'migrate',
        title,
        steps: [...requirementSteps(hop, raised, version), ...recipes.map((preview) => recipeStep(hop, preview))],
      },
      gateOf(hop, { goal, python, open }),
      {
        id: 'finish',
        kind: 'contract',
        title: 'Finish',
        steps: [handEditsStep(`${hop.id}-by-hand`, hop.title)],
      },
    ],
    risks: [...study.findings, ...raised.findings, ...olderPythons(study), ...snapshot.unknown.map(notLookedAt)],
    findings: open,
    estimates: [],
  };
}

function hopOf(title: string, { from, version }: { readonly from: string; readonly version: string }): Hop {
  const id = `hop-1-django-${version.replaceAll('.', '-')}`;
  return { id, title, lead: { name: 'django', from, to: version }, changes: [], overrides: [], findings: [] };
}

function requirementSteps(hop: Hop, raised: RaisedDjango, version: string): readonly Step[] {
  if (raised.files.length === 0) return [];
  return [
    {
      id: `${hop.id}-requirements`,
      title: `Ask for Django ${version} in ${raised.files.map(({ path }) => path).join(', ')}`,
      action: { kind: 'code/edits', message: `Upgrade ${hop.title}`, files: JSON.parse(JSON.stringify(raised.files)) },
      rollback: { kind: 'code/undo', reinstall: false },
      verify: { kind: 'code/committed' },
      hazards: raised.findings,
    },
  ];
}

type Gate = { readonly goal: DjangoGoal; readonly python: number; readonly open: readonly Finding[] };

function gateOf(hop: Hop, { goal, python, open }: Gate): Phase {
  const id = `gate-${hop.id}`;
  const wanted = goal.exact ?? `${goal.release}.*`;
  const install = `Install Django in the environment that the checks run with (\`python -m pip install "Django==${wanted}"\`, or what the tree installs with): godwit installs no Python packages.`;
  return {
    id,
    kind: 'deploy',
    title: `Gate of ${hop.title}`,
    gate: {
      id,
      needs: open.length === 0 ? install : `${install} ${toSee(open)}`,
      needsBack: '',
      // With the old Django installed the checks would prove nothing of the new one: only a person can say that it is there.
      needsWord: true,
      evidence: [
        {
          id: 'no-worse',
          title: `every file compiles, types, lint and tests are no worse than before, with Python 3.${python} where this machine has it`,
          action: { kind: 'code/gate', python },
        },
      ],
    },
    steps: [],
  };
}

const longTerm = ['4.2', '5.2'];

/** Places that name a Python on which the wanted Django does not run. */
function olderPythons({ snapshot, goal, raised }: DjangoStudy): readonly Finding[] {
  const least = pythonFor(goal);
  const older = snapshot.versions.filter(({ value }) => (minorOf(value) ?? least) < least);
  const from = raised.from === undefined ? undefined : releaseNumber(raised.from);
  const passed = longTerm.find((release) => {
    const number = releaseNumber(release);
    return from !== undefined && from < number && number < releaseNumber(goal.release);
  });
  return [
    ...older.map(({ value, place, kind }) => ({
      rule: 'tree/django-python',
      severity: 'warning' as const,
      message: `Django ${goal.release} runs on Python 3.${least} and newer; ${place.file} names ${value} (${kind}).`,
      cure: `Upgrade Python first, in a plan of its own: \`godwit plan --upgrade python@3.${Math.max(least, 12)}\`.`,
      file: place.file,
      line: place.line,
      column: place.column,
      object: 'python',
    })),
    ...(passed === undefined
      ? []
      : [
          {
            rule: 'tree/django-long-way',
            severity: 'advice' as const,
            message: `Django ${raised.from ?? ''} to ${goal.release} passes ${passed}, a release with long-term support, whose warnings say what the next one removes.`,
            cure: `Upgrade to \`django@${passed}\` first, run the tests with \`python -W error::DeprecationWarning\`, then go on.`,
            object: 'django',
          },
        ]),
  ];
}

function nothing(version: string): Error {
  return fail('nothing-to-do', {
    what: `There is nothing to do for Django ${version}.`,
    why: 'Every place of the tree asks for it or a newer one, and no file needs to be written anew.',
    next: 'Name a newer version.',
  });
}
