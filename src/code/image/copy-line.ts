import picomatch from 'picomatch';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined, relativeFrom } from '../tree/tree-path.ts';
import { type ImageWorld, imagePath, imageWord, namedIn, type Walk } from './image-world.ts';
import { type Instruction, type Word, wordsOf } from './read-dockerfile.ts';
import { type Both, below, type Copied, fromContext, type Stage } from './stage.ts';

/** One thing that the line copies: a path of the context, or of another stage. */
type Item = {
  readonly word: Word;
  readonly source: Both;
  /** The path of the tree that it comes from, also by way of other stages. */
  readonly tree: Both | undefined;
  readonly isFile: boolean;
  readonly isPattern: boolean;
};

type Line = {
  readonly items: readonly Item[];
  readonly target: Word;
  readonly from?: Stage;
  readonly keepsParents: boolean;
};

/** `COPY` and `ADD`: sources are written anew, and the target where the places of the image are those of the tree. */
export function readCopy(instruction: Instruction, stage: Stage, walk: Walk): void {
  const line = lineOf(instruction, walk);
  if (line === undefined) return;
  for (const word of new Set(line.items.map((item) => item.word))) writeSource(word, line, walk);
  const path = imagePath(stage.folder.before, line.target.text);
  if (path === undefined) return;
  const isFolder = (at: string): boolean =>
    line.items.length > 1 ||
    /(^|\/)\.{0,2}$/.test(line.target.text) ||
    at === stage.folder.before ||
    stage.copied.some(({ place }) => place.before.startsWith(`${at}/`));
  const places = line.items.map((item) => placed(item, path, { line, isFolder: isFolder(path) }));
  const wanted = new Set(
    line.items.map((item, at) =>
      targetFor(item, places[at] ?? path, { path, line, stage, walk, isFolder: isFolder(path) }),
    ),
  );
  const [first = path] = wanted;
  const target = wanted.size > 1 ? path : first;
  const text = imageWord(line.target.text, stage.folder.after, target);
  const place = { offset: line.target.offset, length: line.target.text.length };
  if (wanted.size > 1)
    walk.found.push({ ...place, why: 'what is copied here goes to different folders, and the line has one target' });
  else if (text !== line.target.text) walk.found.push({ ...place, text });
  line.items.forEach((item, at) => {
    const after =
      item.isFile && isFolder(path) && !line.keepsParents ? joined(target, baseName(item.source.after)) : target;
    const both = {
      before: places[at] ?? path,
      after: line.keepsParents ? joined(target, relativeFrom(walk.world.context.after, item.source.after)) : after,
    };
    const copied: Copied = {
      ...(line.from === undefined ? {} : { stage: line.from }),
      word: item.word,
      source: item.source,
      place: both,
    };
    stage.copied.push(copied);
    if (item.tree !== undefined) mirror(item.tree, copied, { stage, walk });
  });
}

function lineOf(instruction: Instruction, walk: Walk): Line | undefined {
  const words = wordsOf(instruction);
  const flags = words.filter(({ text }) => text.startsWith('--'));
  const plain = words.filter(({ text }) => !text.startsWith('--'));
  const target = plain.at(-1);
  const sources = plain.slice(0, -1);
  if (target === undefined || sources.length === 0 || instruction.text.includes('<<')) return undefined;
  const named = flags.map(({ text }) => /^--from=(.+)$/.exec(text)?.[1]).find((one) => one !== undefined);
  const from = walk.stages.find((one, at) => one.name === named?.toLowerCase() || String(at) === named);
  if (named !== undefined && from === undefined) return undefined;
  const keepsParents = flags.some(({ text }) => text === '--parents');
  const items = sources.flatMap((word) =>
    from === undefined ? contextItems(word, walk.world) : stageItem(word, from, walk),
  );
  return { items, target, keepsParents, ...(from === undefined ? {} : { from }) };
}

function contextItems(word: Word, { context, paths, isThere, after }: ImageWorld): readonly Item[] {
  if (/:\/\/|\$|^git@/.test(word.text)) return [];
  const source = joined(context.before, word.text.replace(/^\/+/, ''));
  if (!/[*?[]/.test(source)) {
    const both = { before: source, after: isThere(source) ? after(source) : source };
    const isFile = isThere(source) ? paths.includes(source) : /\.\w+$/.test(source);
    return [{ word, source: both, tree: both, isFile, isPattern: false }];
  }
  const matches = picomatch(source, { dot: true });
  const folders = new Set(paths.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at).join('/'))));
  return [...paths, ...folders]
    .filter((path) => path !== '' && matches(path))
    .map((path) => {
      const both = { before: path, after: matches(after(path)) ? after(path) : path };
      return { word, source: both, tree: both, isFile: paths.includes(path), isPattern: true };
    });
}

