import { type ChildProcess, fork } from 'node:child_process';
import { type Answer, answerSchema, type Metrics, type Request, type Start } from './protocol.ts';
import { builtFile, readableFolders } from './readable-folders.ts';

/** How a transform is run. */
export type SandboxOptions = {
  readonly start: Omit<Start, 'kind'>;
  /** For one file, and for loading the transform. */
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Folder that the process may read; the target folder where it is not said. */
  readonly fenceFolder?: string;
  /** The environment of the process: what programs and npm need, no credentials. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

/** What a transform makes of one file. */
export type SandboxAnswer = Extract<Answer, { readonly kind: 'done' | 'failed' }>;

/** A transform in a process of its own. One request at a time. */
export interface Sandbox {
  /** Never throws for what is the transform's fault. Throws the signal's reason on abort. */
  transform(filename: string, text: string): Promise<SandboxAnswer>;
  /** Goes on with another target or other parameters, with no state. The fence stays where it is. */
  use(start: Omit<Start, 'kind'>): void;
  /** State and metrics so far. */
  report(): Promise<{ readonly state: Start['state']; readonly metrics: Metrics }>;
  /** As `report`, and the process ends. Without an answer, what was there before. */
  finish(): Promise<{ readonly state: Start['state']; readonly metrics: Metrics }>;
  close(): void;
  /** True once it took too long, for a file or to be loaded, and was stopped. */
  isLate(): boolean;
  /** What the transform printed, at most the last 64 KiB. */
  output(): string;
}

const outputMax = 65_536;
/** Loading compiles the transform and all that it imports. */
const startFactor = 4;

/**
 * Starts a transform in a process that Node's permission model fences: it may read the tree, its package and godwit, write
 * nothing, start nothing; what is granted is let through. The network is fenced by the model only from Node 25; before,
 * its modules and `fetch` are kept away, which a hostile transform can get around. Where the process dies or takes too
 * long, the file at hand fails and the next one gets a new process.
 */
export function openSandbox(options: SandboxOptions): Sandbox {
  const { timeoutMs, signal } = options;
  const printed = { text: '' };
  let start = options.start;
  let isStarted = false;
  let isLate = false;
  let child: ChildProcess | undefined;
  const close = (): void => {
    child?.kill('SIGKILL');
    child = undefined;
  };
  const onLate = (): void => {
    isLate = true;
  };
  const ask = (request: Request, limitMs: number): Promise<Answer> =>
    asked(child ?? fail('The process of the transform has ended.'), request, { limitMs, signal, close, onLate });
  const open = async (): Promise<Answer | undefined> => {
    if (child?.connected !== true) {
      isStarted = false;
      child = spawn(options, printed);
    }
    if (isStarted) return undefined;
    const answer = await ask({ kind: 'start', ...start }, timeoutMs * startFactor);
    isStarted = answer.kind === 'ready';
    if (isStarted) return undefined;
    close();
    return answer;
  };
  const report: Sandbox['report'] = async () => {
    const answer = child?.connected === true && isStarted ? await ask({ kind: 'finish' }, timeoutMs) : undefined;
    return answer?.kind === 'finished' ? answer : { state: start.state, metrics: {} };
  };
  return {
    report,
    use(next) {
      start = next;
      isStarted = false;
    },
    async transform(filename, text) {
      signal.throwIfAborted();
      const refused = await open();
      const answer = refused ?? (await ask({ kind: 'file', filename, text }, timeoutMs));
      if (answer.kind === 'done' || answer.kind === 'failed') return answer;
      return { kind: 'failed', why: 'It answered with something else.', isWhole: true };
    },
    async finish() {
      const found = await report();
      close();
      return found;
    },
    close,
    isLate: () => isLate,
    output: () => printed.text,
  };
}

function fail(why: string): never {
  throw new Error(why);
}

type Limits = { readonly limitMs: number; readonly signal: AbortSignal; close(): void; onLate(): void };

/** A process that dies or is late is an answer too. */
function asked(child: ChildProcess, request: Request, { limitMs, signal, close, onLate }: Limits): Promise<Answer> {
  const { promise, resolve, reject } = withResolvers<Answer>();
  const failed = (why: string): void => {
    close();
    resolve({ kind: 'failed', why, isWhole: request.kind !== 'file' });
  };
  const timer = setTimeout(() => {
    onLate();
    failed(`It took longer than ${limitMs / 1_000} s and was stopped.`);
  }, limitMs);
  const onMessage = (message: unknown): void => {
    const parsed = answerSchema.safeParse(message);
    if (parsed.success) resolve(parsed.data);
    else failed('It answered in a form that is not known.');
  };
  const onExit = (code: number | null, by: string | null): void =>
    failed(
      by === null
        ? `Its process ended with ${code}.`
        : `Its process was ended by ${by}; it may have run out of memory.`,
    );
  const onAbort = (): void => {
    close();
    reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
  };
  child.on('message', onMessage).on('exit', onExit);
  signal.addEventListener('abort', onAbort, { once: true });
  child.send(request, (error) => {
    if (error !== null) failed(`Its process cannot be reached: ${error.message}.`);
  });
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', onMessage).off('exit', onExit);
    signal.removeEventListener('abort', onAbort);
  });
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((done, refuse) => {
    resolve = done;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

function spawn({ start, fenceFolder, memoryMb, env }: SandboxOptions, printed: { text: string }): ChildProcess {
  const child = fork(builtFile('code/jssg/host-process'), [], {
    cwd: start.isTest ? start.packageFolder : start.targetFolder,
    env,
    execArgv: [
      ...flagsFor({ ...start, targetFolder: fenceFolder ?? start.targetFolder }),
      `--max-old-space-size=${memoryMb}`,
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed.text = (printed.text + text).slice(-outputMax);
    });
  }
  return child;
}

/**
 * Node's permission model (permissions.md): experimental in 20, by its plain flag from 22.13 and 23.5. Native addons must
 * be allowed, since the matcher is one; an addon could leave the fence, but the transform cannot write one.
 */
function flagsFor({ grants, targetFolder, packageFolder, script }: SandboxOptions['start']): readonly string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isPlain = major > 23 || (major === 23 && minor >= 5) || (major === 22 && minor >= 13);
  const read = grants.files || grants.run ? ['*'] : readableFolders({ targetFolder, packageFolder, script });
  return [
    isPlain ? '--permission' : '--experimental-permission',
    '--allow-addons',
    '--experimental-vm-modules',
    '--experimental-import-meta-resolve',
    '--no-warnings',
    ...read.map((folder) => `--allow-fs-read=${folder}`),
    ...(grants.run ? ['--allow-child-process', '--allow-worker', `--allow-fs-write=${targetFolder}`] : []),
    ...(grants.network && major >= 25 ? ['--allow-net'] : []),
  ];
}
