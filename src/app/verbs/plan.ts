import { join, resolve } from 'node:path';
import * as z from 'zod';
import { exitCodes, fail, isFailure } from '#core/error';
import type { Finding } from '#core/finding';
import { definePlan, type Plan, stepsOf } from '#core/plan';
import { shellWord } from '#core/shell';
import { readPlan, writePlan } from '#run/plan-file';
import { asJson } from '../as-json.ts';
import { draftAlone } from '../draft-plan.ts';
import { draftTreeIntent } from '../draft-tree-intent.ts';
import { intentText } from '../intent-text.ts';
import { planOutput } from '../outputs.ts';
import { checkPlanFolder, migrationsFolder, planIds, shownFolder } from '../plan-folder.ts';
import type { Answer, Surroundings, Verb } from '../verb.ts';
import { writePatches } from '../write-patches.ts';
import { writePlanDocument } from '../write-plan-document.ts';

const notBuilt = ['to'] as const;
const later = z.string().optional().describe('Not built yet');

const input = z.strictObject({
  intent: z.string().optional().describe('The change as SQL, e.g. "ALTER TABLE users RENAME COLUMN name TO full_name"'),
  from: z.string().optional().describe('Read the SQL from this file (- for standard input)'),
  up: z.string().optional().describe('Expression for the new value, over the columns of the row'),
  down: z.string().optional().describe('Expression for the old value, for going back; `none` where there is none'),
  out: z.string().optional().describe('Folder for plan.json and PLAN.md (default: migrations/<id>)'),
  check: z.boolean().optional().describe('Write nothing; exit 2 when there is something to do, 0 when not'),
  upgrade: z
    .string()
    .optional()
    .describe('Packages to move, e.g. react@19, express@5,typescript@6, or all: one major at a time'),
  minAge: z.string().optional().describe('With --upgrade: take no version younger than this, e.g. 7d'),
  override: z
    .array(z.string())
    .optional()
    .describe(
      "With --upgrade: do not heed a package's demand, with a reason: wanter>pkg=range:reason; may be given again",
    ),
  flag: z
    .array(z.string())
    .optional()
    .describe('With --upgrade: put old and new of this package side by side first, chosen by an environment variable'),
  allowRun: z
    .boolean()
    .optional()
    .describe('With --upgrade: call the tools that makers of packages publish for a move, on a copy of the tree'),
  code: z
    .array(z.string())
    .optional()
    .describe(
      'Folder of the application’s code, e.g. `.`: names its uses of what changes, with the edits for each deployment; may be given again',
    ),
  to: later,
  recipe: z
    .array(z.string())
    .optional()
    .describe(
      'Recipes to run on the working tree: an id of `godwit recipe list`, or ./FOLDER of a codemod package; may be given again',
    ),
  recipeOption: z
    .array(z.string())
    .optional()
    .describe('With --recipe: a parameter of it, as KEY=VALUE, e.g. package=packages/api; may be given again'),
  move: z
    .array(z.string())
    .optional()
    .describe(
      'Files that go elsewhere, as FROM=TO: a file, a folder, or a pattern with a TO that ends in a slash; may be given again',
    ),
  renameSymbol: z
    .array(z.string())
    .optional()
    .describe(
      'A symbol that gets another name, as FILE#NAME=NEWNAME, a member as FILE#Class.member=NEWNAME; may be given again',
    ),
  split: z
    .array(z.string())
    .optional()
    .describe(
      'Declarations that get a module of their own, as FILE#NAME[,NAME]=NEWFILE, e.g. src/text.ts#slug,words=src/slug.ts; may be given again',
    ),
  breakCycles: z
    .array(z.string())
    .optional()
    .describe('Cut cycles of imports: all, or the one with this module, e.g. src/users.ts; may be given again'),
  keepOldName: z
    .boolean()
    .optional()
    .describe(
      'With --rename-symbol: keep the old name as a deprecated export beside the new one; with --split: pass on what left the module',
    ),
  decompose: z.boolean().optional().describe('Not built yet'),
});
type Input = z.infer<typeof input>;

