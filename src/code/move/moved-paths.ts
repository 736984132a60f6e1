import picomatch from 'picomatch';
import { fail } from '#core/error';
import { baseName, folderPath } from '../text/search-text.ts';
import { foldersUp, joined } from '../tree/tree-path.ts';

/** One file and where it goes; paths from the root. */
export type FileMove = { readonly from: string; readonly to: string };

/** What goes where: each file, and each folder that goes as a whole. */
export type MovedPaths = {
  readonly files: ReadonlyMap<string, string>;
  readonly folders: ReadonlyMap<string, string>;
};

/** What git tracks below the tree: plain files, others (links, submodules), and the folders of both. */
export type Listing = {
  readonly files: readonly string[];
  readonly others: readonly string[];
  /** True where names that differ in case only are one file: then git cannot say which of them is meant. */
  readonly ignoresCase: boolean;
  hasFolder(path: string): boolean;
};

type Wish = { readonly text: string; readonly from: string; readonly to: string; readonly isInto: boolean };

/** What `FROM=TO` means for each file. Throws `bad-input`, `name-taken` and `nothing-to-do`. Pure. */
export function movedPaths(wishes: readonly string[], listing: Listing): MovedPaths {
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const wish of wishes.map(readWish)) {
    const { moves, folder } = movesOf(wish, listing);
    for (const { from, to } of moves) {
      const other = files.get(from);
      if (other !== undefined && other !== to) throw twice(from, [other, to]);
      files.set(from, to);
    }
    if (folder !== undefined) folders.set(folder.from, folder.to);
  }
  checkTargets(files, listing);
  for (const { from, to } of emptiedFolders(files, listing)) folders.set(from, to);
  for (const [from, to] of [...folders])
    for (const one of foldersBelow(files, { from, to })) folders.set(one.from, one.to);
  return { files, folders };
}

/** Where a path of the tree is after the moves. Pure. */
export function movedPath(path: string, { files, folders }: MovedPaths): string {
  return files.get(path) ?? folders.get(path) ?? path;
}

/** Where a path is after the moves that stands in a folder that goes, whether git tracks it or not. Pure. */
export function movedBelow(path: string, moved: MovedPaths): string {
  const folder = foldersUp(path).find((one) => moved.folders.has(one));
  const known = movedPath(path, moved);
  if (known !== path || folder === undefined) return known;
  return joined(movedPath(folder, moved), path.slice(folder.length + 1));
}

/** `FROM=TO`; where names hold an `=` themselves, the one in the middle of an even split that is meant cannot be known. */
function readWish(text: string): Wish {
  const [from = '', to = '', ...more] = text.split('=');
  if (from.trim() === '' || to.trim() === '' || more.length > 0) {
    throw wrong(text, {
      why: more.length > 0 ? 'It holds more than one `=`.' : 'It is not of the form FROM=TO.',
      next: 'Write e.g. `--move src/a.ts=src/lib/a.ts`, `--move src/utils=src/lib`, or `--move "src/utils/*.ts=src/lib/"`.',
    });
  }
  const paths = { from: inTree(text, from), to: inTree(text, to) };
  return { text, ...paths, isInto: /\/$/.test(to.trim()) };
}

function inTree(text: string, given: string): string {
  const path = joined('.', given.trim().replaceAll('\\', '/'));
  const parts = path.split('/');
  if (given.trim().startsWith('/') || parts.includes('..')) {
    throw wrong(text, { why: `${given} leads out of the tree.`, next: 'Name paths inside the tree, from its root.' });
  }
  if (parts.includes('.git') || parts.includes('node_modules')) {
    throw wrong(text, {
      why: `${given} is not the tree's own: git, or a package manager, keeps it.`,
      next: 'Name paths of your own code.',
    });
  }
  return path;
}

type Moves = { readonly moves: readonly FileMove[]; readonly folder?: FileMove };

