import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import { consentBecause, isConsent } from './consent-files.ts';
import type { GuardWorld } from './guard-world.ts';
import { judge } from './judge.ts';
import { type Judgement, judged } from './judgement.ts';
import { isKept, keptBecause } from './kept-files.ts';

/** What a coding assistant tells a hook before it uses a tool (https://code.claude.com/docs/en/hooks, PreToolUse). */
const callSchema = z.object({
  tool_name: z.string(),
  tool_input: z.record(z.string(), z.unknown()).default({}),
  cwd: z.string().optional(),
});

/** What the hook answers: exit code 2 stops the tool, with the reason on standard error; a question is JSON with exit code 0. */
export type HookAnswer = { readonly exit: 0 | 2; readonly stdout: string; readonly stderr: string };

const fileMax = 1_000_000;
const shownMax = 2_000;

/** Judges one use of a tool. What cannot be read is stopped; nothing is thrown. */
export function answerHook(text: string, here: string): HookAnswer {
  try {
    const call = callSchema.parse(JSON.parse(text));
    return answerOf(judgeCall(call, worldOf(call.cwd ?? here)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return stopped(`The guard of godwit could not judge this, and lets nothing through that it has not judged: ${why}`);
  }
}

type Call = z.infer<typeof callSchema>;

function judgeCall({ tool_name: tool, tool_input: input }: Call, world: GuardWorld): Judgement {
  if (tool === 'Bash' || tool === 'Shell' || tool === 'run_terminal_cmd')
    return judge(z.string().parse(input.command), world);
  const path = [input.file_path, input.notebook_path, input.path].find((one) => typeof one === 'string');
  const isWritten = /^(Write|Edit|MultiEdit|NotebookEdit)$/.test(tool);
  if (!isWritten || typeof path !== 'string') return { kind: 'allow' };
  if (isKept(path)) return judged(keptBecause(path));
  return isConsent(path, world) ? judged(consentBecause(path)) : { kind: 'allow' };
}

function answerOf(judgement: Judgement): HookAnswer {
  if (judgement.kind === 'allow') return { exit: 0, stdout: '', stderr: '' };
  const reason = `${judgement.why} ${judgement.instead}`.slice(0, shownMax);
  if (judgement.kind === 'deny') return stopped(reason);
  const hookSpecificOutput = {
    hookEventName: 'PreToolUse',
    permissionDecision: 'ask',
    permissionDecisionReason: reason,
  };
  return { exit: 0, stdout: `${JSON.stringify({ hookSpecificOutput })}\n`, stderr: '' };
}

/** The tool is not used, for the reason that its assistant reads. */
export function stopped(reason: string): HookAnswer {
  return { exit: 2, stdout: '', stderr: `${reason}\n` };
}

function worldOf(cwd: string): GuardWorld {
  return {
    read: (path) => {
      const whole = resolve(cwd, path.replace(/^~(?=\/)/, homedir()));
      const found = statSync(whole, { throwIfNoEntry: false });
      if (found === undefined || found.isDirectory()) return undefined;
      if (path === '/dev/null') return '';
      // A pipe or a device may never end.
      if (!found.isFile()) throw new Error(`${path} is no file that could be read through.`);
      if (found.size > fileMax) throw new Error(`${path} is too large to be read through.`);
      return readFileSync(whole, 'utf8');
    },
    isMigrating: () => isMigrating(cwd),
    folder: folderOf(cwd),
  };
}

/** The folder from the top of its repository; outside of one there is no top. */
function folderOf(cwd: string): string {
  for (let at = resolve(cwd); dirname(at) !== at; at = dirname(at))
    if (existsSync(join(at, '.git'))) return relative(at, resolve(cwd)).replaceAll('\\', '/');
  return '';
}

/** A run of godwit stands open in the repository, or its branch is one of a migration. Outside of a repository nothing can be. */
function isMigrating(cwd: string): boolean {
  const git = gitFolder(cwd);
  if (git === undefined) return false;
  if ([git.own, git.common].some((folder) => hasOpenRun(join(folder, 'godwit', 'journal.ndjson')))) return true;
  const head = readFileSync(join(git.own, 'HEAD'), 'utf8');
  return /migrat|upgrade|godwit|modernis|modernize/i.test(head);
}

const over: ReadonlySet<unknown> = new Set(['done', 'rolled-back', 'purged']);

/** True where the last event of a journal does not end its run. */
function hasOpenRun(journal: string): boolean {
  if (!existsSync(journal)) return false;
  const last = readFileSync(journal, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  const entry: unknown = last === '' ? {} : JSON.parse(last);
  return !over.has(kindSchema.parse(entry).event?.kind);
}

const kindSchema = z.object({ event: z.object({ kind: z.string() }).optional() });

/** The folder of git of this work tree, and the one that it shares with others. */
function gitFolder(cwd: string): { readonly own: string; readonly common: string } | undefined {
  for (let at = resolve(cwd); ; at = dirname(at)) {
    const path = join(at, '.git');
    if (existsSync(join(path, 'HEAD'))) return { own: path, common: path };
    if (existsSync(path)) {
      const own = resolve(
        at,
        readFileSync(path, 'utf8')
          .replace(/^gitdir:\s*/, '')
          .trim(),
      );
      const common = join(own, 'commondir');
      return { own, common: existsSync(common) ? resolve(own, readFileSync(common, 'utf8').trim()) : own };
    }
    if (dirname(at) === at) return undefined;
  }
}
