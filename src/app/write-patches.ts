import { join } from 'node:path';
import type { Plan } from '#core/plan';
import { writeWhole } from '#run/write-whole';

/** Writes the edits of code that a plan proposes as files beside it, each whole or not at all. */
export async function writePatches(dir: string, { phases }: Plan): Promise<void> {
  for (const { file, diff } of phases.flatMap(({ gate }) => gate?.patches ?? []))
    await writeWhole(join(dir, file), diff);
}
