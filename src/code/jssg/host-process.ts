import { collectHost } from './collect-host.ts';
import { jscodeshiftHost } from './jscodeshift-host.ts';
import { type Answer, requestSchema, type Start } from './protocol.ts';
import { type TransformHost, transformHost } from './transform-host.ts';
import { StepFailed } from './workflow-modules.ts';

/** The process in which a foreign transform runs: requests come and answers go over Node's IPC channel, one at a time. */
let host: TransformHost | undefined;
const hosts: Readonly<Record<Start['flavour'], (start: Start) => Promise<TransformHost>>> = {
  jssg: transformHost,
  jscodeshift: jscodeshiftHost,
  collect: collectHost,
};
let queue: Promise<void> = Promise.resolve();

process.on('message', (message: unknown) => {
  queue = queue.then(() => answer(message)).then(send);
});

async function answer(message: unknown): Promise<Answer> {
  const request = requestSchema.parse(message);
  try {
    if (request.kind === 'start') {
      host = await hosts[request.flavour](request);
      return { kind: 'ready' };
    }
    if (host === undefined) throw new Error('There is no transform yet.');
    if (request.kind === 'finish') return host.finish();
    return await host.transform(request.filename, request.text);
  } catch (error) {
    return { kind: 'failed', why: whyOf(error), isWhole: request.kind !== 'file' || error instanceof StepFailed };
  }
}

function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}

function send(message: Answer): void {
  process.send?.(message);
}
