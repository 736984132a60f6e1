import type { Step } from '#core/plan';
import { declaresDependencies } from '../install/files-changed.ts';
import { partOf } from '../tree/part-of.ts';
import type { HopReading, RecipePreview, StudiedHop } from './studied-hop.ts';
import type { PlannedTool } from './tools-for.ts';
import type { Hop } from './upgrade-path.ts';

const none = { kind: 'none' };
const committed = { kind: 'code/committed' };
const undo = { kind: 'code/undo', reinstall: false };

/** The steps of a hop before its gate: tools and versions, edits, recipes, and a look at what is deprecated. Pure. */
export function stepsOfHop({ hop, reading, facts, edits, recipes, tools }: StudiedHop): readonly Step[] {
  const all = hop.changes.map(({ name, from, to }) =>
    from === undefined ? `${name} ${to}` : `${name} ${from} → ${to}`,
  );
  const raised = hop.runtime === undefined ? [] : [`Node ${hop.runtime.range} where it is named`];
  const moved = [...new Set([...raised, ...all])];
  const [before, after] = [tools.filter(isBefore), tools.filter((one) => !isBefore(one))];
  return [
    ...readStep(hop, reading),
    ...before.map((one) => toolStep(hop, one)),
    {
      id: `${hop.id}-versions`,
      title: `Install ${moved.join(', ')}`,
      action: asAction({
        kind: 'code/versions',
        message: `Upgrade ${hop.title}`,
        changes: hop.changes,
        overrides: hop.overrides,
        runtime: hop.runtime,
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
    ...after.map((one) => toolStep(hop, one)),
    ...recipes.filter((preview) => isNeeded(preview, tools)).map((preview) => recipeStep(hop, preview)),
    {
      id: `${hop.id}-deprecations`,
      title: 'List the uses of what the new versions call deprecated',
      action: none,
      rollback: none,
      verify: { kind: 'code/deprecations', packages: movedIn(hop) },
      hazards: [],
    },
  ];
}

/** A recipe that has nothing to do and to say is no step, unless a tool writes code before it. */
function isNeeded({ files, open }: RecipePreview, tools: readonly PlannedTool[]): boolean {
  return files.length > 0 || open.length > 0 || tools.length > 0;
}

/** Of a hop of the runtime alone there is no package to read of. */
function readStep(hop: Hop, { documents, unread }: HopReading): readonly Step[] {
  if (documents.length + unread.length === 0) return [];
  const names = [...new Set([...documents, ...unread].map(({ package: name }) => name))];
  return [
    {
      id: `${hop.id}-read`,
      title: `Read what changed in ${names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ')}`,
      action: asAction({ kind: 'code/read', documents, unread }),
      rollback: none,
      verify: none,
      hazards: [],
    },
  ];
}

function isBefore({ tool }: PlannedTool): boolean {
  return tool.runs === 'before';
}

function toolStep(hop: Hop, { tool, version, calls }: PlannedTool): Step {
  const mayInstall = isBefore({ tool, version, calls });
  return {
    id: `${hop.id}-tool-${tool.id}`,
    title: `${tool.summary}: ${tool.package}@${version}, on a copy of the tree`,
    action: asAction({
      kind: 'code/tool',
      message: `Apply ${tool.package}`,
      tool: tool.id,
      package: tool.package,
      version,
      mayInstall,
      environment: tool.environment,
      calls,
      moved: hop.changes.map(({ name }) => name),
    }),
    rollback: { kind: 'code/undo', reinstall: true },
    verify: committed,
    hazards: [
      {
        rule: 'recipe/foreign-tool',
        severity: 'warning',
        message: `${tool.package}@${version} is foreign code, allowed by --allow-run: it runs programs and opens connections, with your rights.`,
        cure: 'What it does to the tree is seen in the rehearsal and in a commit of its own; read it before you merge the branch.',
        object: tool.package,
      },
    ],
  };
}

/** A step that runs a recipe as it was tried, or one part of it. Pure. */
export function recipeStep(hop: Hop, preview: RecipePreview): Step {
  const { recipe, summary, params, parts, files, diff, open, risk } = preview;
  const counts = `${countOf(files.length, 'file')}${open.length === 0 ? '' : `, ${countOf(open.length, 'place')} left to a person`}`;
  const { word, title, what } = wordsOf(preview);
  return {
    id: `${hop.id}-${word}-${recipe}`,
    title: `${title} ${recipe}: ${summary} (${counts})`,
    action: asAction({
      kind: 'code/recipe',
      message: `Apply the recipe ${recipe}${what}`,
      recipe,
      params,
      parts,
      files,
      diff,
    }),
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

/** A step is called by what it writes. */
function wordsOf({ parts, files }: RecipePreview) {
  const written = new Set(files.length === 0 ? parts : files.map(({ path }) => partOf(path)));
  if (written.has('code')) return { word: 'recipe', title: 'Recipe', what: '' };
  if (written.has('configuration'))
    return { word: 'configuration', title: 'Configuration, by the recipe', what: ' to the configuration' };
  return { word: 'tests', title: 'Tests, by the recipe', what: ' to the tests' };
}

/** Node itself is what its types describe. */
function movedIn({ changes, runtime }: Hop): readonly string[] {
  const names = changes.map(({ name }) => name);
  return runtime === undefined || names.includes('@types/node') ? names : ['node', ...names];
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** As it will be read back from plan.json: without what is undefined. */
function asAction(action: { readonly kind: string; readonly [key: string]: unknown }): Step['action'] {
  return JSON.parse(JSON.stringify(action));
}
