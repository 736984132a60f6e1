import { type Flag, strictFlags } from '../../compiler/strict-flags.ts';
import { type VirtualTree, virtualTree } from '../../compiler/virtual-tree.ts';
import type { TreeEdit, TreeTransformed, TreeUnresolved, TreeView } from '../../recipe.ts';
import { joined } from '../../tree/tree-path.ts';
import ts from '../../typescript.cts';
import { freshErrors, type Measured, type Measuring, measured } from './measured.ts';
import { mended } from './mending/mended.ts';
import { mendsFor } from './mending/mends-for.ts';
import { family, flagsOf, isKnown, isOn, needsNullChecks } from './reading/flags.ts';
import { type StrictProject, strictProject } from './reading/strict-project.ts';
import { strictFiles } from './strict-files.ts';
import { anysOf, flagFindings } from './writing/findings.ts';
import { ratchetPath, withFlag, withoutRatchet, withRatchet } from './writing/settings.ts';

/** How far one has come: texts and options with the flags that are on. */
type State = {
  readonly texts: Measured['texts'];
  readonly options: ts.CompilerOptions;
  readonly unresolved: readonly TreeUnresolved[];
};

/**
 * Turns flags of the compiler on, one after the other. What a flag shows is mended where types alone do it; where errors
 * remain the flag is kept by a configuration of its own for the files in which it holds. Throws UnfitTree.
 */
export async function tighten(
  tree: TreeView,
  { package: home = '.', config = 'tsconfig.json', flags = family.join(',') }: Readonly<Record<string, string>>,
): Promise<TreeTransformed> {
  const wanted = flagsOf(flags);
  const project = await strictProject(tree, joined(home, config));
  const world = virtualTree(tree);
  let state: State = { texts: project.texts, options: project.options, unresolved: [] };
  for (const flag of wanted) state = await withOneMore(flag, state, { project, world });
  return { edits: editsOf(project.texts, state.texts), unresolved: state.unresolved };
}

type World = { readonly project: StrictProject; readonly world: VirtualTree };

async function withOneMore(flag: Flag, state: State, { project, world }: World): Promise<State> {
  const { config, roots } = project;
  if (isOn(flag, state.options)) return state;
  const untried = whyUntried(flag, state, project);
  if (untried !== undefined) {
    const finding = { path: config, offset: 0, length: 0, isAdvice: true as const, message: untried };
    return { ...state, unresolved: [...state.unresolved, finding] };
  }
  const options = { ...state.options, [flag]: true };
  const plain: Measuring = { world, roots, options: state.options };
  const tight: Measuring = { world, roots, options };
  const known = (await measured(state.texts, plain)).errors;
  const before = await measured(state.texts, tight);
  const fresh = freshErrors(known, before.errors);
  const mends = mendsFor[flag];
  const after =
    fresh.size === 0 || mends === undefined
      ? before
      : await mended(before, { ...tight, mends, known, before: state.options, strictest: strictest(options) });
  const left = freshErrors(known, after.errors);
  const holds = left.size === 0;
  const strict = holds ? undefined : await strictFiles({ ...after, errors: left }, { ...tight, known });
  const anys = {
    before: anysOf((await measured(state.texts, { ...plain, options: strictest(options) })).project),
    after: anysOf((await measured(after.texts, { ...plain, options: strictest(options) })).project),
  };
  const ratchet = ratchetPath(config, flag);
  const found = flagFindings({ flag, config, before: fresh, after: left, strict, ratchet, anys });
  const isAll = family.every((one) => isOn(one, options) || !isKnown(one, project.version));
  const isWhole = isAll && project.isAlone && isModular(after);
  const settled = settings(after.texts, config, { flag, kept: strict?.kept, isWhole });
  return { texts: settled, options: holds ? options : state.options, unresolved: [...state.unresolved, ...found] };
}

function whyUntried(flag: Flag, { options }: State, { version }: StrictProject): string | undefined {
  if (!isKnown(flag, version)) return `${flag} is not tried: TypeScript ${version} does not know it.`;
  if (needsNullChecks.has(flag) && !isOn('strictNullChecks', options))
    return `${flag} is not tried: the compiler takes it beside strictNullChecks alone, which is off.`;
  return undefined;
}

function strictest(options: ts.CompilerOptions): ts.CompilerOptions {
  return { ...options, ...Object.fromEntries(strictFlags.map((flag) => [flag, true])) };
}

type Settled = { readonly flag: Flag; readonly kept: readonly string[] | undefined; readonly isWhole: boolean };

function settings(texts: State['texts'], config: string, { flag, kept, isWhole }: Settled): State['texts'] {
  if (kept === undefined) return withoutRatchet(withFlag(texts, config, { flag, isWhole }), config, flag);
  return kept.length === 0 ? withoutRatchet(texts, config, flag) : withRatchet(texts, config, { flag, files: kept });
}

/** `strict` also writes "use strict" into scripts, which would change them; modules have it anyway. */
function isModular({ project }: Measured): boolean {
  return project.program
    .getSourceFiles()
    .every((file) => file.isDeclarationFile || file.fileName.endsWith('.json') || ts.isExternalModule(file));
}

function editsOf(before: State['texts'], after: State['texts']): readonly TreeEdit[] {
  const gone = [...before.keys()].filter((path) => !after.has(path));
  const written = [...after].filter(([path, text]) => before.get(path) !== text);
  return [
    ...gone.map((path): TreeEdit => ({ kind: 'remove', path })),
    ...written.map(([path, text]): TreeEdit => ({ kind: 'write', path, text })),
  ];
}
