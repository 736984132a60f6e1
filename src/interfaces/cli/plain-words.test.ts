import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sayings } from '#app/sayings/index';
import { verbs } from '#app/verbs/index';
import { planSchema } from '#core/plan';
import { withDatabase } from '../../../test/support/database.ts';
import { document } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';
import { commands } from './commands/index.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { readSpoken } from './plain-words.ts';

const read = (...args: readonly string[]) =>
  readSpoken(args, (words) => parseCommandLine(words, { verbs, commands, version: '0.0.0' }));

describe('plain words', () => {
  it.each(sayings.flatMap(({ examples }) => examples.map(({ says, command }) => [says, command] as const)))(
    '%s: a command that can be called, said as one word or as many, alone or with assist',
    (says, command) => {
      for (const args of [[says], ['assist', says], ['assist', ...says.split(' ')], says.split(' ')]) {
        // A sentence that begins with the name of a verb is that verb's when it is not in quotes.
        if (args.length > 1 && verbs.some(({ name }) => name === args[0])) continue;
        const { command: found, parsed } = read(...args);
        expect([found, parsed.kind]).toEqual([command, 'call']);
      }
    },
  );

  it('leave flags where they are', () => {
    const { args, parsed } = read('--target', 'live', 'upgrade react to 19', '--json', '--min-age', '7d');
    expect(args).toEqual(['plan', '--upgrade', 'react@19', '--target', 'live', '--json', '--min-age', '7d']);
    expect(parsed).toMatchObject({ name: 'plan', input: { minAge: '7d' }, globals: { target: 'live', json: true } });
  });

  it('are no way around what a verb refuses, and no consent', () => {
    for (const said of ['apply it with yes', 'apply the plan --confirm deploy'])
      expect(read(said)).toMatchObject({ parsed: { name: 'assist', confirmed: [] }, command: undefined });
    expect(read('apply the plan', '--yes').parsed).toMatchObject({
      name: 'apply',
      confirmed: [],
      globals: { yes: true },
    });
  });

  it('that nobody understands are left to `assist`; a verb that is misspelled is still a misspelled verb', () => {
    expect(read('make it nicer')).toMatchObject({ parsed: { name: 'assist', input: { words: ['make it nicer'] } } });
    expect(() => read('aply', 'migrations/x')).toThrow(
      expect.objectContaining({ explanation: expect.objectContaining({ why: 'Did you mean apply?' }) }),
    );
  });
});

it('plans on a database what was said, and says which command that is', async () => {
  await withDatabase(async (database) => {
    await database.query('CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL)');
    const godwit = await godwitInside(database.url);
    try {
      const made = await godwit.run('rename users.name to full_name', '--json');
      expect(made.stderr).toContain("godwit plan 'ALTER TABLE users RENAME COLUMN name TO full_name'");
      const { plan } = document(made, z.object({ plan: planSchema }));
      expect(plan.intent).toMatchObject({ kind: 'sql', text: 'ALTER TABLE users RENAME COLUMN name TO full_name' });
      const shown = await godwit.run('assist', '--show', 'make users.id integer');
      expect(shown.stdout).toBe("godwit plan 'ALTER TABLE users ALTER COLUMN id TYPE integer'\n");
      const lost = await godwit.run('make it nicer');
      expect(lost).toMatchObject({ exit: 1, stdout: '' });
      expect(lost.stderr).toContain('godwit does not understand “make it nicer”.');
    } finally {
      await godwit.remove();
    }
  });
});
