import { readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '#code/process/run-process';
import { limited } from './limits.ts';
import type { Sandbox, SandboxRequest } from './sandbox.ts';
import { sandboxes } from './sandboxes/index.ts';

/** What is to be run: programs of the system that read, or code of the project itself (its tests, its build). */
export type SandboxNeed = 'reading' | 'project-code';

/** A sandbox, and how it holds the tree. */
export type SandboxChoice = { readonly sandbox: Sandbox; readonly layer: SandboxRequest['layer'] };

/** In this order they are tried. Code of the project writes caches and reports, so a layer that is thrown away is better for it. */
export const sandboxOrder: Readonly<
  Record<SandboxNeed, readonly { readonly id: Sandbox['id']; readonly layer: SandboxRequest['layer'] }[]>
> = {
  reading: [
    { id: 'bubblewrap', layer: 'read-only' },
    { id: 'unshare', layer: 'read-only' },
    { id: 'none', layer: 'read-only' },
  ],
  'project-code': [
    { id: 'unshare', layer: 'thrown-away' },
    { id: 'bubblewrap', layer: 'read-only' },
    { id: 'unshare', layer: 'read-only' },
  ],
};

const probeTimeoutMs = 10_000;
const known = new Map<string, SandboxChoice | undefined>();

/**
 * The first sandbox that works on this machine, found by running something in it: whether a program is there says little, since
 * systems forbid namespaces in several ways. `among` leaves others out. Undefined where none will do.
 */
export async function chooseSandbox(
  need: SandboxNeed,
  given: { readonly path: string; readonly signal: AbortSignal; readonly among?: readonly Sandbox['id'][] | undefined },
): Promise<SandboxChoice | undefined> {
  const { path, among = ['bubblewrap', 'unshare', 'none'] } = given;
  const key = JSON.stringify([need, path, among]);
  if (known.has(key)) return known.get(key);
  for (const { id, layer } of sandboxOrder[need].filter((one) => among.includes(one.id))) {
    const sandbox = sandboxes.find((one) => one.id === id);
    if (sandbox === undefined || (sandbox.isApart && !(await works({ sandbox, layer }, given)))) continue;
    known.set(key, { sandbox, layer });
    return { sandbox, layer };
  }
  known.set(key, undefined);
  return undefined;
}

/** It works where a line runs in it and stands in namespaces that are not ours. */
async function works(
  { sandbox, layer }: SandboxChoice,
  given: { readonly path: string; readonly signal: AbortSignal },
): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const base = await realpath(await mkdtemp(join(tmpdir(), 'godwit-probe-')));
  try {
    const [root, scratch] = [join(base, 'tree'), join(base, 'scratch')];
    await mkdir(root);
    await mkdir(scratch);
    const spaces = ['net', 'mnt', 'pid', 'user'].map((name) => `/proc/self/ns/${name}`);
    const script = limited(`readlink ${spaces.join(' ')}`);
    const words = sandbox.words({
      script,
      root,
      scratch,
      layer,
      programs: [],
      beside: [],
      covered: [],
      replaced: [],
      empty: '/dev/null',
    });
    const request = { command: words, cwd: root, env: { PATH: given.path }, timeoutMs: probeTimeoutMs };
    const { exitCode, output } = await runProcess(request, given.signal);
    const inside = output.trim().split('\n');
    return (
      exitCode === 0 && inside.length === spaces.length && spaces.every((name, at) => readlinkSync(name) !== inside[at])
    );
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}
