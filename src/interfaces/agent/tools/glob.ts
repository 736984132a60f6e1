import picomatch from 'picomatch';
import * as z from 'zod';
import { openJail } from '#app/jail/jail';
import { withinTime } from '#app/jail/within-time';
import type { AgentTool, ToolAnswer, ToolSurroundings } from '../tool.ts';
import { fencedAnswer, refusedAnswer } from '../tool-answer.ts';

const patternMs = 2_000;
const patternLengthMax = 500;

const input = z.object({
  pattern: z
    .string()
    .describe(
      'From the top of the repository: `**/*.ts`, `src/{app,core}/*`, `package.json`. One without a slash is of a name, in any folder.',
    ),
});
type Input = z.infer<typeof input>;

/** Names files of the repository. */
export const glob: AgentTool<Input> = {
  name: 'glob',
  description:
    'Names the files of the repository that match a pattern (*, **, ?, [abc], {a,b}), sorted, one a line. Files that git ignores and files that hold credentials are left out.',
  input,
  execute: list,
};

async function list({ pattern }: Input, surroundings: ToolSurroundings): Promise<ToolAnswer> {
  surroundings.signal.throwIfAborted();
  if (pattern === '' || pattern.length > patternLengthMax || /\p{Cc}/u.test(pattern))
    return refusedAnswer(
      `The pattern is empty, longer than ${patternLengthMax} characters, or has control characters.`,
      'Write it like `src/**/*.ts`.',
    );
  const jail = await openJail(surroundings);
  const { files, secret, rule } = await jail.files();
  const found = matchPaths(files, pattern);
  if (found === undefined)
    return refusedAnswer(`${pattern} takes longer than ${patternMs} ms to be matched.`, 'Write a simpler pattern.');
  const hidden = secret === 0 ? '' : ` ${secret} more in the repository hold credentials and are not named.`;
  const text = fencedAnswer({
    says: `${found.length} of ${files.length} files. ${rule}${hidden}`,
    data: found.join('\n'),
    bytesMax: surroundings.maxAnswer,
    cut: 'end',
    whenCut: 'Write a narrower pattern.',
  });
  return { ok: true, text };
}

/** The paths that a pattern means, as picomatch reads it; one without a slash is of a name in any folder. Undefined where that takes too long. */
export function matchPaths(paths: readonly string[], pattern: string): readonly string[] | undefined {
  const plain = pattern.replace(/^\.\//, '');
  return withinTime(patternMs, () => {
    const isMatch = picomatch(plain, { dot: true, basename: !plain.includes('/') });
    return paths.filter((path) => isMatch(path));
  })?.value;
}
