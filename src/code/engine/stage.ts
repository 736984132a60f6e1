import type { FileChange } from '../file-change.ts';
import type { Unknown } from '../snapshot.ts';
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
  /** Gives a file a text. `moved` says where offsets of its text before went, for what was left open in it. */
  put(path: string, text: string, moved?: (offset: number) => number): Promise<void>;
  remove(path: string): Promise<void>;
  leaveOpen(path: string, open: readonly Open[]): void;
  /** What was left open, by the file's path. */
  open(): ReadonlyMap<string, readonly Open[]>;
  changes(): readonly FileChange[];
  passedOver(): readonly Unknown[];
  /** How many files' texts were asked for. */
  looked(): number;
}

type Original = { readonly mark: string; readonly text: string };

/** Lays a stage over a tree. Texts of the tree are read when they are wanted, and kept only where they are changed. */
export function stageOf(tree: SourceTree, unfit: (text: string) => string | undefined): Stage {
  const own = new Set(tree.paths);
  const staged = new Map<string, { readonly before: Original | undefined; readonly text: string | undefined }>();
  const skipped = new Map<string, string>();
  const asked = new Set<string>();
  const left = new Map<string, readonly Open[]>();

  const original = async (path: string): Promise<Original | undefined> => {
    if (!own.has(path) || skipped.has(path)) return undefined;
    const answer = await tree.read(path);
    const why = 'why' in answer ? answer.why : unfit(answer.text);
    if (why !== undefined) skipped.set(path, why);
    if ('why' in answer || why !== undefined) return undefined;
    asked.add(path);
    const mark = answer.text.startsWith(byteOrderMark) ? byteOrderMark : '';
    return { mark, text: answer.text.slice(mark.length) };
  };
  const lay = async (path: string, text: string | undefined): Promise<void> => {
    const before = staged.has(path) ? staged.get(path)?.before : await original(path);
    if (skipped.has(path)) throw new UnfitFile(`${path} cannot be changed: ${skipped.get(path)}`);
    staged.set(path, { before, text });
  };
  return {
    paths: () => pathsOf(tree, staged),
    text: async (path) => (staged.has(path) ? staged.get(path)?.text : (await original(path))?.text),
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
    leaveOpen(path, open) {
      if (open.length > 0) left.set(path, [...(left.get(path) ?? []), ...open]);
    },
    open: () => left,
    changes: () => changesOf(staged),
    passedOver: () => [...skipped].map(([what, why]) => ({ what, why })),
    looked: () => asked.size,
  };
}

type Staged = ReadonlyMap<string, { readonly before: Original | undefined; readonly text: string | undefined }>;

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
    .map(([path, { before, text }]) => ({
      path,
      before: before === undefined ? undefined : before.mark + before.text,
      after: text === undefined ? undefined : (before?.mark ?? '') + text,
    }))
    .filter(({ before, after }) => before !== after)
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
