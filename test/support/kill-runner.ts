import { spawn } from 'node:child_process';
import { join } from 'node:path';

export type DoomedRunner = {
  /** kill -9, and waits until the process is gone. */
  readonly kill: () => Promise<void>;
};

const root = join(import.meta.dirname, '../..');

/** Starts a runner as a process of its own; resolves when it has the lease and begins its action. */
export async function startDoomedRunner(
  url: string,
  deed: {
    readonly runId: string;
    readonly deed: string;
    readonly direction?: 'forward' | 'back';
    readonly action: object;
  },
): Promise<DoomedRunner> {
  const program = ['--conditions=source', '--import', 'tsx', 'test/support/doomed-runner.ts'];
  const args = [url, deed.runId, deed.deed, deed.direction ?? 'forward', JSON.stringify(deed.action)];
  const child = spawn(process.execPath, [...program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the runner ended with ${code}: ${errors}`)));
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return { kill };
}
