import type { Finding } from '#core/finding';
import type { Intent, Phase, PlanDraft, Step } from '#core/plan';
import type { FileEdits } from '../action.ts';
import type { Check } from '../gate/check.ts';
import { declaresDependencies } from '../install-changed.ts';
import type { TreeSnapshot } from '../snapshot.ts';
import { treeFacts } from './tree-facts.ts';
import type { Hop } from './upgrade-path.ts';

/** What a recipe makes of the tree, as it was tried when the plan was made. */
export type RecipePreview = {
  readonly recipe: string;
  readonly summary: string;
  readonly risk: 'low' | 'medium' | 'high';
  readonly params: Readonly<Record<string, string>>;
  readonly files: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  readonly diff: string;
  /** What it leaves to a person. */
  readonly open: readonly Finding[];
};

/** A hop with all that was found out about it. */
export type StudiedHop = {
  readonly hop: Hop;
  /** What breaks, each at a use of the tree; what an edit or a recipe takes care of says so. */
  readonly breaks: readonly Finding[];
  /** What changes in the packages as such. */
  readonly facts: readonly Finding[];
  /** Edits that the difference of the API alone makes certain. */
  readonly edits: readonly FileEdits[];
  readonly recipes: readonly RecipePreview[];
};

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
    origin: { kind: 'working-tree', fingerprint: study.fingerprint, objects: ['working tree'] },
    current: treeFacts(snapshot, checks),
    target: hops.flatMap(({ hop }) =>
      hop.changes.map(({ name, to, why }) => ({ subject: name, detail: `${to}. ${why}` })),
    ),
    phases: [prepare(checks), ...hops.flatMap((hop, place) => phasesOf(hop, hops[place - 1])), finish(hops.at(-1))],
    risks: [
      ...study.findings,
      ...study.unknown.map(notLookedAt),
      ...hops.flatMap(({ hop, facts }) => [...hop.findings, ...facts]),
    ],
    findings: breaks,
    estimates: [],
  };
}

const none = { kind: 'none' };
const committed = { kind: 'code/committed' };
const undo = { kind: 'code/undo', reinstall: false };

function prepare(checks: readonly Check[]): Phase {
  const shown = checks.flatMap((check) => check.commands.map((command) => command.shown));
  return {
    id: 'prepare',
    kind: 'prepare',
    title: 'Prepare',
    steps: [
      {
        id: 'prepare-branch',
        title: 'Go to a branch of its own, and keep what git does not track',
        action: { kind: 'code/start' },
        rollback: { kind: 'code/return' },
        verify: none,
        hazards: [],
      },
      {
        id: 'prepare-baseline',
        title: `Measure the tree as it is: ${shown.length === 0 ? 'it has no checks' : shown.join(', ')}`,
        action: { kind: 'code/baseline' },
        rollback: none,
        verify: none,
        hazards: checks.length === 0 ? [noChecks] : [],
      },
    ],
  };
}

const noChecks: Finding = {
  rule: 'gate/no-checks',
  severity: 'warning',
  message:
    'The tree has no type check, build, lint or tests that godwit knows how to run: the gate can only prove that the install works.',
  cure: 'Add a `test` script, or name the commands under `tree.checks` in godwit.config, and plan again.',
};

function phasesOf(studied: StudiedHop, before: StudiedHop | undefined): readonly Phase[] {
  const { hop } = studied;
  return [
    {
      id: hop.id,
      kind: 'migrate',
      title: hop.title,
      steps: [...(before === undefined ? [] : [handEdits(before)]), ...stepsOf(studied)],
    },
    gateOf(studied),
  ];
}

