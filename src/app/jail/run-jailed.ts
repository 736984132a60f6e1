import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, sep } from 'node:path';
import { endGroup, runProcess } from '#code/process/run-process';
import { shellWord } from '#core/shell';
import { chooseSandbox, type SandboxNeed } from './choose-sandbox.ts';
import { coveredPaths } from './covered-paths.ts';
import { gitInside } from './git-inside.ts';
import { hideValues } from './hide-values.ts';
import { hidingProgram } from './hiding-program.ts';
import { limited, processBounds } from './limits.ts';
import { watchProcesses } from './process-watch.ts';
import { homeInside, type Sandbox, type SandboxRequest } from './sandbox.ts';

/** Commands that somebody wants to run who is not trusted. They have been checked: only what they may do is left to be bounded. */
export type JailedCommands = {
  /** For a POSIX shell. */
  readonly script: string;
  readonly need: SandboxNeed;
  readonly timeoutMs: number;
  /** Files, from the top of the tree, for which another text stands: what is read from them may be taken apart afterwards. */
  readonly shown?: readonly { readonly path: string; readonly text: string }[];
};

/** A function of the shell in which a script runs: it hides values that look like credentials in what comes through it. */
export const hidingFunction = 'godwit_hide';

export type JailedPlace = {
  /** The top of the tree, absolute and real. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Sandboxes to choose from; left out, all. */
  readonly among?: readonly Sandbox['id'][] | undefined;
};

export type JailedResult =
  | { readonly kind: 'refused'; readonly why: string; readonly instead: string }
  | {
      readonly kind: 'ran';
      /** What kept it apart, as a sentence. */
      readonly says: string;
      readonly exitCode: number;
      /** Output and errors as they came, without values that look like credentials. */
      readonly output: string;
      /** Why it was ended before its own end. */
      readonly ended: string | undefined;
    };

/**
 * Runs commands apart from the machine as far as it can be done here, with none of its environment, and ends all of them when their
 * time is over, when they use too much, or on abort; then it rejects with `signal.reason`.
 */
