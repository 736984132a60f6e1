import { emitDifference } from '../../compiler/emit-difference.ts';
import { strictFlags } from '../../compiler/strict-flags.ts';
import { type VirtualTree, virtualTree, wordsOf } from '../../compiler/virtual-tree.ts';
import { applyEdits } from '../../engine/apply-edits.ts';
import { withLineEndsOf } from '../../engine/line-ends.ts';
import { UnfitTree } from '../../engine/unfit-tree.ts';
import type { TreeTransformed, TreeView } from '../../recipe.ts';
import { folderPath } from '../../text/search-text.ts';
import { joined, relativeFrom } from '../../tree/tree-path.ts';
import ts from '../../typescript.cts';
import { knownTypes } from './compiler/known-types.ts';
import { ratchet } from './compiler/ratchet.ts';
import { type TypePackages, typePackages } from './compiler/type-packages.ts';
import { typedTexts, withoutUnusedDirectives } from './compiler/typed-texts.ts';
import type { Converted } from './converted.ts';
import { compilerOptions, existingSettings, type Settings, settingsOf, usesDom } from './reading/compiler-options.ts';
import { heldFiles } from './reading/held-files.ts';
import { type PackageFacts, packageFacts } from './reading/package-facts.ts';
import { pinnedFiles, type Reaches, readReaches, specifierEdits } from './reading/reaches.ts';
import { refuseCommands } from './reading/refuse-commands.ts';
import { annotate, type Block } from './types/annotate.ts';
import { resultOf } from './writing/result.ts';
import { stayFindings } from './writing/stay-findings.ts';

/** What is known before a file is touched. */
type World = {
  readonly facts: PackageFacts;
  readonly reaches: Reaches;
  readonly compiler: VirtualTree;
  readonly types: TypePackages;
  readonly settings: Settings;
};

/** Turns one package of JavaScript into TypeScript, file by file where each can be proved, or throws UnfitTree. */
export async function convert(
  tree: TreeView,
  { package: home = '.', run = 'auto' }: Readonly<Record<string, string>>,
): Promise<TreeTransformed> {
  const facts = await packageFacts(tree, home, run);
  const config = (await tree.read(joined(home, 'tsconfig.json')))?.text;
  if (facts.candidates.length === 0) return { edits: [], unresolved: [] };
  if (config !== undefined && /"(extends|references|files)"\s*:/.test(config))
    throw new UnfitTree(
      'Its tsconfig.json extends another, refers to projects or lists its files, which this recipe does not rewrite. Make it one file with `include` first.',
    );
  const reaches = await readReaches(tree);
  await refuseCommands(tree, facts, reaches);
  const compiler = virtualTree(tree);
  const hasDom = usesDom(facts);
  const specifiers = reaches.edges
    .filter(({ from, reach }) => facts.candidates.includes(from) && reach === undefined)
    .map(({ specifier }) => specifier);
  const types = await typePackages(tree, facts, { world: compiler, specifiers, hasDom });
  const hasJsx = facts.candidates.some((path) => endingOf(path, facts) === '.tsx');
  const settings = settingsOf(facts, { hasJsx, types: types.ambient, existing: existingSettings(config) });
  const world: World = { facts, reaches, compiler, types, settings };
  const converted = await convertedFiles(world);
  if (converted.moves.size === 0) return { edits: [], unresolved: stayFindings(converted) };
  const files = [...converted.moves.values(), ...checkedScripts(converted, settings)];
  const measured = await ratchet(compiler, converted.texts, { settings, files });
  const held = await compiler.project(converted.texts, compilerOptions(settings, measured.on));
  const bare = withoutUnusedDirectives(converted.texts, { project: held, files: [...converted.moves.values()] });
  const texts = withOwnLineEnds(bare, converted);
  const strict = await compiler.project(texts, compilerOptions(settings, strictFlags));
  return resultOf({
    tree,
    facts,
    reaches,
    types,
    settings,
    config,
    converted: { ...converted, texts },
    ratchet: measured,
    strict,
  });
}

/** With the line ends of the files of before: places are those of the text that is written. */
function withOwnLineEnds(texts: Converted['texts'], { moves, bases }: Converted): Converted['texts'] {
  const ended = [...moves].map(
    ([from, to]) => [to, withLineEndsOf(bases.get(from) ?? '', texts.get(to) ?? '')] as const,
  );
  return new Map([...texts, ...ended]);
}

/** JavaScript that the compiler checks too, without what it found fault with already. */
function checkedScripts({ texts, faulty }: Converted, { checkJs, strict }: Settings): readonly string[] {
  if (checkJs !== true) return [];
  return [...texts.keys()].filter((path) => /\.[cm]?jsx?$/.test(path) && !(strict === true && faulty.has(path)));
}