function movesOf(wish: Wish, listing: Listing): Moves {
  const { text, from, to, isInto } = wish;
  const isThere = listing.files.includes(from) || listing.hasFolder(from);
  if (/[*?{[]/.test(from) && !isThere) return { moves: globMoves(wish, listing) };
  if (from === '.') throw wrong(text, { why: 'The tree itself cannot go anywhere.', next: 'Name a folder of it.' });
  if (listing.others.includes(from)) throw notAFile(text, from);
  const target = isInto ? joined(to, baseName(from)) : to;
  if (!isInto && listing.hasFolder(to) && to !== from) throw isFolder(text, to);
  if (from === target) throw nothing(text);
  if (listing.files.includes(from)) return { moves: [{ from, to: target }] };
  if (!listing.hasFolder(from)) throw unknown(text, from);
  if (target.startsWith(`${from}/`)) {
    throw wrong(text, {
      why: `${target} is inside ${from}, which goes away.`,
      next: 'Name a place outside of it, or move what is in it by a pattern.',
    });
  }
  const link = listing.others.find((path) => path.startsWith(`${from}/`));
  if (link !== undefined) throw notAFile(text, link);
  const inside = listing.files.filter((path) => path.startsWith(`${from}/`));
  return {
    moves: inside.map((path) => ({ from: path, to: target + path.slice(from.length) })),
    folder: { from, to: target },
  };
}

/** What a pattern takes in keeps its way below the part without wildcards. */
function globMoves({ text, from, to, isInto }: Wish, { files, others }: Listing): readonly FileMove[] {
  if (!isInto)
    throw wrong(text, {
      why: 'A pattern may fit many files, and TO names one place.',
      next: 'End TO with a slash: `--move "src/utils/*.ts=src/lib/"`.',
    });
  const base = folderPath(from.slice(0, from.search(/[*?{[]/)).concat('x'));
  const matches = picomatch(from, { dot: true });
  const link = others.find((path) => matches(path));
  if (link !== undefined) throw notAFile(text, link);
  const found = files.filter((path) => matches(path));
  if (found.length === 0) throw unknown(text, from);
  const moves = found.map((path) => ({
    from: path,
    to: joined(to, base === '.' ? path : path.slice(base.length + 1)),
  }));
  const going = moves.filter((one) => one.from !== one.to);
  if (going.length === 0) throw nothing(text);
  return going;
}

function checkTargets(
  files: ReadonlyMap<string, string>,
  { files: tracked, others, hasFolder, ignoresCase }: Listing,
): void {
  const sources = new Map<string, string>();
  const there = new Set([...tracked, ...others]);
  const inOneCase = new Map(ignoresCase ? [...there].map((path) => [path.toLowerCase(), path]) : []);
  for (const [from, to] of files) {
    const other = sources.get(to);
    if (other !== undefined) throw taken(from, to, `${other} goes there too.`);
    sources.set(to, from);
    const sameLetters = inOneCase.get(to.toLowerCase());
    if (sameLetters !== undefined && !there.has(to)) throw caseOnly(from, to, sameLetters);
    if (there.has(to))
      throw taken(
        from,
        to,
        files.has(to) ? `${to} is there, and goes away in the same plan.` : `${to} is there already.`,
      );
    if (hasFolder(to)) throw taken(from, to, `${to} is a folder.`);
    const above = to
      .split('/')
      .map((_, at, parts) => parts.slice(0, at).join('/'))
      .find((path) => there.has(path));
    if (above !== undefined) throw taken(from, to, `${above} is a file, and no folder.`);
  }
}

/** Folders whose files all go to a new folder that gets nothing else: by patterns or one by one, they go as a whole. */
function emptiedFolders(files: ReadonlyMap<string, string>, listing: Listing): readonly FileMove[] {
  const candidates = new Map<string, string>();
  for (const [path, target] of files) {
    let [from, to] = [folderPath(path), folderPath(target)];
    if (baseName(path) !== baseName(target)) continue;
    while (from !== to && from !== '.' && to !== '.') {
      if (!candidates.has(from)) candidates.set(from, to);
      if (baseName(from) !== baseName(to)) break;
      [from, to] = [folderPath(from), folderPath(to)];
    }
  }
  const tracked = [...listing.files, ...listing.others];
  const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
  return [...candidates]
    .map(([from, to]) => ({ from, to }))
    .filter(({ from, to }) => !listing.hasFolder(to) && !isBelow(from, to) && !isBelow(to, from))
    .filter(({ from, to }) => {
      const isAll = tracked.every((path) => !isBelow(path, from) || files.get(path) === to + path.slice(from.length));
      return isAll && [...files].every(([path, target]) => isBelow(path, from) || !isBelow(target, to));
    });
}

/** Folders inside a folder that goes go with it. */
function foldersBelow(files: ReadonlyMap<string, string>, { from, to }: FileMove): readonly FileMove[] {
  const found = new Set<string>();
  for (const path of files.keys()) {
    for (let folder = folderPath(path); folder.startsWith(`${from}/`); folder = folderPath(folder)) found.add(folder);
  }
  return [...found].map((folder) => ({ from: folder, to: to + folder.slice(from.length) }));
}

function wrong(text: string, { why, next }: { readonly why: string; readonly next: string }) {
  return fail('bad-input', { what: `--move ${text} cannot be planned.`, why, next });
}

function unknown(text: string, from: string) {
  return wrong(text, {
    why: `git tracks nothing at ${from} of the folder that godwit works in.`,
    next: 'Name a file, a folder or a pattern that git tracks, from that folder on (`--cwd DIR` is another); commit what is new first.',
  });
}

function notAFile(text: string, path: string) {
  return wrong(text, {
    why: `${path} is a symbolic link or a submodule; godwit moves plain files only.`,
    next: 'Leave it out with a narrower pattern, and move it by hand with `git mv`.',
  });
}

function isFolder(text: string, to: string) {
  return wrong(text, {
    why: `${to} is a folder that is there.`,
    next: `Write \`${to}/\` to move into it, or name a new path.`,
  });
}

function nothing(text: string) {
  return fail('nothing-to-do', {
    what: `--move ${text} changes nothing.`,
    why: 'It is there already.',
    next: 'Name another place.',
  });
}

function twice(from: string, [one, other]: readonly [string, string]) {
  return fail('bad-input', {
    what: `${from} cannot go to two places.`,
    why: `One --move wants ${one}, another ${other}.`,
    next: 'Give one of them.',
  });
}

function taken(from: string, to: string, why: string) {
  return fail('name-taken', {
    what: `${from} cannot go to ${to}.`,
    why,
    next: 'Name a place that is free, or move what is there first, by a plan of its own.',
  });
}

function caseOnly(from: string, to: string, there: string) {
  return fail('name-taken', {
    what: `${from} cannot go to ${to}.`,
    why: `This file system does not tell it from ${there} (core.ignorecase of git is true).`,
    next: 'Go by a name in between, in two plans: first to another name, then to the one that is wanted.',
  });
}
