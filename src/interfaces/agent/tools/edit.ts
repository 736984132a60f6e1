import * as z from 'zod';
import { type Written, writeInside } from '#app/jail/write-inside';
import type { AgentTool, ToolAnswer, ToolSurroundings } from '../tool.ts';
import { fencedAnswer, refusedAnswer } from '../tool-answer.ts';

const input = z.object({
  path: z.string().describe('The file, from the top of the repository.'),
  old: z
    .string()
    .max(200_000)
    .describe(
      'The text to replace, exactly as it stands in the file, and only once there. Without the numbers of lines.',
    ),
  new: z.string().max(200_000).describe('The text to put there; empty takes the old one out.'),
});
type Input = z.infer<typeof input>;

/** Replaces a text in a file of the repository. */
export const edit: AgentTool<Input> = {
  name: 'edit',
  description:
    'Replaces a text in a file of the repository, and shows the difference. The old text has to stand in the file exactly once: take some lines around it. Not written are files that git ignores, files with credentials, lock files, files of build servers and editors, hooks, .gitignore, and plans of godwit; an edit that takes tests or assertions away, or skips tests, is refused. Files are not removed.',
  input,
  execute: async ({ path, old, new: text }, surroundings) => {
    surroundings.signal.throwIfAborted();
    return writtenAnswer(await writeInside(surroundings, { kind: 'replace', path, old, new: text }), surroundings);
  },
};

/** What a model is told of a change. */
export function writtenAnswer(written: Written, { maxAnswer }: ToolSurroundings): ToolAnswer {
  if (written.kind === 'refused') return refusedAnswer(written.why, written.instead);
  const text = fencedAnswer({
    says: `${written.path} is written.`,
    data: written.diff,
    bytesMax: maxAnswer,
    cut: 'end',
    whenCut: 'The whole change is in the file.',
  });
  return { ok: true, text };
}
