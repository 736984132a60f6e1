import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { commandRunner } from './run-command.ts';

const run = commandRunner({ cwd: tmpdir(), env: { PATH: process.env.PATH, WHO: 'godwit' } });
const shell = (line: string, signal = new AbortController().signal) => run({ kind: 'shell', line }, signal);

describe('a command', () => {
  it('ends with its exit code and what it said', async () => {
    expect(await shell('echo "$WHO"; echo no >&2; exit 3')).toEqual({
      exitCode: 3,
      output: 'godwit\n',
      errors: 'no\n',
    });
  });

  it('gets its input, and arguments that no shell touches', async () => {
    const command = { kind: 'program', file: 'cat', args: ['-'], input: '$(echo hurt)' } as const;
    expect(await run(command, new AbortController().signal)).toMatchObject({ exitCode: 0, output: '$(echo hurt)' });
  });

  it('that is missing ends with 127', async () => {
    const command = { kind: 'program', file: 'godwit-has-no-such-program', args: [] } as const;
    expect((await run(command, new AbortController().signal)).exitCode).toBe(127);
  });

  it('keeps only the end of what it says', async () => {
    const { output } = await shell('head -c 100000 /dev/zero | tr "\\0" x; echo end');
    expect(output.length).toBeLessThanOrEqual(16_384);
    expect(output.endsWith('end\n')).toBe(true);
  });

  it('is ended with its children when the run is stopped', async () => {
    const stop = new AbortController();
    const running = shell('sleep 60 & wait', stop.signal);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(shell('true', stop.signal)).rejects.toThrow('enough');
  });
});