function stepsOf({ hop, facts, edits, recipes }: StudiedHop): readonly Step[] {
  const moved = hop.changes.map(({ name, from, to }) =>
    from === undefined ? `${name} ${to}` : `${name} ${from} → ${to}`,
  );
  return [
    {
      id: `${hop.id}-versions`,
      title: `Install ${moved.join(', ')}`,
      action: asAction({
        kind: 'code/versions',
        message: `Upgrade ${hop.title}`,
        changes: hop.changes,
        overrides: hop.overrides,
      }),
      rollback: { kind: 'code/undo', reinstall: true },
      verify: committed,
      hazards: [...hop.findings, ...facts],
    },
    ...(edits.length === 0
      ? []
      : [
          {
            id: `${hop.id}-edits`,
            title: `Edit ${countOf(edits.length, 'file')} as the difference of the API makes certain`,
            action: asAction({ kind: 'code/edits', message: `Follow the API of ${hop.title}`, files: edits }),
            rollback: undo,
            verify: committed,
            hazards: [],
          },
        ]),
    ...recipes.map((preview) => recipeStep(hop, preview)),
    {
      id: `${hop.id}-deprecations`,
      title: 'List the uses of what the new versions call deprecated',
      action: none,
      rollback: none,
      verify: { kind: 'code/deprecations', packages: hop.changes.map(({ name }) => name) },
      hazards: [],
    },
  ];
}

function recipeStep(hop: Hop, { recipe, summary, params, files, diff, open, risk }: RecipePreview): Step {
  return {
    id: `${hop.id}-recipe-${recipe}`,
    title: `Recipe ${recipe}: ${summary} (${countOf(files.length, 'file')}${open.length === 0 ? '' : `, ${countOf(open.length, 'place')} left to a person`})`,
    action: asAction({ kind: 'code/recipe', message: `Apply the recipe ${recipe}`, recipe, params, files, diff }),
    rollback: { kind: 'code/undo', reinstall: files.some(({ path }) => declaresDependencies(path)) },
    verify: committed,
    hazards:
      risk === 'high' && files.length > 0
        ? [
            {
              rule: 'recipe/high-risk',
              severity: 'warning',
              message: `The recipe ${recipe} says of itself that a person has to look at each of its changes.`,
              cure: 'Read its commit before you merge the branch.',
              object: recipe,
            },
          ]
        : [],
  };
}

/** What no edit and no recipe does is a person's work; the gate shows whether it is done. */
function gateOf({ hop, breaks, recipes }: StudiedHop): Phase {
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
          : `Make the remaining edits for ${hop.title} on the branch (they need not be committed): ${listed(byHand)}.`,
      needsBack: '',
      needsWord: false,
      evidence: [
        {
          id: 'no-worse',
          title: 'types, build, lint, tests and escapes are no worse than before',
          action: { kind: 'code/gate' },
        },
      ],
    },
    steps: [],
  };
}

/** True for what neither an edit nor a recipe takes care of. */
export function isLeft({ severity, edit, cure }: Finding): boolean {
  return severity === 'error' && edit === undefined && cure?.startsWith(recipeCure) !== true;
}

/** How the cure of a finding begins that a recipe takes care of. */
export const recipeCure = 'The recipe ';

function finish(last: StudiedHop | undefined): Phase {
  return {
    id: 'finish',
    kind: 'contract',
    title: 'Finish',
    steps: last === undefined ? [] : [handEdits(last)],
  };
}

function handEdits({ hop }: StudiedHop): Step {
  return {
    id: `${hop.id}-by-hand`,
    title: `Commit what was edited by hand for ${hop.title}`,
    action: { kind: 'code/hand-edits', message: `Edit by hand for ${hop.title}` },
    rollback: undo,
    verify: committed,
    hazards: [],
  };
}

function notLookedAt({ what, why }: UpgradeStudy['unknown'][number]): Finding {
  return { rule: 'tree/not-looked-at', severity: 'advice', message: `Not looked at: ${what}. ${why}` };
}

function listed(findings: readonly Finding[]): string {
  const shown = findings
    .slice(0, 12)
    .map(
      ({ file, line, message }) => `${file === undefined ? '' : `${file}:${line ?? 1} `}${message.replace(/\.$/, '')}`,
    );
  return `${shown.join('; ')}${findings.length > shown.length ? `; and ${findings.length - shown.length} more (see the findings of the plan)` : ''}`;
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** As it will be read back from plan.json: without what is undefined. */
function asAction(action: { readonly kind: string; readonly [key: string]: unknown }): Step['action'] {
  return JSON.parse(JSON.stringify(action));
}
