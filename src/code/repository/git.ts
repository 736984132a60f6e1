import { fail } from '#core/error';
import type { ProcessResult, RunProcess } from '../process/run-process.ts';

/** How git is called in a working tree. */
export type GitPlace = {
  /** Top of the working tree, absolute. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProcess;
  readonly signal: AbortSignal;
};

export type GitCall = {
  readonly input?: string | undefined;
  /** Over the environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** What the call is for, as `what` of the error: `The step cannot be committed.` */
  readonly what?: string | undefined;
};

/** Git in one working tree. Paths are from its top, with slashes. */
export interface Git {
  readonly root: string;
  /** Standard output of a call. Throws `git-failed` with git's own words unless it ends with 0. */
  out(args: readonly string[], call?: GitCall): Promise<string>;
  /** The whole result, whatever the exit code. */
  try(args: readonly string[], call?: GitCall): Promise<ProcessResult>;
}

/** Hooks of a large repository may run its whole test suite. */
const timeoutMs = 30 * 60_000;

/** Git in a working tree, as the user has it configured; only pagers, prompts and translations are off. */
export function gitIn({ root, env, run, signal }: GitPlace): Git {
  const call = (args: readonly string[], { input, env: more }: GitCall = {}): Promise<ProcessResult> =>
    run(
      {
        command: ['git', '-c', 'core.quotePath=false', '-c', 'advice.detachedHead=false', ...args],
        cwd: root,
        env: { ...env, ...quiet, ...more },
        input,
        timeoutMs,
      },
      signal,
    );
  return {
    root,
    try: call,
    out: async (args, options) => {
      const result = await call(args, options);
      if (result.exitCode === 0) return result.output;
      throw gitFailed(args, result, options?.what);
    },
  };
}

const quiet = { GIT_TERMINAL_PROMPT: '0', GIT_PAGER: 'cat', GIT_EDITOR: 'true', LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };

/** Paths as git takes them on its standard input, each as it stands: the words for the command, and the input. */
export function givenPaths(paths: readonly string[]): { readonly words: readonly string[]; readonly input: string } {
  const input = paths.map((path) => `:(literal)${path}\0`).join('');
  return { words: ['--pathspec-from-file=-', '--pathspec-file-nul'], input };
}

/** Splits what git prints with `-z`. */
export function zeroSeparated(text: string): readonly string[] {
  return text.split('\0').filter((part) => part !== '');
}

function gitFailed(args: readonly string[], { exitCode, output, errors }: ProcessResult, what: string | undefined) {
  const command = args.find((arg) => !arg.startsWith('-')) ?? '';
  if (exitCode === 127) {
    return fail('git-failed', {
      what: 'git is not there.',
      why: 'It could not be started: godwit changes working trees only where git can bring everything back.',
      next: 'Install git 2.25 or newer, and see that it is on the PATH.',
    });
  }
  const said = (errors.trim() || output.trim()).split('\n').slice(-12).join('\n');
  return fail('git-failed', {
    what: what ?? `git ${command} did not work.`,
    why: said === '' ? `git ${command} ended with exit code ${exitCode} and said nothing.` : `git says: ${said}`,
    next: 'Mend what git says, then run the same command again.',
  });
}
