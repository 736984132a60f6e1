import { join } from 'node:path';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { InstallCall, InstallKind } from '../package-manager.ts';
import { packageManagers } from '../package-managers/index.ts';
import type { ProcessResult, RunProcess } from '../process/run-process.ts';
import { registryOptions } from '../registry/registry-options.ts';
import type { PackageManager } from '../snapshot.ts';
import { readIfThere } from '../tree/tree.ts';
import { type FoundManager, findManager } from './find-manager.ts';
import { installEnvironment } from './install-environment.ts';
import { installFault } from './install-faults.ts';
import { installNotes, looseSettings } from './install-notes.ts';
import { lockLossFindings } from './lock-loss-findings.ts';
import { lockLosses } from './lock-losses.ts';
import { redact, secretsIn } from './redact.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What an install takes. */
export type InstallTree = {
  /** Absolute. */
  readonly root: string;
  /** As the snapshot of the tree has it; undefined where nothing names one, and npm is taken. */
  readonly manager: PackageManager | undefined;
  readonly kind: InstallKind;
  /** The user's environment. */
  readonly env: Env;
  readonly run: RunProcess;
  readonly timeoutMs: number;
  /** Where `findManager` was asked already: looking for a program takes seconds. */
  readonly found?: FoundManager | undefined;
  /** Reads a file as it was committed: the lock file that is there may be of an earlier try. Left out, it counts as it is. */
  readonly committed?: ReadFile | undefined;
};

/** Text of a file of the tree; undefined where there is none. */
type ReadFile = (path: string) => Promise<string | undefined>;

const askTimeoutMs = 120_000;

/** What an install did. `ok` is false where it went through and left something broken, which the findings name. */
export type InstallAnswer = { readonly ok: boolean; readonly detail: string; readonly findings: readonly Finding[] };

/**
 * Installs a tree with its own package manager: `update` after package.json changed, `frozen` what the lock file says.
 * Never forced. Throws `no-solution` where versions do not fit together, `registry-failed` where a registry does not give
 * what is asked for, and `install-failed` for all else, each in words of its own and without credentials. On abort the
 * install is ended and the signal's reason is thrown; what it has written so far stays.
 */
export async function installTree(options: InstallTree, signal: AbortSignal): Promise<InstallAnswer> {
  const { root, kind, env, run } = options;
  const manager = options.manager ?? { name: 'npm', evidence: [] };
  const found = options.found ?? (await findManager(manager, { root, env, run }, signal));
  const settings = await settingsOf(manager, { root, env });
  const loose = looseSettings(manager.name, settings);
  const here: ReadFile = (path) => readIfThere(join(root, path));
  const before = await lockOf(manager, here);
  // Whoever removed a lock file that is committed wants it made anew.
  const base = (options.committed && (await lockOf(manager, options.committed))) ?? before;
  const isUnlocked = before === undefined && (base === undefined || kind === 'frozen');
  const call = callOf(found, isUnlocked ? 'unlocked' : kind);
  const secrets = [...secretsIn(env), ...credentialsIn(settings)];
  const { output, strict } = await install(call, { ...options, found, isLoose: loose.length > 0, secrets }, signal);
  const after = await lockOf(manager, here);
  const mayLose = manager.name === 'npm' && base !== undefined && after !== undefined && kind === 'update';
  const losses = mayLose
    ? await lockLossFindings(lockLosses(base, after), (name, range) =>
        isGiven(`${name}@${range}`, { ...options, found }, signal),
      )
    : [];
  const { name, version } = found.program;
  return {
    ok: losses.length === 0,
    detail: `${name} ${version} installed (${spelled(found, call)}); ${lockWords({ kind, before, after })}`,
    findings: [
      ...found.findings,
      ...(isUnlocked ? [unlocked(name)] : []),
      ...loose,
      ...strict,
      ...losses,
      ...installNotes(output),
    ],
  };
}

function unlocked(name: string): Finding {
  return {
    rule: 'install/unlocked',
    severity: 'warning',
    message: `There is no lock file, and ${name} was asked to write none: the same package.json may give other versions next time.`,
    cure: 'Install once, and commit the lock file: only then can an upgrade be taken back exactly.',
  };
}

type Locks = {
  readonly kind: InstallKind;
  readonly before: string | undefined;
  readonly after: string | undefined;
};

function lockWords({ kind, before, after }: Locks): string {
  if (before === undefined) return after === undefined ? 'there is no lock file' : 'a lock file was written';
  if (kind === 'frozen') return 'as the lock file says';
  return before === after ? 'the lock file is unchanged' : 'the lock file was updated';
}

