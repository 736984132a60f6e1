import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerHook } from './answer-hook.ts';
import { answerWithin } from './within-deadline.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'godwit-guard-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bash = (command: unknown) =>
  answerHook(JSON.stringify({ tool_name: 'Bash', tool_input: { command }, cwd: folder }), '/');
const journal = (kind: string) => {
  mkdirSync(join(folder, '.git/godwit'), { recursive: true });
  writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(folder, '.git/godwit/journal.ndjson'), `${JSON.stringify({ event: { kind } })}\n`);
};

describe('the hook', () => {
  it('stops with exit code 2 and says why, and what to do instead', () => {
    const { exit, stderr } = bash('npx prisma migrate reset');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/drops what it does not know.*godwit plan/);
  });

  it('lets through without a word', () => expect(bash('ls')).toEqual({ exit: 0, stdout: '', stderr: '' }));

  it('leaves to a person what it cannot decide', () => {
    const { exit, stdout } = bash('psql -f unknown.sql');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'ask' },
    });
  });

  it.each([
    '',
    'no json',
    '[]',
    '{}',
    '{"tool_name":"Bash"}',
    '{"tool_name":"Bash","tool_input":{"command":7}}',
    'null',
  ])('stops where it is told %j', (text) => expect(answerHook(text, folder).exit).toBe(2));

  it('does not wait at a pipe, which may never end', () => {
    execFileSync('mkfifo', [join(folder, 'endless.sh')]);
    expect(bash('bash endless.sh')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('endless.sh is no file'),
    });
    expect(bash('bash /dev/null').exit).toBe(0);
  });

  it.each([
    ['hangs', 300, 'for (;;) {}', 'within 0.3 s'],
    ['breaks', 20_000, 'process.exit(7)', 'at all'],
    ['dies', 20_000, 'process.kill(process.pid, "SIGKILL")', 'at all'],
  ])('stops where whoever judges %s', (_, ms, program, said) => {
    const { exit, stderr } = answerWithin(ms, ['-e', program], '{}');
    expect(exit).toBe(2);
    expect(stderr).toContain(said);
  });

  it('hands on what was judged in time, with what was told', () => {
    const program =
      'process.stdout.write(require("node:fs").readFileSync(0)); process.stderr.write("no"); process.exitCode = 2;';
    expect(answerWithin(20_000, ['-e', program], '{"a":1}')).toEqual({ exit: 2, stdout: '{"a":1}', stderr: 'no' });
  });

  it('knows a run that stands open by its journal, also of a linked work tree, and a branch by its name', () => {
    expect(bash('git reset --hard').exit).toBe(0);
    journal('gate-reached');
    expect(bash('git reset --hard').exit).toBe(2);
    journal('done');
    expect(bash('git reset --hard').exit).toBe(0);
    writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/migrate-to-19\n');
    expect(bash('git reset --hard').exit).toBe(2);
    writeFileSync(join(folder, '.git/godwit/journal.ndjson'), 'broken');
    writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
    expect(bash('git reset --hard').exit).toBe(2);
  });

  it('keeps plans, approvals and journals from being written by hand', () => {
    const write = (file: string) =>
      answerHook(JSON.stringify({ tool_name: 'Write', tool_input: { file_path: file, content: '' } }), folder).exit;
    expect(write(join(folder, 'migrations/20260101-x-1a2b3c4d/plan.json'))).toBe(2);
    expect(write(join(folder, '.git/godwit/journal.ndjson'))).toBe(2);
    expect(write(join(folder, 'src/plan.json'))).toBe(0);
    expect(write(join(folder, 'migrations/0001_init.sql'))).toBe(0);
  });

  it('judges nothing else', () => {
    expect(answerHook(JSON.stringify({ tool_name: 'Read', tool_input: { file_path: 'x' } }), folder).exit).toBe(0);
  });
});
