import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CyclesStudy, studyCycles } from '#code/cycle/study-cycles';
import { memoryTree } from '#code/engine/memory-tree';
import { readSplitWishes } from '#code/split/split-wish';
import type { LayoutStudy } from '#code/split/study-layout';
import { type SplitStudy, studySplit } from '#code/split/study-split';
import type { Files } from './move-files.ts';

/** What breaking the cycles of files on disk comes to. */
export async function studyCyclesOf(files: Files, only: readonly string[] = []): Promise<CyclesStudy> {
  return onDisk(files, (root) => studyCycles(memoryTree(files), { root, only, signal: new AbortController().signal }));
}

/** What splits of files on disk come to. */
export async function studySplitOf(
  files: Files,
  wishes: readonly string[],
  { keepsOldNames = false }: { readonly keepsOldNames?: boolean } = {},
): Promise<SplitStudy> {
  const { signal } = new AbortController();
  return onDisk(files, (root) =>
    studySplit(readSplitWishes(wishes), memoryTree(files), { root, keepsOldNames, signal }),
  );
}

async function onDisk<T>(files: Files, work: (root: string) => Promise<T>): Promise<T> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'godwit-split-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return await work(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** The files that a study changes, as they are afterwards. */
export function changedFiles({ changes }: Pick<LayoutStudy, 'changes'>): Files {
  return Object.fromEntries(changes.map(({ path, after = '' }) => [path, after]));
}
