import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

const finding = z.object({ rule: z.string(), severity: z.string(), message: z.string(), cure: z.string() });
const runSchema = z.object({ state: z.string(), findings: z.array(finding).optional() });
const drySchema = z.object({
  steps: z.array(z.object({ phaseId: z.string(), stepId: z.string().optional(), state: z.string() })),
  findings: z.array(finding).optional(),
});

describe('a rollback over a gate on a development target', () => {
  let database: TestDatabase;
  let godwit: Godwit;

  beforeEach(async () => {
    database = await createDatabase();
    await database.query(
      `CREATE TABLE users (id bigint PRIMARY KEY, name text); INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 9) AS i`,
    );
    godwit = await godwitInside(database.url);
    expect(await godwit.run('plan', 'ALTER TABLE users RENAME COLUMN name TO full_name')).toMatchObject({ exit: 0 });
    expect(await godwit.run('apply')).toMatchObject({ exit: 0 });
    expect(await godwit.run('apply', '--confirm', 'deploy')).toMatchObject({ exit: 0 });
  });
  afterEach(async () => {
    await godwit.remove();
    await database.drop();
  });

  it('says before it begins what fails under the new application, and that nobody has given a word', async () => {
    const dry = await godwit.run('rollback', '--dry-run');
    expect(dry.exit).toBe(0);
    expect(dry.stdout).toMatch(
      /· contract-1\S*: to take back: .*\n.*· deploy: gate: Deploy the version that uses name/s,
    );
    expect(dry.stdout).not.toContain('✗');
    expect(dry.stderr).toContain('nobody has said that the application is at its old version');
    const ran = await godwit.run('rollback', '--json');
    expect(ran.exit).toBe(0);
    expect(document(ran, runSchema)).toMatchObject({
      state: 'rolled-back',
      findings: [{ rule: 'policy/application-not-back', severity: 'warning' }],
    });
    const warned = ran.stderr.indexOf('! This rollback goes back over gate deploy, and nobody has said');
    expect(warned).toBeGreaterThan(-1);
    expect(warned).toBeLessThan(ran.stderr.indexOf('Taking run'));
  });

  it('names the careful way as commands to paste, and says nothing of it to whoever went it', async () => {
    const dry = document(await godwit.run('rollback', '--dry-run', '--json'), drySchema);
    expect(dry.steps).toContainEqual({ phaseId: 'deploy', state: 'gate' });
    const commands = [...(dry.findings?.[0]?.cure ?? '').matchAll(/`godwit ([^`]+)`/g)].map(([, line = '']) => line);
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      const ran = await godwit.run(...command.split(' '));
      expect(ran.exit).toBe(0);
      expect(`${ran.stdout}${ran.stderr}`).not.toContain('nobody ha');
    }
    expect(document(await godwit.run('status', '--json'), runSchema).state).toBe('rolled-back');
  });

  it('is not turned round by an apply that names no plan; by name it goes forward and back again', async () => {
    expect(await godwit.run('rollback')).toMatchObject({ exit: 0 });
    for (const flags of [[], ['--dry-run']]) {
      const ran = await godwit.run('apply', '--json', ...flags);
      expect(ran.exit).toBe(1);
      expect(document(ran, errorSchema).error).toMatchObject({
        code: 'wrong-state',
        why: expect.stringContaining('was taken back on this target'),
      });
    }
    const { error } = document(await godwit.run('apply', '--json'), errorSchema);
    const [, command = ''] = /`godwit ([^`]+)`/.exec(error.next) ?? [];
    expect(document(await godwit.run(...command.split(' '), '--json'), runSchema).state).toBe('waiting');
    expect(document(await godwit.run('apply', '--confirm', 'deploy', '--json'), runSchema).state).toBe('done');
    expect(document(await godwit.run('rollback', '--json'), runSchema).state).toBe('rolled-back');
  });

  it('leaves the next plan to an apply that names none', async () => {
    expect(await godwit.run('rollback')).toMatchObject({ exit: 0 });
    expect(await godwit.run('plan', 'ALTER TABLE users ADD COLUMN note text')).toMatchObject({ exit: 0 });
    expect(document(await godwit.run('apply', '--json'), runSchema).state).toBe('done');
    expect(await database.query('SELECT name, note FROM users WHERE id = 1')).toEqual([{ name: 'n1', note: null }]);
  });
});
