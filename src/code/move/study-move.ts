import type { SourceTree } from '../engine/recipe-run.ts';
import { type ConfiguredPath, isConfiguration, type PathWords, pathWords } from '../graph/configured-paths.ts';
import { type Edge, edgesOf, type NamedTree, readNames } from '../graph/module-graph.ts';
import type { Occurrence } from '../graph/occurrence.ts';
import { mayName, readFileNames } from '../graph/read-file.ts';
import { isIndexed, type TreeIndex, treeIndex } from '../graph/tree-index.ts';
import { imageSpans, isComposeFile } from '../image/compose-words.ts';
import { imageChanges } from '../image/image-edits.ts';
import { isDockerfile } from '../image/read-dockerfile.ts';
import { isLockFile } from '../install/files-changed.ts';
import { applyFileEdits } from '../text/apply-file-edits.ts';
import type { FileEdits, TextEdit } from '../text/file-edits.ts';
import { placeAt } from '../text/place.ts';
import { configuredText } from './configured-edits.ts';
import { documentLinks, isDocument, linkText } from './document-links.ts';
import { ignoreChanges, isIgnoreFile } from './ignore-edits.ts';
import { checkMembers, isInList, lockEdits, workspaceEdits } from './member-edits.ts';
import { memberMoves } from './member-moves.ts';
import { type FileMove, type MovedPaths, movedBelow, movedPath } from './moved-paths.ts';
import { outwardText, rewrite } from './rewrite.ts';

/** A specifier that nothing can be written for, or that would reach something else: no plan is made. */
export type Obstacle = {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  readonly why: string;
};

/** A word that is left as it is, since nothing proves what it names after the move. */
export type OpenWord = {
  readonly from: string;
  readonly offset: number;
  readonly length: number;
  readonly specifier: string;
  readonly why: string;
};

/** All that moves come to. Edits are by the paths of before. */
export type MoveStudy = {
  readonly moved: MovedPaths;
  readonly edits: ReadonlyMap<string, FileEdits>;
  readonly obstacles: readonly Obstacle[];
  readonly edges: readonly Edge[];
  readonly configured: readonly ConfiguredPath[];
  /** Words of Dockerfiles, and patterns of what is ignored. */
  readonly images: readonly OpenWord[];
  readonly ignored: readonly OpenWord[];
  /** Words of configuration that are the name of what moves, and may mean something else. */
  readonly doubtful: readonly OpenWord[];
  /** Packages of the workspace that go as a whole, by their folders. */
  readonly members: readonly FileMove[];
  /** Texts of every file that was read, as they are and as they will be, by the paths of before. */
  readonly texts: ReadonlyMap<string, string>;
  readonly before: TreeIndex;
  readonly after: TreeIndex;
  readonly unread: NamedTree['unread'];
};

/** Reads the tree, and finds every text that has to change for the moves. Reads only. */
export async function studyMove(moved: MovedPaths, tree: SourceTree, signal: AbortSignal): Promise<MoveStudy> {
  const texts = new Map<string, string>();
  const kept = { paths: tree.paths, read: keeping(tree, texts) };
  const { index: before, names, unread } = await readNames(kept, signal);
  const members = memberMoves(moved, before);
  for (const path of tree.paths.filter((one) => (isConfigured(one) || isDocument(one)) && !texts.has(one)))
    await kept.read(path);
  const edges = edgesOf(names, before);
  const known = new Set(edges.map(({ from, offset }) => `${offset} ${from}`));
  const words = [...texts]
    .filter(([path]) => isConfigured(path) && !isDockerfile(path) && !isIgnoreFile(path))
    .map(([path, text]) => pathWords(path, text, before));
  const named = words
    .flatMap(({ configured: own }) => own)
    .filter(({ from, offset }) => !known.has(`${offset} ${from}`))
    .filter(({ from, offset }) => members.length === 0 || !isInList(from, texts.get(from) ?? '', offset));
  const edits = new Map<string, Map<number, TextEdit>>();
  const put = (path: string, edit: TextEdit): void => {
    edits.set(path, (edits.get(path) ?? new Map<number, TextEdit>()).set(edit.offset, edit));
  };
  const composed = inImages(named, { moved, before, texts });
  const configured = named.filter(
    (place) => !composed.some((one) => one.from === place.from && one.offset === place.offset),
  );
  for (const place of configured) {
    const text = configuredText(place, moved, before);
    if (text !== undefined) put(place.from, editOf(place, text, texts));
  }
  for (const { from, edit } of linkEdits({ texts, before, moved })) put(from, edit);
  const { edits: proved, images: open, ignored } = otherLanguages(moved, { before, texts });
  const images = [...open, ...composed];
  const doubtful = doubtfulWords(words, { moved, before });
  for (const edit of proved) put(edit.from, editOf(edit, edit.text, texts));
  for (const { path, edits: own } of workspaceEdits({ members, moved, texts })) for (const edit of own) put(path, edit);
  for (const lock of await lockEdits(tree, { members, moved, texts }, inPlace(edits))) {
    texts.set(lock.path, lock.text);
    for (const edit of lock.edits) put(lock.path, edit);
  }
  const after = indexAfter({ moved, before, texts, edits: inPlace(edits) });
  checkMembers(before, after, members);
  const obstacles: Obstacle[] = [];
  for (const edge of edges) {
    signal.throwIfAborted();
    const outward = outwardText(edge, moved);
    if (outward !== undefined) put(edge.from, editOf(edge, outward, texts));
    if (edge.reach === undefined) continue;
    const rewritten = rewrite({ ...edge, reach: edge.reach }, { before, after, moved });
    if (rewritten.kind === 'edit') put(edge.from, editOf(edge, rewritten.text, texts));
    if (rewritten.kind === 'stuck') obstacles.push(obstacle(edge, rewritten.why, texts));
  }
  const all = inPlace(edits);
  const found = { edges, configured, images, ignored, doubtful, members, unread };
  const study = { moved, edits: all, ...found, texts, before, after };
  return { ...study, obstacles: obstacles.length > 0 ? obstacles : changedReaches(study) };
}

