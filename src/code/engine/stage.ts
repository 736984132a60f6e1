import type { PublishedFiles } from '../recipe.ts';
import type { Unknown } from '../snapshot.ts';
import type { FileChange } from '../text/file-change.ts';
import { closedPath } from './closed-path.ts';
import type { SourceTree } from './recipe-run.ts';
import { movedOpen, type Open } from './transform-file.ts';

const byteOrderMark = '\uFEFF';

/** Thrown for a change of a file that is not looked at. */
export class UnfitFile extends Error {}

/** A tree with changes that pile up in memory. Texts come and go without byte order mark; it is kept aside. */
export interface Stage {
  /** Every file as it stands now, sorted. */
  paths(): readonly string[];
  /** Undefined where the file is not there, or cannot be looked at; the latter is passed over, with the reason. */
  text(path: string): Promise<string | undefined>;
  /** Text of an installed file, which no recipe changes. */
  installed(path: string): Promise<string | undefined>;
  /** What a range of a package means in the registry. */
  published(name: string, range: string): Promise<PublishedFiles | { readonly why: string }>;
  /** Gives a file a text. `moved` says where offsets of its text before went, for what was left open in it. */
  put(path: string, text: string, moved?: (offset: number) => number): Promise<void>;
  remove(path: string): Promise<void>;
  /** Takes a file to another path, with its byte order mark. */
  move(path: string, to: string): Promise<void>;
  /** Why a path may not be written to; undefined where it may. */
  refuses(path: string): Promise<string | undefined>;
  /** Throws UnfitFile for a path that may not be written to. */
  expectOpen(path: string): Promise<void>;
  leaveOpen(path: string, open: readonly Open[]): void;
  /** What was left open, by the file's path. */
  open(): ReadonlyMap<string, readonly Open[]>;
  changes(): readonly FileChange[];
  /** Path to which each symbolic link of the tree leads, from the root. */
  links(): ReadonlyMap<string, string>;
  passedOver(): readonly Unknown[];
  /** How many files' texts were asked for. */
  looked(): number;
}

type Original = { readonly mark: string; readonly text: string };
type Laid = { readonly before: Original | undefined; readonly text: string | undefined; readonly mark: string };

/** Lays a stage over a tree. Texts of the tree are read when they are wanted, and kept only where they are changed. */
export function stageOf(tree: SourceTree, unfit: (text: string) => string | undefined): Stage {
  const own = new Set(tree.paths);
  const staged = new Map<string, Laid>();
  const left = new Map<string, readonly Open[]>();

  const { read: original, skipped, asked } = originalsOf(tree, unfit);
  const refuses = async (path: string): Promise<string | undefined> =>
    closedPath(path) ?? (own.has(path) || staged.has(path) ? undefined : hiddenAt(path, tree));
  const expectOpen = async (path: string): Promise<void> => {
    const why = await refuses(path);
    if (why !== undefined) throw new UnfitFile(`${path} cannot be changed: ${why}`);
  };
  const lay = async (path: string, text: string | undefined, mark?: string): Promise<void> => {
    await expectOpen(path);
    const before = staged.has(path) ? staged.get(path)?.before : await original(path);
    if (skipped.has(path)) throw new UnfitFile(`${path} cannot be changed: ${skipped.get(path)}`);
    staged.set(path, { before, text, mark: mark ?? staged.get(path)?.mark ?? before?.mark ?? '' });
  };
  const textOf = async (path: string): Promise<string | undefined> =>
    staged.has(path) ? staged.get(path)?.text : (await original(path))?.text;
  return {
    paths: () => pathsOf(tree, staged),
    text: textOf,
    installed: async (path) => (/(^|\/)node_modules\//.test(path) ? tree.installed?.(path) : undefined),
    published: async (name, range) =>
      (await tree.published?.(name, range)) ?? { why: 'The registry is not asked here.' },
    refuses,
    expectOpen,
    async put(path, text, moved) {
      await lay(path, text);
      const open = left.get(path);
      if (moved !== undefined && open !== undefined)
        left.set(
          path,
          open.map((one) => movedOpen(one, moved)),
        );
    },
    async remove(path) {
      await lay(path, undefined);
      left.delete(path);
    },
    async move(path, to) {
      const text = (await textOf(path)) ?? '';
      const mark = staged.get(path)?.mark ?? (await original(path))?.mark;
      await lay(path, undefined);
      left.delete(path);
      await lay(to, text, mark);
    },
    leaveOpen(path, open) {
      if (open.length > 0) left.set(path, [...(left.get(path) ?? []), ...open]);
    },
    open: () => left,
    changes: () => changesOf(staged),
    links: () => tree.links ?? new Map(),
    passedOver: () => [...skipped].map(([what, why]) => ({ what, why })),
    looked: () => asked.size,
  };
}

/** Texts of the tree as they are: why those that were asked for cannot be looked at, and which were. */
function originalsOf(tree: SourceTree, unfit: (text: string) => string | undefined) {
  const own = new Set(tree.paths);
  const skipped = new Map<string, string>();
  const asked = new Set<string>();
  const read = async (path: string): Promise<Original | undefined> => {
    if (!own.has(path) || skipped.has(path)) return undefined;
    const answer = await tree.read(path);
    const why = 'why' in answer ? answer.why : unfit(answer.text);
    if (why !== undefined) skipped.set(path, why);
    if ('why' in answer || why !== undefined) return undefined;
    asked.add(path);
    const mark = answer.text.startsWith(byteOrderMark) ? byteOrderMark : '';
    return { mark, text: answer.text.slice(mark.length) };
  };
  return { read, skipped, asked };
}

/** Why a path that is none of the tree's may not be written to; undefined where nothing is there. */
async function hiddenAt(path: string, tree: SourceTree): Promise<string | undefined> {
  const isThere = (await tree.installed?.(path)) !== undefined;
  return isThere ? 'It is there, and is none of the files that recipes may look at; git may ignore it.' : undefined;
}

type Staged = ReadonlyMap<string, Laid>;

function pathsOf(tree: SourceTree, staged: Staged): readonly string[] {
  if (staged.size === 0) return tree.paths;
  const there = new Set(tree.paths);
  for (const [path, { text }] of staged) {
    if (text === undefined) there.delete(path);
    else there.add(path);
  }
  return [...there].sort();
}

function changesOf(staged: Staged): readonly FileChange[] {
  return [...staged]
    .map(([path, { before, text, mark }]) => ({
      path,
      before: before === undefined ? undefined : before.mark + before.text,
      after: text === undefined ? undefined : mark + text,
    }))
    .filter(({ before, after }) => before !== after)
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