/** A path of another stage; it follows what stands there. */
function stageItem(word: Word, from: Stage, { world }: Walk): readonly Item[] {
  const path = imagePath('.', word.text);
  if (path === undefined) return [];
  const named = namedIn(from, path, world);
  const after = named?.kind === 'place' ? named.path : path;
  const known = fromContext(from, path, world)?.path;
  const tree = known === undefined ? undefined : { before: known, after: world.after(known) };
  return [{ word, source: { before: path, after }, tree, isFile: /\.\w+$/.test(path), isPattern: false }];
}

/** What is to stand for a source; what it took into the image and no longer does is named. */
function writeSource(word: Word, { items, from }: Line, { world, found }: Walk): void {
  const place = { offset: word.offset, length: word.text.length };
  const own = items.filter((item) => item.word === word);
  const [item] = own;
  if (item === undefined) return;
  if (from !== undefined) {
    const named = namedIn(from, item.source.before, world);
    if (named?.kind === 'open') found.push({ ...place, why: named.why });
    const text = imageWord(word.text, '.', item.source.after);
    if (named?.kind === 'place' && text !== word.text) found.push({ ...place, text });
    return;
  }
  const lost = item.isPattern
    ? own.map(({ source }) => source).find((source) => world.after(source.before) !== source.after)?.before
    : undefined;
  if (lost !== undefined)
    found.push({
      ...place,
      why: `it takes in ${lost}, which moves to ${world.after(lost)}, and does not take that in`,
    });
  if (item.isPattern || item.source.after === item.source.before) return;
  const way = relativeFrom(world.context.after, item.source.after);
  if (way.startsWith('../'))
    found.push({ ...place, why: 'what it names goes out of the folder from which the image is built' });
  else {
    const head = /^(\/|\.\/)?/.exec(word.text)?.[0] ?? '';
    const text = `${head}${way.replace(/^\.\//, '')}${word.text.endsWith('/') ? '/' : ''}`;
    if (text !== word.text) found.push({ ...place, text });
  }
}

type Placing = { readonly line: Line; readonly isFolder: boolean };

function placed({ source, isFile }: Item, target: string, { line, isFolder }: Placing): string {
  if (line.keepsParents) return joined(target, source.before);
  return isFile && isFolder ? joined(target, baseName(source.before)) : target;
}

type Targeting = Placing & { readonly path: string; readonly stage: Stage; readonly walk: Walk };

/** The target that keeps a thing at the place of the image that it has in the tree; the target of before where there is none such. */
function targetFor({ tree, isFile }: Item, place: string, { path, line, stage, walk, isFolder }: Targeting): string {
  const folderMoves = stage.folder.before !== stage.folder.after;
  const unmoved = folderMoves ? (below(stage.folder.before, path) ?? '') : '';
  const stays = unmoved === '' ? path : joined(stage.folder.after, unmoved);
  if (tree === undefined || tree.before === tree.after || line.keepsParents) return stays;
  const root = rootOf(place, relativeFrom(walk.world.context.before, tree.before).replace(/^\.\//, ''));
  if (root === undefined || !follows({ root, source: tree.before }, { path, line, stage, walk, isFolder }))
    return stays;
  const wanted = joined(root, relativeFrom(walk.world.context.after, tree.after));
  return isFile && isFolder ? folderPath(wanted) : wanted;
}

/** The folder below which a place of the image is named as the source is in the tree. */
function rootOf(place: string, source: string): string | undefined {
  if (source === '.') return place;
  if (place === source) return '.';
  return place.endsWith(`/${source}`) ? place.slice(0, -source.length - 1) : undefined;
}

/** True where the target is written as the source is, or something else stands in the image as it stands in the tree. */
function follows(
  { root, source }: { readonly root: string; readonly source: string },
  { line, stage, walk }: Targeting,
): boolean {
  if (!line.target.text.startsWith('/') && root === stage.folder.before) return true;
  const known = walk.known[walk.stages.indexOf(stage)] ?? [];
  return known.some((one) => one.root === root && below(source, one.source) === undefined);
}

function mirror(
  { before }: Both,
  { place }: Copied,
  { stage, walk: { world, mirrors } }: { readonly stage: Stage; readonly walk: Walk },
): void {
  const root = rootOf(place.before, relativeFrom(world.context.before, before).replace(/^\.\//, ''));
  if (root !== undefined) mirrors.get(stage)?.push({ root, source: before });
}
