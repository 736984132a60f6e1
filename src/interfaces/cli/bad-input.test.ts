import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { document, errorSchema, type Godwit } from '../../../test/support/godwit.ts';
import { godwitInside } from '../../../test/support/godwit-inside.ts';

type Case = {
  readonly args: readonly string[];
  readonly code: string;
  readonly exit: number;
  /** Each stands somewhere in what, why or next. */
  readonly says: readonly string[];
};

const cases: Readonly<Record<string, Case>> = {
  'a table that is not there': {
    args: ['plan', 'ALTER TABLE usrs RENAME COLUMN name TO full_name'],
    code: 'unknown-object',
    exit: 1,
    says: ['usrs', 'public.users'],
  },
  'a column that is not there': {
    args: ['plan', 'ALTER TABLE users RENAME COLUMN nmae TO full_name'],
    code: 'unknown-object',
    exit: 1,
    says: ['nmae', 'Did you mean name?'],
  },
  'a name that is taken': {
    args: ['plan', 'ALTER TABLE users RENAME COLUMN name TO email'],
    code: 'name-taken',
    exit: 1,
    says: ['email'],
  },
  'SQL that does not parse, with line and caret': {
    args: ['plan', 'ALTER TABLE users\n  RENAME COLUM name TO full_name'],
    code: 'sql-syntax',
    exit: 1,
    says: ['line 2', '^'],
  },
  'a statement that cannot be planned': {
    args: ['plan', 'VACUUM users'],
    code: 'not-built',
    exit: 1,
    says: ['VACUUM'],
  },
  'a kind of plan that is not built': {
    args: ['plan', '--to', 'schema.sql'],
    code: 'not-built',
    exit: 1,
    says: ['--to'],
  },
  'an intent given twice': {
    args: ['plan', 'SELECT 1', '--from', 'x.sql'],
    code: 'bad-input',
    exit: 1,
    says: ['twice'],
  },
  'no intent': { args: ['plan'], code: 'bad-input', exit: 1, says: ['--from'] },
  'a file that is not there': { args: ['plan', '--from', 'nope.sql'], code: 'bad-input', exit: 1, says: ['nope.sql'] },
  'a mistyped verb': { args: ['paln'], code: 'bad-input', exit: 1, says: ['Did you mean plan?'] },
  'a command that is to come': {
    args: ['watch', 'x.sql'],
    code: 'not-built',
    exit: 1,
    says: ['godwit watch', 'godwit --help'],
  },
  'a mistyped flag': {
    args: ['plan', '--frm', 'x'],
    code: 'bad-input',
    exit: 1,
    says: ['--from', 'godwit plan --help'],
  },
  'a flag without its value': { args: ['plan', '--from'], code: 'bad-input', exit: 1, says: ['--from'] },
  'one argument too many': { args: ['status', 'a', 'b'], code: 'bad-input', exit: 1, says: ['godwit status --help'] },
  'a number that is none': { args: ['pause', '--wait', 'soon'], code: 'bad-input', exit: 1, says: ['--wait'] },
  'a plan that is not there': { args: ['apply', 'migrations/nope'], code: 'plan-unreadable', exit: 1, says: ['nope'] },
  'no plan at all': { args: ['apply'], code: 'bad-input', exit: 1, says: ['godwit plan'] },
  'no run at all': { args: ['status'], code: 'no-run', exit: 1, says: ['never applied'] },
  'nothing to take back': { args: ['rollback'], code: 'no-run', exit: 1, says: ['no run'] },
  'two targets': {
    args: ['status', '--db', 'postgres://h/d', '--target', 'x'],
    code: 'bad-input',
    exit: 1,
    says: ['--target'],
  },
  'a target that is not named': {
    args: ['status', '--target', 'nowhere'],
    code: 'bad-input',
    exit: 1,
    says: ['nowhere', '--db', 'godwit init'],
  },
  'a URL of another kind': {
    args: ['status', '--db', 'mysql://u:geheim@h/d'],
    code: 'bad-input',
    exit: 1,
    says: ['postgres://'],
  },
  'a server that is not there': {
    args: ['status', '--db', 'postgres://u:geheim@127.0.0.1:1/d'],
    code: 'connect-failed',
    exit: 1,
    says: ['127.0.0.1:1'],
  },
  'a word that means nothing': { args: ['explain', 'drif'], code: 'bad-input', exit: 1, says: ['drift'] },
};

describe('bad input', () => {
  let database: TestDatabase;
  let godwit: Godwit;

  beforeAll(async () => {
    database = await createDatabase({ hasPassword: true });
    await database.query('CREATE TABLE users (id bigint PRIMARY KEY, name text, email text)');
    godwit = await godwitInside(database.url);
  });
  afterAll(async () => {
    await godwit.remove();
    await database.drop();
  });

  for (const [name, { args, code, exit, says }] of Object.entries(cases)) {
    it(`${name} is refused with a reason and a way on`, async () => {
      const ran = await godwit.run(...args, '--json');
      const { error } = document(ran, errorSchema);
      expect([error.code, ran.exit]).toEqual([code, exit]);
      for (const text of says) expect(`${error.what}\n${error.why}\n${error.next}`).toContain(text);
      expect(ran.stdout + ran.stderr).not.toContain('geheim');
    });
  }

  it('a wrong password is refused and never shown', async () => {
    const wrong = database.url.replace(/:[^:@]*@/, ':geheim@');
    const ran = await godwit.run('status', '--db', wrong, '--verbose');
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain('refused user');
    expect(ran.stderr).toMatch(/why: .+\n\s+next: /);
    expect(ran.stderr).not.toContain('geheim');
  });

  it('no database at all is said before anything else', async () => {
    const nowhere = await godwitInside(undefined);
    const ran = await nowhere.run('plan', 'ALTER TABLE users ADD COLUMN a int', '--json');
    expect(document(ran, errorSchema).error.code).toBe('no-target');
    await nowhere.remove();
  });

  it('a configuration that does not fit is refused with its field', async () => {
    const folder = join(godwit.cwd, 'configured');
    await mkdir(folder);
    await writeFile(join(folder, 'godwit.config.json'), '{"targets": {"p": {"url": "env:P", "class": "prod"}}}');
    const ran = await godwit.run('status', '--cwd', folder, '--json');
    const { error } = document(ran, errorSchema);
    expect(error.code).toBe('config-invalid');
    expect(error.why).toContain('targets.p.class');
    expect(error.why).toContain('production');
  });

  it('init writes a configuration that fits, once', async () => {
    const folder = join(godwit.cwd, 'fresh');
    await mkdir(folder);
    expect(await godwit.run('init', '--cwd', folder)).toMatchObject({ exit: 0 });
    expect(document(await godwit.run('status', '--cwd', folder, '--json'), errorSchema).error.code).toBe('no-run');
    expect(await godwit.run('init', '--cwd', folder)).toMatchObject({ exit: 1 });
  });

  it('help is there for everything, and the version', async () => {
    const help = await godwit.run('--help');
    expect(help).toMatchObject({ exit: 0, stderr: '' });
    for (const verb of ['plan', 'apply', 'rollback', 'init', 'demo']) expect(help.stdout).toContain(`  ${verb}`);
    const ofPlan = await godwit.run('plan', '--help');
    expect(ofPlan.stdout).toContain('--from <value>');
    expect(ofPlan.stdout).toContain('Examples:');
    expect((await godwit.start('--version').ended).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
