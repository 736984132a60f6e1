import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';
import { planOn, ran, upgradeTree } from '../support/upgrade-tree.ts';

const example = resolve(import.meta.dirname, '../../examples/django-library');
const page = resolve(import.meta.dirname, '../../docs/django.md');
const rehearsed = z.object({ ok: z.boolean() });
const files = { '.gitignore': '.venv/\n__pycache__/\n' };
const environment = 'python3 -m venv .venv && .venv/bin/python -m pip --quiet --disable-pip-version-check install';

it('django-library goes from Django 4.2 to 5.2 through the gate, back, and forward again', async () => {
  const tree = await upgradeTree({ from: example, files, install: ['sh', '-c', `${environment} "Django==4.2.*"`] });
  try {
    const commands = commandsOf(readFileSync(join(example, 'README.md'), 'utf8'));
    const [first, second, third, ...alone] = commandsOf(readFileSync(page, 'utf8'));
    expect([first, second, third]).toEqual(commands);
    for (const command of alone) expect((await tree.run(...wordsOf(command).slice(1))).exit, command).toBe(0);
    const before = stateOfTree(tree);
    const { plan } = await planOn(tree, 'django@5.2');
    expect(document(await tree.run('rehearse', '--json'), rehearsed)).toMatchObject({ ok: true });
    const waiting = document(await tree.run('apply', '--json'), ran);
    expect(waiting).toMatchObject({ state: 'waiting', gate: { needs: expect.stringContaining('Django==5.2.*') } });
    expect(waiting.steps.find(({ id }) => id === 'prepare-baseline')?.detail).toContain('test ok');
    const pip = ['-m', 'pip', '--quiet', '--disable-pip-version-check', 'install', 'Django==5.2.*'];
    execFileSync(join(tree.root, '.venv/bin/python'), pip, { cwd: tree.root });
    const gate = waiting.gate?.id ?? '';
    const done = await tree.run('apply', '--confirm', gate, '--json');
    expect(document(done, ran).state, done.stdout).toBe('done');
    expect(readFileSync(join(tree.root, 'requirements.txt'), 'utf8')).toBe('Django>=5.2,<6.0\n');
    expect(readFileSync(join(tree.root, 'library/urls.py'), 'utf8')).toContain('path("books/<int:pk>/"');
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
    expect(document(await tree.run('apply', plan.id, '--json'), ran).state).toBe('waiting');
    expect(document(await tree.run('apply', plan.id, '--confirm', gate, '--json'), ran).state).toBe('done');
  } finally {
    await tree.remove();
  }
});

it.each(['django', 'django@2.2', 'django@4.1', 'django@5.2,python@3.12', 'django@5.2,react@19'])(
  '%s is refused',
  async (wish) => {
    const tree = await upgradeTree({ from: example, files, install: ['git', '--version'] });
    try {
      const refused = await tree.run('plan', '--upgrade', wish, '--json');
      expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'bad-input' } });
    } finally {
      await tree.remove();
    }
  },
);
