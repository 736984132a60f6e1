import * as z from 'zod';
import { openJail, readBytesMax } from '#app/jail/jail';
import type { AgentTool, ToolAnswer, ToolSurroundings } from '../tool.ts';
import { fencedAnswer, refusedAnswer } from '../tool-answer.ts';

const linesDefault = 1_000;
const lineLengthMax = 2_000;

const input = z.object({
  path: z.string().describe('The file, from the top of the repository: `src/index.ts`.'),
  offset: z.number().int().min(1).default(1).describe('The first line to show; 1 is the first of the file.'),
  limit: z
    .number()
    .int()
    .min(1)
    .max(20_000)
    .default(linesDefault)
    .describe(`How many lines to show; ${linesDefault} if left out.`),
});
type Input = z.infer<typeof input>;

/** Shows a text file of the repository. */
export const read: AgentTool<Input> = {
  name: 'read',
  description: `Shows a text file of the repository with the numbers of its lines; a tab stands between number and line, and is no part of it. Files that git ignores, files that hold credentials (.env and its kind), binary files, files over ${readBytesMax} bytes and what lies outside of the repository are not shown; symbolic links are not followed. Values that look like credentials read [hidden]. Of a long file ask for parts with offset and limit.`,
  input,
  execute: show,
};

async function show({ path, offset, limit }: Input, surroundings: ToolSurroundings): Promise<ToolAnswer> {
  surroundings.signal.throwIfAborted();
  const jail = await openJail(surroundings);
  const found = await jail.read(path);
  if (found.kind === 'refused') return refusedAnswer(found.why, found.instead);
  const lines = linesOf(found.shown());
  if (lines.length === 0) return { ok: true, text: `${found.path} is empty.` };
  if (offset > lines.length)
    return refusedAnswer(`${found.path} has ${lines.length} lines.`, 'Ask for a smaller offset.');
  const shown = lines.slice(offset - 1, offset - 1 + limit);
  const last = offset + shown.length - 1;
  const numbered = shown.map((line, at) => `${offset + at}\t${shortened(line)}`);
  const fitting = linesThatFit(numbered, surroundings.maxAnswer - 700);
  const end = offset + fitting - 1;
  const more = end < lines.length ? ` ${lines.length - end} more follow: ask with offset ${end + 1}.` : '';
  const cut = end < last ? ` One answer holds ${surroundings.maxAnswer} bytes.` : '';
  const text = fencedAnswer({
    says: `${found.path}, lines ${offset} to ${end} of ${lines.length}.${more}${cut}`,
    data: numbered.slice(0, fitting).join('\n'),
    bytesMax: surroundings.maxAnswer,
    cut: 'end',
    whenCut: 'Ask for fewer lines.',
  });
  return { ok: true, text };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function shortened(line: string): string {
  return line.length <= lineLengthMax
    ? line
    : `${line.slice(0, lineLengthMax)}[${line.length - lineLengthMax} characters left out]`;
}

/** How many lines fit into so many bytes; at least one. */
function linesThatFit(lines: readonly string[], bytesMax: number): number {
  let [bytes, count] = [0, 0];
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > bytesMax && count > 0) break;
    count += 1;
  }
  return count;
}
