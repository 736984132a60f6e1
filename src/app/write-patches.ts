import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '#core/plan';

/** Writes the edits of code that a plan proposes as files beside it, each whole or not at all. */
export async function writePatches(dir: string, { phases }: Plan): Promise<void> {
  for (const { file, diff } of phases.flatMap(({ gate }) => gate?.patches ?? [])) {
    const draft = join(dir, `${file}.new`);
    await writeFile(draft, diff);
    await rename(draft, join(dir, file));
  }
}
