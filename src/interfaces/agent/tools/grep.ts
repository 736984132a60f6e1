import * as z from 'zod';
import { type Jail, openJail } from '#app/jail/jail';
import { withinTime } from '#app/jail/within-time';
import type { AgentTool, ToolAnswer, ToolSurroundings } from '../tool.ts';
import { fencedAnswer, refusedAnswer } from '../tool-answer.ts';
import { matchPaths } from './glob.ts';

const fileMs = 300;
const searchMs = 15_000;
const matchesMax = 1_000;
const lineLengthMax = 300;
/** Of a longer line only the beginning is searched. */
const searchedMax = 5_000;

const input = z.object({
  pattern: z
    .string()
    .min(1)
    .max(1_000)
    .describe('A regular expression of JavaScript, held against each line: `import .* from ["\']react["\']`.'),
  glob: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('Only files that match it: `src/**/*.ts`, `*.json`. All, if left out.'),
  ignoreCase: z.boolean().default(false),
  limit: z.number().int().min(1).max(matchesMax).default(200).describe('How many lines to show at most.'),
});
type Input = z.infer<typeof input>;

/** Searches files of the repository. */
export const grep: AgentTool<Input> = {
  name: 'grep',
  description: `Searches the files of the repository line by line with a regular expression of JavaScript (no match goes over the end of a line) and shows each line that matches as path:line:text. Files that git ignores, files that hold credentials, binary and very large files are left out; values that look like credentials read [hidden]. At most ${matchesMax} lines are shown, and a search ends after ${searchMs / 1_000} seconds: a pattern that goes back and forth for too long in a file is given up there, and the file is named.`,
  input,
  execute: search,
};

type Found = { readonly lines: string[]; readonly givenUp: string[]; searched: number; isOver: boolean };

async function search(
  { pattern, glob, ignoreCase, limit }: Input,
  surroundings: ToolSurroundings,
): Promise<ToolAnswer> {
  surroundings.signal.throwIfAborted();
  const expression = expressionOf(pattern, ignoreCase ? 'iu' : 'u') ?? expressionOf(pattern, ignoreCase ? 'i' : '');
  if (expression === undefined)
    return refusedAnswer(
      `${JSON.stringify(pattern)} is no regular expression of JavaScript.`,
      'Put a backslash before ( ) [ ] { } * + ? . that stand for themselves.',
    );
  const jail = await openJail(surroundings);
  const { files } = await jail.files();
  const chosen = glob === undefined ? files : matchPaths(files, glob);
  if (chosen === undefined)
    return refusedAnswer(`${glob} takes too long to be matched.`, 'Write a simpler pattern of paths.');
  const found: Found = { lines: [], givenUp: [], searched: 0, isOver: false };
  const started = performance.now();
  for (const path of chosen) {
    surroundings.signal.throwIfAborted();
    const leftMs = searchMs - (performance.now() - started);
    found.isOver = found.lines.length >= limit || leftMs <= 0;
    if (found.isOver) break;
    await searchFile(path, { jail, expression, timeoutMs: Math.min(fileMs, leftMs), limit }, found);
  }
  return { ok: true, text: answerOf(found, { chosen: chosen.length, bytesMax: surroundings.maxAnswer }) };
}

function expressionOf(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type Way = { readonly jail: Jail; readonly expression: RegExp; readonly timeoutMs: number; readonly limit: number };

async function searchFile(path: string, { jail, expression, timeoutMs, limit }: Way, found: Found): Promise<void> {
  const file = await jail.read(path);
  if (file.kind === 'refused') return;
  found.searched += 1;
  const result = withinTime(timeoutMs, () => {
    const isThere = file.exact.split(/\r?\n/).some((line) => expression.test(line.slice(0, searchedMax)));
    return isThere ? matchesIn(path, file.shown(), expression) : [];
  });
  if (result === undefined) found.givenUp.push(path);
  else found.lines.push(...result.value.slice(0, limit - found.lines.length));
}

/** Only what may be shown can match in the end: what is hidden is not to be found by asking for its letters. */
function matchesIn(path: string, text: string, expression: RegExp): readonly string[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, at) =>
      expression.test(line.slice(0, searchedMax)) ? [`${path}:${at + 1}:${line.slice(0, lineLengthMax)}`] : [],
    );
}

function answerOf(
  { lines, givenUp, searched, isOver }: Found,
  { chosen, bytesMax }: { readonly chosen: number; readonly bytesMax: number },
): string {
  const shownMax = 10;
  const more = givenUp.length > shownMax ? ` and ${givenUp.length - shownMax} more` : '';
  const slow =
    givenUp.length === 0
      ? ''
      : ` The pattern takes too long in ${givenUp.slice(0, shownMax).join(', ')}${more}: write one that does not repeat what repeats.`;
  const over = isOver ? ' The search ended before the last file: write a narrower pattern, or a glob.' : '';
  return fencedAnswer({
    says: `${lines.length} lines in ${searched} of ${chosen} files.${over}${slow}`,
    data: lines.join('\n'),
    bytesMax,
    cut: 'end',
    whenCut: 'Write a narrower pattern, or a glob.',
  });
}