/** Intent → `migrations/<id>/plan.json` and `PLAN.md`. */
export const plan: Verb<Input> = {
  name: 'plan',
  summary: 'Turn an intended change into a plan that never stops the live system',
  description:
    'Reads the database, or with --upgrade, --move, --rename-symbol, --split, --break-cycles and --recipe the working tree, as it is now, and writes migrations/<id>/plan.json with PLAN.md beside it. Nothing else is changed. For a database write the change as you would on an empty system: plain ALTER TABLE, CREATE INDEX, UPDATE and the like; several statements make one plan.',
  examples: [
    {
      command: 'godwit plan "ALTER TABLE users RENAME COLUMN name TO full_name"',
      says: 'rename a column while both names are in use',
    },
    { command: 'godwit plan --from change.sql', says: 'an intent of several statements' },
    {
      command:
        'godwit plan "ALTER TABLE orders ALTER COLUMN total TYPE bigint" --up "(total * 100)::bigint" --down "total / 100.0"',
      says: 'say how values change, both ways',
    },
    { command: 'godwit plan --upgrade express@5', says: 'move a package of the working tree to its next major' },
    {
      command: 'godwit plan --move src/utils=src/lib',
      says: 'move a folder of the working tree, with every specifier that reaches it',
    },
    {
      command: 'godwit plan --rename-symbol "src/users.ts#getUser=findUser"',
      says: 'rename a function with every use of it, by its meaning',
    },
    {
      command: 'godwit plan "ALTER TABLE users RENAME COLUMN name TO full_name" --code .',
      says: 'and name the uses of the column in the code, with the edits for both deployments',
    },
    {
      command: 'godwit plan --recipe commonjs-to-esm',
      says: 'turn a package or an application of CommonJS into ES modules',
    },
    {
      command: 'godwit plan --break-cycles all',
      says: 'cut the cycles of imports where the fewest declarations move',
    },
    {
      command: 'godwit plan --split "src/text.ts#slug,words=src/slug.ts"',
      says: 'give declarations a module of their own, with every import of them',
    },
    { command: 'godwit plan --from schema.sql --check', says: 'exit 2 when there is something to do' },
  ],
  isReadOnly: true,
  argument: 'intent',
  input,
  output: planOutput,
  async execute(input, surroundings) {
    refuseNotBuilt(input);
    const drafted = await drafting(input, surroundings).catch(whenNothing);
    if (drafted === undefined) return nothingToDo(input);
    const { draft, findings } = drafted;
    const made = definePlan(draft, { day: dayOf(surroundings.now()), slug: slugOf(draft.title) });
    if (input.check === true) return planAnswer(made, { place: undefined, findings, exit: exitCodes.findings });
    const dir = input.out === undefined ? await folderFor(made, surroundings) : resolve(surroundings.cwd, input.out);
    await checkPlanFolder(dir, surroundings);
    await writePlan(dir, made);
    const written = await readPlan(dir);
    await writePatches(dir, written);
    await writePlanDocument(dir, written);
    const place = { dir, folder: shownFolder(dir, surroundings) };
    return planAnswer(written, { place, findings, exit: exitCodes.done });
  },
};

type Drafted = Awaited<ReturnType<typeof draftAlone>>;

async function drafting(input: Input, surroundings: Surroundings): Promise<Drafted> {
  const draft = await draftTreeIntent(input, surroundings);
  if (draft !== undefined) return { draft, findings: [] };
  const text = await intentText(input, surroundings);
  return draftAlone({ text, ...transformations(input), ...codeOf(input) }, surroundings);
}

function refuseNotBuilt(input: Input): void {
  const named = [
    ...notBuilt.filter((name) => input[name] !== undefined),
    ...(input.decompose === true ? ['decompose'] : []),
  ];
  if (named.length === 0) return;
  throw fail('not-built', {
    what: `godwit plan --${named[0]} is not built yet.`,
    why: 'This version plans changes of a database that are written in SQL, upgrades of packages, moves of files, renames of symbols, splits of modules, cuts of cycles of imports, and recipes.',
    next: 'Write the change as SQL: `godwit plan "ALTER TABLE …"`; or name packages: `godwit plan --upgrade express@5`; or files: `godwit plan --move FROM=TO`; or a recipe: `godwit plan --recipe ID`.',
  });
}

function transformations({ up, down }: Input): { readonly up?: string; readonly down?: string } {
  return { ...(up === undefined ? {} : { up }), ...(down === undefined ? {} : { down }) };
}

function codeOf({ code }: Input): { readonly code?: readonly string[] } {
  return code === undefined ? {} : { code };
}

/** An intent that is so already is no error here. */
function whenNothing(error: unknown): undefined {
  if (isFailure(error, 'nothing-to-do')) return undefined;
  throw error;
}

function nothingToDo({ intent, from, upgrade, move, renameSymbol, split, breakCycles, recipe }: Input): Answer {
  const listed = move ?? renameSymbol ?? split ?? breakCycles ?? recipe;
  const isTree = upgrade !== undefined || listed !== undefined;
  const title = `Nothing to do: ${isTree ? 'the working tree' : 'the database'} is as the intent wants it.`;
  return {
    json: { plan: null, dir: null },
    report: {
      kind: 'checks',
      title,
      checks: [{ id: 'intent', ok: true, detail: (upgrade ?? listed?.join(', ') ?? intent ?? from ?? '').trim() }],
    },
    exit: exitCodes.done,
  };
}

/** The folder of the plan: one that holds the same plan already, else a new one. */
async function folderFor(made: Plan, surroundings: Surroundings): Promise<string> {
  const folder = migrationsFolder(surroundings);
  const ending = `-${made.planHash.slice(0, 8)}`;
  const known = (await planIds(surroundings)).find((id) => id.endsWith(ending));
  return join(folder, known ?? made.id);
}

function planAnswer(
  made: Plan,
  {
    place,
    findings,
    exit,
  }: Pick<Answer, 'exit'> & {
    readonly place: { readonly dir: string; readonly folder: string } | undefined;
    readonly findings: readonly Finding[];
  },
): Answer {
  return {
    json: asJson({ dir: place?.dir, plan: made, findings: findings.length === 0 ? undefined : findings }),
    report: { kind: 'plan', plan: made },
    exit,
    notes: [
      ...findings.map(({ message, cure }) => [message, cure].join(' ')),
      ...(place === undefined
        ? [`There is something to do: ${stepsOf(made).length} steps.`]
        : [
            `Written to ${place.folder}: PLAN.md to read, plan.json to apply.`,
            `Next: \`godwit ${made.origin.kind === 'database' ? 'apply' : 'rehearse'} ${shellWord(place.folder)}\`.`,
          ]),
    ],
  };
}

function dayOf(now: string): string {
  return now.slice(0, 10).replaceAll('-', '');
}

/** A few words of the title, in kebab-case. */
function slugOf(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const short = words.filter((word) => !['alter', 'table', 'column', 'to'].includes(word)).slice(0, 5);
  return short.join('-').slice(0, 40).replace(/-+$/, '') || 'change';
}
