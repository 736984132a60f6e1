import * as z from 'zod';
import { writeInside } from '#app/jail/write-inside';
import type { AgentTool } from '../tool.ts';
import { writtenAnswer } from './edit.ts';

const input = z.object({
  path: z.string().describe('The new file, from the top of the repository. Folders are made.'),
  text: z.string().max(1_000_000).describe('All that stands in it.'),
});
type Input = z.infer<typeof input>;

/** Makes a new file in the repository. */
export const write: AgentTool<Input> = {
  name: 'write',
  description:
    'Makes a new file in the repository. A file that is there already is changed with `edit`. What `edit` does not write is not made either, nor what git ignores.',
  input,
  execute: async ({ path, text }, surroundings) => {
    surroundings.signal.throwIfAborted();
    return writtenAnswer(await writeInside(surroundings, { kind: 'create', path, text }), surroundings);
  },
};