export async function runJailed(commands: JailedCommands, place: JailedPlace): Promise<JailedResult> {
  const { root, env, signal } = place;
  const path = programFolders(env.PATH, root);
  const choice = await chooseSandbox(commands.need, { path, signal, among: place.among });
  if (choice === undefined) return noSandbox();
  const { shown = [] } = commands;
  if (shown.length > 0 && !choice.sandbox.isApart) return uncoverable(shown.map((one) => one.path));
  const covered = choice.sandbox.isApart ? await coveredPaths(root, signal) : [];
  if (covered === 'too-many') return tooLarge();
  const base = await realpath(await mkdtemp(join(tmpdir(), 'godwit-jail-')));
  try {
    const [scratch, home] = [join(base, 'scratch'), join(base, 'home')];
    await mkdir(scratch);
    const empty = join(base, 'empty');
    await mkdir(home);
    await writeFile(empty, '');
    const hiding = join(base, 'hide.mjs');
    await writeFile(hiding, hidingProgram());
    const git = await gitInside({ root, env, signal }, { need: commands.need, folder: base });
    const words = choice.sandbox.words({
      script: limited(
        `${hidingFunction}() { ${[process.execPath, hiding].map(shellWord).join(' ')}; }\n${commands.script}`,
      ),
      root,
      scratch,
      empty,
      layer: choice.layer,
      programs: [...programsOf(path), hiding],
      beside: git.beside,
      covered: [...covered, ...git.covered],
      replaced: [...git.replaced, ...(await replacing(shown, root, base))],
    });
    const inside = choice.sandbox.isApart ? homeInside : home;
    const ran = await runBounded(
      words,
      { root, path, home: inside, env: git.env, timeoutMs: commands.timeoutMs },
      signal,
    );
    const says =
      choice.layer === 'thrown-away' || choice.sandbox.id !== 'unshare'
        ? choice.sandbox.says
        : readOnlySays(choice.sandbox);
    return { kind: 'ran', says, ...ran, output: hideValues(ran.output, env) };
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

async function replacing(
  shown: NonNullable<JailedCommands['shown']>,
  root: string,
  base: string,
): Promise<SandboxRequest['replaced']> {
  const replaced: { path: string; by: string }[] = [];
  for (const [at, { path, text }] of shown.entries()) {
    const by = join(base, `shown-${at}`);
    await writeFile(by, text);
    replaced.push({ path: join(root, path), by });
  }
  return replaced;
}

function readOnlySays({ says }: Sandbox): string {
  return says.replace('what is written to the repository is thrown away', 'the repository read-only');
}

type Bounded = {
  readonly root: string;
  readonly path: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
};

async function runBounded(words: readonly [string, ...string[]], at: Bounded, signal: AbortSignal) {
  const env = { ...fixed, ...at.env, PATH: at.path, HOME: at.home };
  let ended: string | undefined;
  let stopWatch: (() => void) | undefined;
  let end: (why: string) => void = () => undefined;
  const onAbort = (): void => end('it was stopped');
  const timer = setTimeout(() => end(`its ${at.timeoutMs / 1_000} seconds were over`), at.timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const onStart = (pid: number): void => {
      // Nothing inside has to be left in order, so that nobody is asked to end: the first process takes all others with it.
      end = (why) => {
        ended ??= why;
        endGroup(pid, 'SIGKILL');
      };
      stopWatch = watchProcesses(pid, processBounds, (what) => end(`it used ${what}`));
    };
    const request = { command: words, cwd: at.root, env, timeoutMs: at.timeoutMs + lateMs, onStart };
    const { exitCode, output, errors } = await runProcess(request, signal);
    return { exitCode, output: ended === undefined && errors !== '' ? `${output}${errors}` : output, ended };
  } finally {
    clearTimeout(timer);
    stopWatch?.();
    signal.removeEventListener('abort', onAbort);
  }
}

const lateMs = 5_000;

/** The whole environment of a command beside PATH and HOME. Git asks nobody, reads no settings but the repository's, and fetches nothing. */
const fixed = {
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  NO_COLOR: '1',
  CI: 'true',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_PAGER: 'cat',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
};

/** Folders of PATH that are whole and not in the tree: a program that the project brings must not stand in for one of the system. */
function programFolders(path: string | undefined, root: string): string {
  const folders = (path ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const foreign = folders.filter((folder) => folder !== root && !folder.startsWith(`${root}${sep}`));
  return [...new Set([...foreign, '/usr/local/bin', '/usr/bin', '/bin'])].join(delimiter);
}

/** Node may stand where no other program does; npm stands beside it. */
function programsOf(path: string): readonly string[] {
  const { execPath } = process;
  const prefix = dirname(dirname(execPath));
  const isOnPath = path.split(delimiter).includes(dirname(execPath));
  const isOfSystem = /^\/(usr|bin|sbin|nix\/store)(\/|$)/.test(prefix);
  if (isOfSystem) return [];
  if (!isOnPath) return [execPath];
  return [execPath, join(prefix, 'bin', 'npm'), join(prefix, 'bin', 'npx'), join(prefix, 'lib', 'node_modules')];
}

function noSandbox(): JailedResult {
  return {
    kind: 'refused',
    why: 'Code of the project itself (tests, builds) is run in a sandbox only, and this machine has neither bubblewrap nor unshare that work.',
    instead:
      'Go on by reading; the gate of godwit runs the tests, as the person has agreed to. Or ask the person to install bubblewrap.',
  };
}

function uncoverable(paths: readonly string[]): JailedResult {
  return {
    kind: 'refused',
    why: `${paths.join(', ')}: values that look like credentials stand there, and there is no sandbox here in which commands see the file without them.`,
    instead: 'Use `read` and `grep`, which hide them.',
  };
}

function tooLarge(): JailedResult {
  return {
    kind: 'refused',
    why: 'The tree has more files than can be searched for credentials, which have to be covered before anything is run in it.',
    instead: 'Use `read`, `glob` and `grep`.',
  };
}
