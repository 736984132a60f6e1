import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckOverrides } from '#code/gate/check';
import { detectChecks } from '#code/gate/detect-checks';
import { measureGate } from '#code/gate/measure-gate';
import { type GateMeasurement, gateMeasurementSchema } from '#code/gate/measurement';
import { inspectTree } from '#code/inspect';
import type { ManagerProgram } from '#code/install/manager-program';
import { runProcess } from '#code/process/run-process';
import { walkTree } from '#code/tree/walk';

type Options = {
  readonly before?: GateMeasurement;
  readonly overrides?: CheckOverrides;
  readonly manager?: ManagerProgram;
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/** One look of the gate at a tree, with the real tools: inspected, detected, measured, and once through JSON. */
export async function measureTree(root: string, options: Options = {}): Promise<GateMeasurement> {
  const { signal = new AbortController().signal, before, overrides } = options;
  const scratch = await mkdtemp(join(tmpdir(), 'godwit-scratch-'));
  try {
    const nothing = { openRegistry: undefined, tests: undefined, uses: undefined };
    const snapshot = await inspectTree({ root, nodeInUse: process.versions.node, signal, ...nothing });
    const { files } = await walkTree(root, signal);
    const { checks, unknown } = detectChecks(snapshot, { files, overrides });
    const measurement = await measureGate(
      {
        root,
        checks,
        files,
        manager: options.manager ?? { name: 'npm', words: ['npm'], version: '' },
        run: runProcess,
        env: { ...process.env, ...options.env },
        scratch,
        nowMs: () => performance.now(),
        timeoutMs: options.timeoutMs ?? 120_000,
        before,
        warnings: 'collect',
        typescript: snapshot.typescript,
        leftOut: unknown,
      },
      signal,
    );
    return gateMeasurementSchema.parse(JSON.parse(JSON.stringify(measurement)));
  } finally {
    await rm(scratch, { recursive: true });
  }
}
