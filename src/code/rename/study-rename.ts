import { fail } from '#core/error';
import type { SourceTree } from '../engine/recipe-run.ts';
import { type Edge, edgesOf, readNames } from '../graph/module-graph.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { applyFileEdits } from '../text/apply-file-edits.ts';
import type { FileEdits, TextEdit } from '../text/file-edits.ts';
import { placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { checkRename } from './check-rename.ts';
import { type Declared, findDeclaration } from './find-declaration.ts';
import { keepingText, oldNameExport } from './keep-old-name.ts';
import { keysAsText } from './keys-as-text.ts';
import { declarationsOf } from './meanings.ts';
import { openProjects } from './open-projects.ts';
import { type RenamePlace, renamePlaces } from './rename-places.ts';
import type { RenameProject } from './rename-project.ts';
import type { RenamedSymbol, RenameObstacle } from './rename-proof.ts';
import type { RenameWish } from './rename-wish.ts';
import { shorthandPlaces } from './shorthand-places.ts';

/** One wish with all that is known of it. */
export type Renamed = {
  readonly wish: RenameWish;
  readonly declared: Declared;
  readonly places: readonly RenamePlace[];
  readonly symbol: RenamedSymbol;
  /** Where what its imports go through is declared: the symbol itself, or what a member stands in. */
  readonly owner: ReadonlySet<string>;
};

/** All that renames come to. */
export type RenameStudy = {
  readonly renamed: readonly Renamed[];
  readonly edits: ReadonlyMap<string, FileEdits>;
  /** Texts of the edited files as they will be. */
  readonly changed: ReadonlyMap<string, string>;
  readonly obstacles: readonly RenameObstacle[];
  readonly texts: ReadonlyMap<string, string>;
  readonly projects: readonly RenameProject[];
  readonly edges: readonly Edge[];
  readonly index: TreeIndex;
  readonly keepsOldName: boolean;
  readonly root: string;
};

export type StudyOptions = {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly keepsOldName: boolean;
  readonly signal: AbortSignal;
};

const source = /\.([cm]?[jt]s|[jt]sx)$/;

/** Reads the tree, finds every place that means a renamed symbol, and proves the tree as it will be. Reads only. Throws `bad-input`. */
export async function studyRename(
  wishes: readonly RenameWish[],
  tree: SourceTree,
  { root, keepsOldName, signal }: StudyOptions,
): Promise<RenameStudy> {
  const texts = new Map<string, string>();
  const kept = { paths: tree.paths, read: keeping(tree, texts) };
  const { index, names } = await readNames(kept, signal);
  const edges = edgesOf(names, index);
  const words = [...new Set(wishes.flatMap(({ from, to }) => [from, to]))];
  const isNaming = (path: string): boolean => words.some((word) => texts.get(path)?.includes(word) === true);
  const isWanted = (own: readonly string[]): boolean =>
    own.some(isNaming) || wishes.some(({ file }) => own.includes(file));
  const projects = openProjects({ root, texts, tree, edges, signal, isWanted });
  const renamed = wishes.map((wish) => renamedBy(wish, { root, projects, texts }));
  const edits = editsOf(renamed, { root, texts, projects, keepsOldName });
  const changed = new Map([...edits].map(([path, own]) => [path, applyFileEdits(own, texts.get(path) ?? '')] as const));
  const symbols = renamed.map(({ symbol }) => symbol);
  const named = new Map(renamed.flatMap(namedPlaces));
  const foreign = renamed.flatMap((one) => foreignPlaces(one, texts));
  const obstacles =
    foreign.length > 0
      ? foreign
      : await checkRename(projects, { root, texts, edits, changed, symbols, named, keepsOldName, signal });
  return { renamed, edits, changed, obstacles, texts, projects, edges, index, keepsOldName, root };
}

function keeping(tree: SourceTree, texts: Map<string, string>): SourceTree['read'] {
  return async (path) => {
    const answer = await tree.read(path);
    if ('text' in answer) texts.set(path, answer.text);
    return answer;
  };
}

type Opened = {
  readonly root: string;
  readonly projects: readonly RenameProject[];
  readonly texts: ReadonlyMap<string, string>;
};

function renamedBy(wish: RenameWish, { root, projects, texts }: Opened): Renamed {
  const at = `${root}/${wish.file}`;
  if (!texts.has(wish.file) || !source.test(wish.file)) {
    throw fail('bad-input', {
      what: `\`${wish.text}\` cannot be renamed so.`,
      why: texts.has(wish.file)
        ? `${wish.file} is neither TypeScript nor JavaScript.`
        : `git tracks no file ${wish.file} here.`,
      next: 'Name the file that declares the symbol, by its path from the root of the tree.',
    });
  }
  const home =
    projects.find(({ files }) => files.includes(wish.file)) ??
    projects.find(({ program }) => program.getSourceFile(at) !== undefined);
  const file = home?.program.getSourceFile(at);
  if (home === undefined || file === undefined) {
    throw fail('bad-input', {
      what: `\`${wish.text}\` names nothing that can be renamed.`,
      why: `${wish.file} holds no ${wish.from}.`,
      next: 'Name the file that declares it, and the name as it stands there; a member as Class.member.',
    });
  }
  const declared = findDeclaration(wish, file);
  const places = placesOf(declared, wish, { root, projects, texts });
  const declaredBy = (node: ts.Node): ReadonlySet<string> => declaredAt(node, { home, root });
  const symbol = { from: wish.from, to: wish.to, declared: declaredBy(declared.name) };
  return { wish, declared, places, symbol, owner: declaredBy(declared.owner) };
}

/** Every place that gets the new name, in all projects that know the declaration. */
function placesOf(
  { name }: Declared,
  { file, from, to }: RenameWish,
  { root, projects, texts }: Opened,
): readonly RenamePlace[] {
  const places = new Map<string, RenamePlace>();
  const put = (place: RenamePlace): void => {
    places.set(`${place.file}:${place.offset}`, place);
  };
  const offset = name.getStart();
  const knowing = projects.filter(({ program }) => program.getSourceFile(`${root}/${file}`) !== undefined);
  for (const project of knowing) {
    const { starts, written } = ts.isShorthandPropertyAssignment(name.parent)
      ? shorthandPlaces(project, { root, from, to, file, offset, texts })
      : { starts: [{ file, offset }], written: [] };
    for (const place of [...written, ...renamePlaces(project, { root, from, to, starts })]) put(place);
  }
  const isNamed = (place: string): boolean => places.has(place) && places.get(place)?.side !== 'variable';
  for (const project of knowing)
    for (const { isSure, ...key } of keysAsText(project, { root, from, isNamed, texts }))
      if (isSure) put({ ...key, text: to, side: 'whole', role: 'other' });
  return [...places.values()];
}

/** Of a shorthand whose variable is renamed the property keeps its name. */
function namedPlaces({ places, wish }: Renamed): readonly (readonly [string, string])[] {
  return places.flatMap(({ file, offset, side }) =>
    side === 'variable' ? [] : [[`${file}:${offset}`, wish.to] as const],
  );
}

type Home = { readonly home: RenameProject; readonly root: string };

function declaredAt(name: ts.Node, { home, root }: Home): ReadonlySet<string> {
  const checker = home.program.getTypeChecker();
  const symbol = checker.getSymbolAtLocation(name);
  const place = (file: string, offset: number): string => `${file}:${offset}`;
  return new Set(symbol === undefined ? [] : declarationsOf(symbol, checker, { root, place }));
}

/** Places that the tree does not hold: what is installed or built declares the name too. */
function foreignPlaces({ places, wish }: Renamed, texts: ReadonlyMap<string, string>): readonly RenameObstacle[] {
  return places
    .filter(({ file }) => !texts.has(file))
    .slice(0, 20)
    .map(({ file }) => ({
      file,
      line: 1,
      why: `${wish.path.join('.')} is declared there too, and git does not track that file`,
    }));
}

type EditOptions = Opened & { readonly keepsOldName: boolean };

function editsOf(renamed: readonly Renamed[], options: EditOptions): ReadonlyMap<string, FileEdits> {
  const edits = new Map<string, TextEdit[]>();
  const put = (path: string, edit: TextEdit): void => {
    const all = edits.get(path) ?? [];
    const other = all.find((one) => one.length === edit.length && one.offset === edit.offset);
    if (other === undefined) edits.set(path, [...all, edit]);
    else if (edit.length === 0)
      edits.set(path, [...all.filter((one) => one !== other), { ...edit, text: other.text + edit.text }]);
    else if (other.text !== edit.text) throw twice(path, options.texts.get(path) ?? '', edit);
  };
  for (const one of renamed) {
    for (const place of one.places) {
      const text = options.texts.get(place.file);
      if (text === undefined) continue;
      const before = text.slice(place.offset, place.offset + place.length);
      const fresh = options.keepsOldName ? keepingText(place, one.wish) : place.text;
      put(place.file, { offset: place.offset, length: place.length, before, text: fresh });
    }
    const kept = options.keepsOldName ? keptExport(one, options) : undefined;
    if (kept !== undefined) put(one.wish.file, kept);
  }
  const sorted = [...edits].sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(
    sorted.map(([path, all]) => [path, { path, edits: all.toSorted((one, other) => one.offset - other.offset) }]),
  );
}

function keptExport({ declared, places, wish }: Renamed, { projects }: EditOptions): TextEdit | undefined {
  const file: ts.SourceFile = declared.name.getSourceFile();
  const home = projects.find(({ program }) => program.getSourceFile(file.fileName) === file);
  const checker = home?.program.getTypeChecker();
  const isModule = /\.([cm]?ts|tsx|mjs)$/.test(wish.file) && !declared.isMember;
  const edit =
    checker === undefined || !isModule ? undefined : oldNameExport(file, declared.name, { ...wish, checker });
  if (
    edit !== undefined ||
    (isModule && places.some(({ role, file: path }) => role === 'export' && path === wish.file))
  )
    return edit;
  throw fail('not-built', {
    what: `The old name of ${wish.path.join('.')} cannot be kept beside the new one.`,
    why: declared.isMember
      ? 'It is a member: a second one would have to be kept in step with it.'
      : 'Its file does not export it by name as a module of TypeScript does.',
    next: 'Leave --keep-old-name out, or add the old name by hand on the branch of the plan.',
  });
}

function twice(path: string, text: string, edit: TextEdit) {
  return fail('bad-input', {
    what: 'Two of the wishes meet in one place.',
    why: `${path}:${placeAt(path, text, edit).line} \`${edit.before}\` would be written in two ways.`,
    next: 'Make two plans, one after the other.',
  });
}
