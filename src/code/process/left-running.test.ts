import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { endLeftRunning, notedRun } from './left-running.ts';
import { runProcess } from './run-process.ts';

const { signal } = new AbortController();
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'godwit-running-'));
  folders.push(folder);
  return folder;
}

it('a program is noted while it runs, and not afterwards', async () => {
  const folder = await emptyFolder();
  const run = notedRun(runProcess, join(folder, 'running'));
  // It ends once its own note is there.
  const line = `until ls "${folder}"/running/*.json; do sleep 0.05; done; cat "${folder}"/running/*.json`;
  const { output, exitCode } = await run(
    { command: { line }, cwd: folder, env: process.env, timeoutMs: 30_000 },
    signal,
  );
  expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringMatching(/"pid":\d+,"began":"\w/) });
  expect(await readdir(join(folder, 'running'))).toEqual([]);
});

it('what a killed runner has left is ended with its children; another process of that number, and what a living one runs, is not', async () => {
  const folder = await emptyFolder();
  const note = join(folder, 'note.json');
  const left = spawn('sh', ['-c', 'sleep 600 & sleep 600'], { detached: true, stdio: 'ignore' });
  const gone = once(left, 'exit');
  const noting = notedRun(runProcess, folder);
  const ps = ['ps', '-o', 'lstart=', '-p', String(left.pid)] as const;
  const { output } = await noting(
    { command: ps, cwd: folder, env: { ...process.env, LC_ALL: 'C' }, timeoutMs: 9_000 },
    signal,
  );
  const then = 'Thu Jan  1 00:00:00 1970';
  const runner = { pid: process.pid, began: then };
  await writeFile(note, JSON.stringify({ pid: left.pid, began: then, runner }));
  expect(await endLeftRunning(runProcess, folder, signal)).toBe(0);
  const alive = { pid: left.pid, began: output.trim() };
  await writeFile(note, JSON.stringify({ ...alive, runner: alive }));
  expect(await endLeftRunning(runProcess, folder, signal)).toBe(0);
  expect(left.exitCode).toBe(null);
  await writeFile(note, JSON.stringify({ ...alive, runner }));
  expect(await endLeftRunning(runProcess, folder, signal)).toBe(1);
  expect((await gone)[1]).toBe('SIGTERM');
  await expect(readFile(note)).rejects.toThrow('ENOENT');
});

it('a folder that is not there, and notes that are none, are passed over', async () => {
  const folder = await emptyFolder();
  expect(await endLeftRunning(runProcess, join(folder, 'none'), signal)).toBe(0);
  await writeFile(join(folder, '1.json'), 'half a no');
  expect(await endLeftRunning(runProcess, folder, signal)).toBe(0);
});