/** Links of documents that would lead nowhere. */
function linkEdits({ texts, before, moved }: Pick<MoveStudy, 'texts' | 'before' | 'moved'>) {
  return [...texts].flatMap(([path, text]) => {
    const links = isDocument(path) ? documentLinks(path, text, before) : [];
    return links.flatMap((place) => {
      const way = configuredText(place, moved, before);
      const written = way === undefined ? undefined : linkText(place, way, text);
      return written === undefined || written === place.specifier
        ? []
        : [{ from: path, edit: editOf(place, written, texts) }];
    });
  });
}

/** Words that would be written anew, were they sure to be paths. */
function doubtfulWords(
  words: readonly PathWords[],
  { moved, before }: Pick<MoveStudy, 'moved' | 'before'>,
): readonly OpenWord[] {
  return words.flatMap(({ doubtful }) =>
    doubtful.flatMap((place) => {
      const written = configuredText(place, moved, before);
      if (written === undefined) return [];
      const { from, offset, length, specifier } = place;
      return [{ from, offset, length, specifier, why: `${place.reach.target}, which is ${written} then` }];
    }),
  );
}

/** Places of compose files that name paths in the image: where what moves stands there, the file does not say. */
function inImages(
  places: readonly ConfiguredPath[],
  { moved, before, texts }: Pick<MoveStudy, 'moved' | 'before' | 'texts'>,
): readonly OpenWord[] {
  const spans = new Map(
    [...texts].flatMap(([path, text]) => (isComposeFile(path) ? [[path, imageSpans(text)] as const] : [])),
  );
  return places.flatMap((place) => {
    const { from, offset, length, specifier } = place;
    const isIn = spans.get(from)?.some((span) => offset >= span.offset && offset < span.offset + span.length) === true;
    if (!isIn || configuredText(place, moved, before) === undefined) return [];
    return [
      {
        from,
        offset,
        length,
        specifier,
        why: 'it is a path in the image, and this file does not say what stands there',
      },
    ];
  });
}

type Proved = Pick<OpenWord, 'from' | 'offset' | 'length'> & { readonly text: string };

/** Files that name paths by rules of their own: images, and lists of what is ignored. */
function otherLanguages(
  moved: MovedPaths,
  { before, texts }: Pick<MoveStudy, 'before' | 'texts'>,
): { readonly edits: readonly Proved[]; readonly images: readonly OpenWord[]; readonly ignored: readonly OpenWord[] } {
  const all = [...texts].flatMap(([from, text]) => {
    const image = isDockerfile(from) ? imageChanges(from, text, imageTree(moved, before)) : { edits: [], open: [] };
    const changes = isIgnoreFile(from) ? ignoreChanges(from, text, moved) : [...image.edits, ...image.open];
    return changes.map((one) => ({ ...one, from, specifier: text.slice(one.offset, one.offset + one.length) }));
  });
  const open = all.flatMap((one) => ('why' in one ? [one] : []));
  return {
    edits: all.flatMap((one) => ('text' in one ? [one] : [])),
    images: open.filter(({ from }) => isDockerfile(from)),
    ignored: open.filter(({ from }) => isIgnoreFile(from)),
  };
}