/** The files that can be TypeScript: one that cannot stays as it is, and the others are looked at again without it. */
async function convertedFiles(world: World): Promise<Converted> {
  const { facts, reaches, compiler, settings } = world;
  const original = await compiler.project(facts.texts, {
    ...compilerOptions(settings, strictFlags),
    allowJs: true,
    checkJs: true,
    erasableSyntaxOnly: false,
  });
  const faulty = new Set(
    [...facts.texts.keys()].filter((path) => /\.[cm]?[jt]sx?$/.test(path) && original.diagnostics(path).length > 0),
  );
  const first = { offset: 0, length: 0 };
  const held = heldFiles({ ...reaches, ...facts });
  const stays = new Map<string, Block>([
    ...[...facts.stays].map(([path, why]) => [path, { ...first, why }] as const),
    ...pinnedFiles(reaches, facts),
    ...held.stays,
  ]);
  for (let round = 0; round <= facts.candidates.length; round += 1) {
    const moves = new Map(
      facts.candidates.flatMap((path) =>
        stays.has(path) ? [] : [[path, path.replace(/\.(m?)jsx?$/, endingOf(path, facts))] as const],
      ),
    );
    const drafted = draft(world, moves, (path, moved) => knownTypes(path, original, moved));
    if (drafted.blocked.size > 0) {
      for (const [path, block] of drafted.blocked) stays.set(path, block);
      continue;
    }
    const { bases, untold } = drafted;
    const { texts, errors } = await typedTexts(drafted.texts, {
      world: compiler,
      settings,
      files: [...moves.values()],
      unsaid: drafted.unsaid,
    });
    const failed = failures({ moves, bases, texts, errors });
    if (failed.size === 0) return { moves, bases, texts, stays, untold, faulty, tested: held.tested };
    for (const [path, block] of failed) stays.set(path, block);
  }
  throw new Error('Files fall back to JavaScript without end.');
}

type Drafted = Pick<Converted, 'bases' | 'texts' | 'untold'> & {
  readonly blocked: ReadonlyMap<string, Block>;
  /** By new name: the fields whose type no comment says, by class in their order. */
  readonly unsaid: ReadonlyMap<string, readonly (readonly string[])[]>;
};

function draft(
  { facts, reaches }: World,
  moves: ReadonlyMap<string, string>,
  knownOf: (path: string, moved: (path: string) => string) => ReturnType<typeof knownTypes>,
): Drafted {
  const edits = specifierEdits(reaches, { moves, running: facts.running });
  const [bases, texts] = [new Map<string, string>(), new Map<string, string>()];
  const [untold, blocked] = [new Map<string, readonly Block[]>(), new Map<string, Block>()];
  const unsaid = new Map<string, readonly (readonly string[])[]>();
  for (const [path, text] of facts.texts) {
    const base = applyEdits(text, edits.get(path) ?? []).text;
    bases.set(path, base);
    const to = moves.get(path);
    if (to === undefined) {
      texts.set(path, base);
      continue;
    }
    const source = ts.createSourceFile(path, base, ts.ScriptTarget.ESNext, true, ts.ScriptKind.JSX);
    const known = knownOf(path, (other) => sibling(path, other, { moves, facts }))(source);
    const made = annotate(source, known, { isJsx: to.endsWith('x') });
    const [block] = made.blocks;
    if (block !== undefined) blocked.set(path, block);
    untold.set(path, made.untold);
    unsaid.set(to, made.unsaid);
    texts.set(to, applyEdits(base, made.edits).text);
  }
  return { bases, texts, untold, blocked, unsaid };
}

/** How a file names another, which the compiler gives without its extension. */
function sibling(
  from: string,
  other: string,
  { moves, facts }: { readonly moves: ReadonlyMap<string, string>; readonly facts: PackageFacts },
): string {
  const file = ['', '.js', '.mjs', '.jsx', '.ts', '.tsx', '.mts']
    .map((ending) => `${other}${ending}`)
    .find((one) => facts.texts.has(one));
  const to = file === undefined ? other : (moves.get(file) ?? file);
  return relativeFrom(folderPath(from), to);
}

function failures({
  moves,
  bases,
  texts,
  errors,
}: Pick<Converted, 'moves' | 'bases' | 'texts'> & { readonly errors: ReadonlyMap<string, ts.Diagnostic> }): ReadonlyMap<
  string,
  Block
> {
  const failed = new Map<string, Block>();
  for (const [path, to] of moves) {
    const error = errors.get(to);
    const [before, after] = [bases.get(path) ?? '', texts.get(to) ?? ''];
    if (error !== undefined) {
      const words = wordsOf(error.messageText);
      const line = after.slice(0, error.start ?? 0).split('\n').length;
      failed.set(path, {
        offset: 0,
        length: 0,
        why: `as TypeScript it has an error near its line ${line}, TS${error.code}: ${words}`,
      });
      continue;
    }
    const other = emitDifference({ path, text: before }, { path: to, text: after });
    if (other !== undefined)
      failed.set(path, { offset: 0, length: 0, why: `its code would not stay the same: ${other}` });
  }
  return failed;
}

function endingOf(path: string, { texts }: PackageFacts): string {
  if (path.endsWith('.mjs')) return '.mts';
  return path.endsWith('.jsx') || hasJsx(texts.get(path) ?? '') ? '.tsx' : '.ts';
}

function hasJsx(text: string): boolean {
  if (!/<[A-Za-z>]/.test(text)) return false;
  let found = false;
  const visit = (node: ts.Node): void => {
    found ||= ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
    if (!found) ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.jsx', text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JSX));
  return found;
}
