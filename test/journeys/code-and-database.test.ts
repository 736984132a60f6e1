import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { createDatabase } from '../support/database.ts';
import { gitOf } from '../support/git-tree.ts';
import { document, errorSchema, startGodwit } from '../support/godwit.ts';
import { commandsOf, wordsOf } from '../support/page-commands.ts';

const example = resolve(import.meta.dirname, '../../examples/library-readers');
const run = promisify(execFile);
const stateSchema = z.object({ state: z.string() });
const use = z.object({ file: z.string(), line: z.number(), kind: z.string(), certainty: z.string() });
const phase = z.object({ gate: z.object({ uses: z.array(use) }).optional() });
const madeSchema = z.object({ dir: z.string(), plan: z.object({ id: z.string(), phases: z.array(phase) }) });

async function workplace() {
  const root = await mkdtemp(join(tmpdir(), 'godwit-code-'));
  const isOurs = (path: string): boolean =>
    !path.includes('node_modules') && !path.startsWith(join(example, 'migrations'));
  await cp(example, root, { recursive: true, filter: isOurs });
  const git = gitOf(root);
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'tester');
  git('config', 'user.email', 'tester@localhost');
  git('add', '--all');
  git('commit', '--quiet', '--message=start');
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root });
  const database = await createDatabase();
  await database.query(await readFile(join(root, 'database/migrations/001_readers.sql'), 'utf8'));
  const env = { DATABASE_URL: database.url };
  return {
    root,
    git,
    godwit: (...args: readonly string[]) => startGodwit(args, root, env).ended,
    /** The application's own types and tests, in the state that it and its database are in. */
    isGreen: async (when: string) => {
      const { stdout } = await run('npm', ['test'], { cwd: root, env: { ...process.env, ...env } }).catch(
        (error: unknown) => ({ stdout: String(error instanceof Error && 'stdout' in error ? error.stdout : error) }),
      );
      expect(stdout, when).toContain('# fail 0');
    },
    remove: async () => {
      await database.drop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

it('library-readers: its tests are green before, between and after both deployments, on the way back, and forward again', async () => {
  const place = await workplace();
  const { root, git, godwit, isGreen } = place;
  try {
    await isGreen('before');
    const [command = ''] = commandsOf(await readFile(join(example, 'README.md'), 'utf8'));
    const { dir, plan } = document(await godwit(...wordsOf(command).slice(1), '--json'), madeSchema);
    const uses = plan.phases.flatMap(({ gate }) => gate?.uses ?? []);
    expect(
      uses.map(({ file, line, kind, certainty }) => `${file}:${line} ${kind} ${certainty}`),
    ).toMatchInlineSnapshot(`
      [
        "src/loans.ts:6 kysely/column certain",
        "src/loans.ts:32 kysely certain",
        "src/loans.ts:39 kysely certain",
        "src/loans.ts:39 kysely certain",
        "src/readers.ts:5 sql certain",
        "src/readers.ts:10 sql certain",
        "src/readers.ts:11 sql certain",
        "src/readers.ts:11 sql certain",
        "src/readers.ts:12 sql possible",
        "src/readers.ts:16 row certain",
        "src/readers.ts:20 sql certain",
        "src/readers.ts:25 sql certain",
        "src/readers.ts:25 sql certain",
        "src/readers.ts:34 sql certain",
        "src/readers.ts:36 sql certain",
        "src/report.ts:9 drizzle/use certain",
        "src/report.ts:9 drizzle/use certain",
        "src/report.ts:9 drizzle/use certain",
        "src/report.ts:14 drizzle/use certain",
        "src/schema.ts:5 drizzle/column certain",
      ]
    `);
    const patch = (...args: readonly string[]) => git('apply', ...args);
    for (const round of ['first', 'second']) {
      expect(document(await godwit('apply', plan.id, '--json'), stateSchema).state).toBe('waiting');
      if (round === 'first') await isGreen('expanded, old code');
      patch(join(dir, 'deploy-1.patch'));
      if (round === 'first') await isGreen('deployment 1');
      const refused = await godwit('apply', plan.id, '--confirm', 'deploy', '--json');
      expect(refused.exit).toBe(3);
      expect(document(refused, errorSchema).error.why).toContain('src/readers.ts:10');
      patch(join(dir, 'deploy-2.patch'));
      if (round === 'first') await isGreen('deployment 2');
      expect(document(await godwit('apply', plan.id, '--confirm', 'deploy', '--json'), stateSchema).state).toBe('done');
      await isGreen(`${round} time, contracted`);
      if (round === 'second') break;
      await godwit('rollback', plan.id, '--to', 'deploy', '--json');
      await isGreen('contract taken back');
      patch('--reverse', join(dir, 'deploy-2.patch'));
      await isGreen('deployment 2 taken back');
      patch('--reverse', join(dir, 'deploy-1.patch'));
      expect(git('status', '--porcelain')).toBe('');
      expect(document(await godwit('rollback', plan.id, '--confirm', 'deploy', '--json'), stateSchema).state).toBe(
        'rolled-back',
      );
      await isGreen('taken back');
    }
    expect(await readFile(join(root, 'src/schema.ts'), 'utf8')).toContain("name: text('full_name').notNull()");
  } finally {
    await place.remove();
  }
});
