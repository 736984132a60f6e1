import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, sectionOf } from '../support/page-commands.ts';
import { planOn, ran, upgradeTree } from '../support/upgrade-tree.ts';

const repository = resolve(import.meta.dirname, '../..');
const example = join(repository, 'examples/python-tickets');
const rehearsed = z.object({ ok: z.boolean(), findings: z.array(z.object({ rule: z.string(), message: z.string() })) });
const seen = z.object({
  python: z.object({
    versions: z.array(z.object({ kind: z.string(), value: z.string() })),
    tools: z.array(z.string()),
  }),
});

/** Nothing is installed: the application has nothing but the standard library. */
const tickets = () => upgradeTree({ from: example, install: ['git', '--version'] });

it('python-tickets goes from Python 3.8 to 3.13 through the gate, back, and forward again', async () => {
  const tree = await tickets();
  try {
    const before = stateOfTree(tree);
    const { python } = document(await tree.run('inspect', '--json'), seen);
    expect(python.tools).toEqual(['unittest']);
    expect(python.versions.map(({ kind }) => kind)).toContain('requires-python');
    const { plan } = await planOn(tree, 'python@3.13');
    expect(document(await tree.run('rehearse', '--json'), rehearsed)).toMatchObject({ ok: true });
    const done = document(await tree.run('apply', '--json'), ran);
    expect(done.state).toBe('done');
    expect(readFileSync(join(tree.root, 'pyproject.toml'), 'utf8')).toContain('requires-python = ">=3.13,<3.14"');
    expect(readFileSync(join(tree.root, 'tickets/desk.py'), 'utf8')).toContain(
      'class UrgentTicket(Ticket):\n    def __init__(self, number, title, opened):\n        super().__init__(',
    );
    const verified = await tree.run('verify', '--json');
    expect(verified.exit, verified.stdout).toBe(0);
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', plan.id, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});

it('what Python removed is named, and the gate waits for a person and for green tests', async () => {
  const tree = await tickets();
  try {
    await writeFile(join(tree.root, 'tickets/removed.py'), 'import imp\n\nload = imp.load_source\n');
    tree.git('add', '--all');
    tree.git('commit', '--quiet', '--message=an old loader');
    const { plan } = await planOn(tree, 'python@3.13');
    expect((plan.findings ?? []).map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      'recipe/python-3-upgrade/removed-api tickets/removed.py',
    ]);
    const waiting = document(await tree.run('apply', '--json'), ran);
    expect(waiting).toMatchObject({
      state: 'waiting',
      gate: { needs: expect.stringContaining('tickets/removed.py:1') },
    });
    await writeFile(join(tree.root, 'tickets/removed.py'), 'load = None\n');
    const broken =
      'import unittest\n\n\nclass DeskTest(unittest.TestCase):\n    def test_labels(self):\n        self.fail("broken")\n';
    await writeFile(join(tree.root, 'tests/test_desk.py'), broken);
    const gate = waiting.gate?.id ?? '';
    const stopped = await tree.run('apply', '--confirm', gate, '--json');
    expect(stopped.exit).not.toBe(0);
    tree.git('checkout', '--quiet', '--', 'tests/test_desk.py');
    expect(document(await tree.run('apply', '--confirm', gate, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});

it.each([
  ['python', 'bad-input'],
  ['python@2.7', 'bad-input'],
  ['python@3.14,react@19', 'bad-input'],
])('%s is refused: %s', async (wish, code) => {
  const tree = await tickets();
  try {
    const refused = await tree.run('plan', '--upgrade', wish, '--json');
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code } });
  } finally {
    await tree.remove();
  }
});

it('the commands of docs/python.md run as they stand', async () => {
  const page = readFileSync(join(repository, 'docs/python.md'), 'utf8');
  const commands = [...commandsOf(sectionOf(page, 'Upgrade')), ...commandsOf(sectionOf(page, 'Only the rewrites'))];
  expect(commands.length).toBeGreaterThan(5);
  const tree = await tickets();
  try {
    for (const command of commands) {
      const [program, ...args] = command.split(' ');
      expect(program).toBe('godwit');
      const answer = await tree.run(...args, ...(args[0] === 'recipe' ? [] : ['--yes']));
      expect([0], `${command}\n${answer.stdout}${answer.stderr}`).toContain(answer.exit);
    }
  } finally {
    await tree.remove();
  }
});