/** What an image can take from the tree; what a build makes in a folder that goes is taken to go along. */
function imageTree(moved: MovedPaths, before: TreeIndex): Parameters<typeof imageChanges>[2] {
  const after = (path: string): string => movedBelow(path, moved);
  const isTracked = (path: string): boolean => path === '.' || before.has(path) || before.hasFolder(path);
  const isThere = (path: string): boolean => isTracked(path) || after(path) !== path;
  return { paths: before.paths, moves: moved.files, after, isTracked, isThere };
}

/** A lock file names folders too, and is edited by what its package manager writes there. */
function isConfigured(path: string): boolean {
  return isConfiguration(path) && !isLockFile(path);
}

function keeping(tree: SourceTree, texts: Map<string, string>): SourceTree['read'] {
  return async (path) => {
    const answer = await tree.read(path);
    if ('text' in answer) texts.set(path, answer.text);
    return answer;
  };
}

function editOf(
  { offset, length, from }: Pick<Edge, 'offset' | 'length' | 'from'>,
  text: string,
  texts: ReadonlyMap<string, string>,
): TextEdit {
  return { offset, length, before: (texts.get(from) ?? '').slice(offset, offset + length), text };
}

/** Files by path, edits by place. */
function inPlace(edits: ReadonlyMap<string, ReadonlyMap<number, TextEdit>>): MoveStudy['edits'] {
  const sorted = [...edits].sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(sorted.map(([path, all]) => [path, { path, edits: inOrder([...all.values()]) }]));
}

type Simulated = Pick<MoveStudy, 'moved' | 'before' | 'texts' | 'edits'>;

/** The index of the tree as it will be. */
function indexAfter({ moved, before, texts, edits }: Simulated): TreeIndex {
  const indexed = [...texts].filter(([path]) => isIndexed(path));
  return treeIndex(
    before.paths.map((path) => movedPath(path, moved)).sort(),
    new Map(indexed.map(([path]) => [movedPath(path, moved), textAfter(path, { texts, edits })])),
  );
}

/** Text of a file as it will be, by its path of before. Pure. */
export function textAfter(path: string, { texts, edits }: Pick<MoveStudy, 'texts' | 'edits'>): string {
  const text = texts.get(path) ?? '';
  const own = edits.get(path);
  return own === undefined ? text : applyFileEdits(own, text);
}

/** Reads the tree once more as it will be: every specifier has to reach what it reached, and none may reach more. */
function changedReaches(study: Omit<MoveStudy, 'obstacles'>): readonly Obstacle[] {
  const { edges, edits, moved, texts, after } = study;
  const byFile = byOrigin(edges);
  const names = new Map<string, readonly Occurrence[]>();
  for (const [path, own] of byFile) {
    const isChanged = edits.has(path) && mayName(path);
    names.set(movedPath(path, moved), isChanged ? readFileNames(movedPath(path, moved), textAfter(path, study)) : own);
  }
  const again = byOrigin(edgesOf(names, after));
  return [...byFile].flatMap(([path, own]) => {
    const now = inOrder(again.get(movedPath(path, moved)) ?? []);
    return inOrder(own).flatMap((edge, at) => {
      const wanted = edge.reach === undefined ? undefined : movedPath(edge.reach.target, moved);
      const found = now[at]?.reach?.target;
      return wanted === found ? [] : [obstacle(edge, otherReach(now[at]?.specifier, { wanted, found }), texts)];
    });
  });
}

function otherReach(
  written: string | undefined,
  { wanted, found }: { readonly wanted: string | undefined; readonly found: string | undefined },
): string {
  const now = found === undefined ? 'nothing in the tree' : found;
  return `as ${written ?? 'it is'} it would reach ${now}, and it has to reach ${wanted ?? 'what it reaches now, outside of the tree'}`;
}

function byOrigin(edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  const byFile = new Map<string, Edge[]>();
  for (const edge of edges) {
    const known = byFile.get(edge.from);
    if (known === undefined) byFile.set(edge.from, [edge]);
    else known.push(edge);
  }
  return byFile;
}

function inOrder<Placed extends { readonly offset: number }>(all: readonly Placed[]): readonly Placed[] {
  return [...all].sort((one, other) => one.offset - other.offset);
}

function obstacle(
  { from, offset, length, specifier }: Edge,
  why: string,
  texts: ReadonlyMap<string, string>,
): Obstacle {
  return { file: from, line: placeAt(from, texts.get(from) ?? '', { offset, length }).line, specifier, why };
}
