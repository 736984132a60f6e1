import * as z from 'zod';
import { type CommitTest, commitTest } from '#app/jail/commit-test';
import { type Jail, openJail } from '#app/jail/jail';
import { hidingFunction, type JailedPlace, runJailed } from '#app/jail/run-jailed';
import { shellWord } from '#core/shell';
import { judge } from '../../../guard/judge.ts';
import type { AgentTool, ToolAnswer, ToolSurroundings } from '../../tool.ts';
import { fencedAnswer, refusedAnswer } from '../../tool-answer.ts';
import { allowedNames } from './allowed-commands.ts';
import { type Checked, checkCommand } from './check-command.ts';
import { type Line, readLine } from './read-line.ts';

const secondsDefault = 60;
const secondsMax = 600;
const instead = 'Nothing was run. Call it with a line of commands from the list, or use `read`, `glob` and `grep`.';

const input = z.object({
  command: z
    .string()
    .describe(
      'The line: programs of the list, with pipes, `&&`, `||` and `;` between them. Paths start at the top of the repository.',
    ),
  timeoutSeconds: z
    .number()
    .int()
    .min(1)
    .max(secondsMax)
    .default(secondsDefault)
    .describe(`Ended after so many seconds; ${secondsDefault} if left out.`),
});
type Input = z.infer<typeof input>;

/** Commands by an allow-list, apart from the machine. */
export const bash = bashAmong(undefined);

/** The same with only some of the sandboxes to choose from; undefined: all. */
export function bashAmong(among: JailedPlace['among']): AgentTool<Input> {
  return {
    name: 'bash',
    description: [
      `Runs a line of commands at the top of the repository. Taken are, with their usual flags that read: ${allowedNames}.`,
      'Between them may stand | && || ; and 2>&1 or >/dev/null. There are no variables, substitutions, groups, redirections into files, `cd` or background jobs; patterns such as src/*.ts stand for files of the repository.',
      'There is no network, no environment, and no file with credentials. Tests and builds run in a sandbox only, without .git, and what they write is thrown away or refused. The first line of each answer says how it was kept apart.',
      `It ends after timeoutSeconds (at most ${secondsMax}); processes, memory and file sizes are limited. To search use \`grep\`, to change files \`edit\` and \`write\`.`,
    ].join(' '),
    input,
    execute: (given, surroundings) => run(given, surroundings, among),
  };
}

async function run(
  { command, timeoutSeconds }: Input,
  surroundings: ToolSurroundings,
  among: JailedPlace['among'],
): Promise<ToolAnswer> {
  const { signal, env, maxAnswer } = surroundings;
  signal.throwIfAborted();
  const line = readLine(command);
  if (line.kind === 'refused') return refusedAnswer(line.why, instead);
  const jail = await openJail(surroundings);
  const guarded = await guardFault(command, jail);
  if (guarded !== undefined) return refusedAnswer(guarded, 'Nothing was run.');
  const checked = await checkLine(line, { jail, isCommit: commitTest({ root: jail.root, env, signal }) });
  if (checked.kind === 'refused') return refusedAnswer(checked.why, instead);
  const shown = await shownFiles(checked.reads, jail);
  if (shown.kind === 'refused') return refusedAnswer(shown.why, shown.instead);
  if (shown.files.length > 0 && checked.need === 'project-code') return refusedAnswer(apart(shown.files), instead);
  const ran = await runJailed(
    { script: checked.script, need: checked.need, timeoutMs: timeoutSeconds * 1_000, shown: shown.files },
    { root: jail.root, env, signal, among },
  );
  if (ran.kind === 'refused') return refusedAnswer(ran.why, ran.instead);
  const end =
    ran.ended === undefined
      ? `Exit code ${ran.exitCode}.`
      : `It was ended, and all that it had started, since ${ran.ended}.`;
  const text = fencedAnswer({
    says: `${ran.says}\n${end}${ran.output === '' ? ' It printed nothing.' : ''}`,
    data: ran.output,
    bytesMax: maxAnswer,
    cut: 'middle',
    whenCut: 'Ask for less with `head`, `tail` or `sed -n A,Bp`.',
  });
  return { ok: ran.ended === undefined && ran.exitCode === 0, text };
}

/** What the guard of coding assistants stops is stopped, also where it stands in a script of the project. */
async function guardFault(command: string, jail: Jail): Promise<string | undefined> {
  const texts = new Map<string, string>();
  for (const name of ['package.json', 'Makefile']) {
    const found = await jail.read(name);
    if (found.kind === 'text') texts.set(name, found.exact);
  }
  const judgement = judge(command, { read: (path) => texts.get(path), isMigrating: () => true });
  return judgement.kind === 'allow' ? undefined : `${judgement.why} ${judgement.instead}`;
}

type CheckedLine =
  | {
      readonly kind: 'line';
      readonly script: string;
      readonly need: 'reading' | 'project-code';
      readonly reads: readonly string[];
    }
  | Extract<Checked, { kind: 'refused' }>;

type Shown =
  | { readonly kind: 'shown'; readonly files: readonly { readonly path: string; readonly text: string }[] }
  | Extract<Awaited<ReturnType<Jail['read']>>, { kind: 'refused' }>;

/** Files in which there is something to hide, as `read` shows them: commands could take apart what it is known by. */
async function shownFiles(paths: readonly string[], jail: Jail): Promise<Shown> {
  const files: { path: string; text: string }[] = [];
  for (const path of paths) {
    const found = await jail.read(path);
    if (found.kind === 'refused') return found;
    const text = found.shown();
    if (text !== found.exact) files.push({ path: found.path, text });
  }
  return { kind: 'shown', files };
}

function apart(files: readonly { readonly path: string }[]): string {
  const names = files.map(({ path }) => path).join(', ');
  return `${names}: values that look like credentials stand there, which are hidden from commands that read and not from code of the project. Run the two in a line each.`;
}

/** The line written anew: every word is quoted, so that a shell makes nothing else of it than was judged. Values are hidden before a pipe. */
async function checkLine(
  line: Extract<Line, { kind: 'line' }>,
  world: { readonly jail: Jail; readonly isCommit: CommitTest },
): Promise<CheckedLine> {
  const texts: string[] = [];
  let need: 'reading' | 'project-code' = 'reading';
  const reads = new Set<string>();
  let isSource = false;
  for (const part of line.parts) {
    if (part.kind === 'joint') texts.push(...(isSource && part.text === '|' ? ['|', hidingFunction] : []), part.text);
    else {
      const checked = await checkCommand(part.words, world);
      if (checked.kind === 'refused') return checked;
      if (checked.need === 'project-code') need = 'project-code';
      isSource = checked.isSource;
      for (const path of checked.reads) reads.add(path.replace(/^\.\//, ''));
      texts.push(...checked.words.map(shellWord), ...part.redirects);
    }
  }
  return { kind: 'line', script: texts.join(' '), need, reads: [...reads] };
}