/** Yarn 2 and newer cannot do without a lock file. */
function callOf({ program }: FoundManager, kind: InstallKind): InstallCall {
  const manager = packageManagers.find(({ id }) => id === program.name);
  const call = manager?.install(kind, program.version) ?? manager?.install('update', program.version);
  return call ?? { args: ['install'], env: {} };
}

type Running = Omit<InstallTree, 'found'> & {
  readonly found: FoundManager;
  readonly isLoose: boolean;
  readonly secrets: readonly string[];
};

/**
 * npm is first asked to be strict about all peers, deep ones too. Where it cannot, it is asked as the user would ask it:
 * then it passes over conflicts that are none of the tree's own, and each is told. The tree's own still stop it.
 */
async function install(call: InstallCall, running: Running, signal: AbortSignal) {
  const { found, kind, isLoose } = running;
  const isStrict = found.program.name === 'npm' && kind === 'update' && !isLoose;
  const first = await started(
    isStrict ? { ...call, args: [...call.args, '--strict-peer-deps'] } : call,
    running,
    signal,
  );
  if (first.exitCode === 0) return { output: first.output, strict: [] };
  if (!isStrict || !/\bERESOLVE\b/.test(first.output)) throw failed(first, call, running);
  const second = await started(call, running, signal);
  if (second.exitCode !== 0) throw failed(second, call, running);
  const { why } = installFault({ output: first.output, command: 'npm install --strict-peer-deps' }).explanation;
  const strict: Finding = {
    rule: 'install/peer-passed-over',
    severity: 'warning',
    message: `npm passed over a conflict between packages that others brought: ${why}`,
    cure: 'It was there before, or came with this upgrade; see which package could be moved to end it.',
  };
  return { output: second.output, strict: [strict] };
}

async function started(
  call: InstallCall,
  { found, root, env, run, timeoutMs, secrets }: Running,
  signal: AbortSignal,
): Promise<Pick<ProcessResult, 'exitCode' | 'isTimeout'> & { readonly output: string }> {
  const [program, ...words] = found.program.words;
  const { exitCode, isTimeout, output, errors } = await run(
    {
      command: [program, ...words, ...call.args],
      cwd: root,
      env: { ...installEnvironment(env), ...call.env },
      timeoutMs,
    },
    signal,
  );
  return {
    exitCode: isTimeout && exitCode === 0 ? 1 : exitCode,
    isTimeout,
    output: redact(`${output}\n${errors}`, secrets),
  };
}

function failed(
  { output, isTimeout }: { readonly output: string; readonly isTimeout: boolean },
  call: InstallCall,
  { found, timeoutMs }: Running,
) {
  const command = spelled(found, call);
  if (isTimeout)
    return fail('install-failed', {
      what: `\`${command}\` was still running after ${Math.round(timeoutMs / 1_000)} s and was ended.`,
      why: 'The registry is slow, or a script waits for something.',
      next: 'Run it yourself in this tree, and see where it stands still.',
    });
  const { code, explanation } = installFault({ output, command });
  return fail(code, explanation);
}

function spelled({ program }: FoundManager, { args }: InstallCall): string {
  return [...program.words, ...args].join(' ');
}

/** npm's own reading of its settings, for all that read npmrc. A file that cannot be read says so when the install runs. */
async function settingsOf({ name }: PackageManager, place: { readonly root: string; readonly env: Env }) {
  if (name === 'bun') return {};
  try {
    return await registryOptions({ ...place, yarnrc: undefined });
  } catch (error) {
    if (error instanceof Error) return {};
    throw error;
  }
}

function credentialsIn(settings: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'string' && /:_(authToken|auth|password)$|^_(auth|authToken|password)$/.test(name) ? [value] : [],
  );
}

async function lockOf({ name, lockFile }: PackageManager, read: ReadFile): Promise<string | undefined> {
  const usual = packageManagers.find(({ id }) => id === name)?.lockFiles ?? [];
  for (const file of lockFile === undefined ? usual : [lockFile]) {
    const text = await read(file);
    if (text !== undefined) return text;
  }
  return undefined;
}

type Asking = Pick<Running, 'root' | 'env' | 'run' | 'found'>;

/** Only a registry that answers can say that it has no such package: any other failure leaves that open. */
async function isGiven(spec: string, { found, root, env, run }: Asking, signal: AbortSignal): Promise<boolean> {
  const [program, ...words] = found.program.words;
  const { output, errors } = await run(
    {
      command: [program, ...words, 'view', spec, 'version', '--json'],
      cwd: root,
      env: installEnvironment(env),
      timeoutMs: askTimeoutMs,
    },
    signal,
  );
  return !/\bE404\b/.test(`${output}\n${errors}`);
}
