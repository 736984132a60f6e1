import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { treeSnapshotSchema } from '#code/snapshot';
import { createDatabase } from './support/database.ts';
import { document, errorSchema, type Godwit, godwitOn } from './support/godwit.ts';
import { type PackumentServer, startPackumentServer } from './support/packument-server.ts';

const codeSchema = z.object({ code: treeSnapshotSchema, database: z.undefined().optional() });
const bothSchema = z.object({ code: treeSnapshotSchema, database: z.object({ fingerprint: z.string() }) });

describe('godwit inspect in a working tree', () => {
  let server: PackumentServer;
  let godwit: Godwit;
  beforeAll(async () => {
    server = await startPackumentServer({ deprecated: { 'react-dom@17.0.2': 'use 18' } });
    // What this machine says of registries has no say.
    const env = { NPM_CONFIG_REGISTRY: server.url, NPM_CONFIG_USERCONFIG: '/nonexistent', no_proxy: '127.0.0.1' };
    godwit = await godwitOn(undefined, env);
    await cp(resolve(import.meta.dirname, 'trees/npm'), godwit.cwd, { recursive: true });
  });
  afterAll(async () => {
    await godwit.remove();
    await server.close();
  });

  it('shows it without any flag where there is no database', async () => {
    const { code } = document(await godwit.run('inspect', '--json'), codeSchema);
    expect(code.packageManager).toMatchObject({ name: 'npm', lockFile: 'package-lock.json' });
    expect(code.packages[1]?.dependencies[0]?.registry?.majorsBehind).toBe(1);
  });

  it('is readable for people: one thing a line, each with its place', async () => {
    const { exit, stdout } = await godwit.run('inspect', '--tree');
    expect(exit).toBe(0);
    expect(stdout).toContain('npm-tree 1.0.0: npm (package-lock.json, lockfileVersion 3)');
    expect(stdout).toMatch(/^ {2}nvmrc +v16 +\.nvmrc:1:1$/m);
    expect(stdout).toMatch(/^ {2}framework +React +18\.2\.0 +18\.2\.0 +packages\/app$/m);
    expect(stdout).toMatch(/^ {2}react-dom +17\.0\.2 +latest \S+ +2 majors behind +packages\/app$/m);
    expect(stdout).toContain('error package/peer: react-dom@17.0.2 wants react 17.0.2, but 18.2.0 is there.');
    expect(stdout).toContain('warning package/deprecated: react-dom@17.0.2 in packages/app is deprecated: use 18');
  });

  it('finds uses of deprecated API, with what to use instead', async () => {
    await mkdir(join(godwit.cwd, 'node_modules/old-lib'), { recursive: true });
    await writeFile(join(godwit.cwd, 'node_modules/old-lib/package.json'), '{"name":"old-lib","version":"1.0.0"}');
    await writeFile(
      join(godwit.cwd, 'node_modules/old-lib/index.d.ts'),
      '/** @deprecated Use `fresh`. */\nexport declare function stale(): void;\n',
    );
    await writeFile(join(godwit.cwd, 'use.mjs'), "import * as old from 'old-lib';\nold.stale();\n");
    const { stdout } = await godwit.run('inspect', '--offline');
    expect(stdout).toContain('1 use of deprecated API\n  old-lib: 1\n    stale: Use `fresh`.\n      use.mjs:2:5\n');
    expect((await godwit.run('inspect', '--offline', '--quick')).stdout).not.toContain('use.mjs');
  });

  it('runs the tests only when asked, and tells what Node warns of', async () => {
    const script = "process.emitWarning('old way', 'DeprecationWarning', 'OLD1');\n";
    await writeFile(join(godwit.cwd, 'warn.test.mjs'), script);
    const { exit, stdout } = await godwit.run('inspect', '--offline', '--quick', '--run-tests');
    expect(exit).toBe(0);
    expect(stdout).toContain(
      '`npm run test` ended with 0; 1 deprecation warning of Node\n  warn.test.mjs:1:9 OLD1 old way',
    );
    const { code } = document(await godwit.run('inspect', '--offline', '--quick', '--json'), codeSchema);
    expect(code.testRun).toBeUndefined();
  });

  it('ends the processes of the tests at Ctrl-C', async () => {
    const script =
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('pid', String(process.pid));\nsetInterval(() => {}, 1e6);\n";
    await writeFile(join(godwit.cwd, 'warn.test.mjs'), script);
    const { child, ended } = godwit.start('inspect', '--offline', '--quick', '--run-tests', '--json');
    const pid = await vi.waitFor(async () => Number(await readFile(join(godwit.cwd, 'pid'), 'utf8')), 30_000);
    child.kill('SIGINT');
    expect((await ended).exit).toBe(130);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/), 10_000);
    await rm(join(godwit.cwd, 'warn.test.mjs'));
  });

  it('takes a folder, asks nobody with --offline, and names a folder that is none', async () => {
    const before = server.requests.length;
    const { code } = document(
      await godwit.run('inspect', '--offline', '--json', '--tree', join('packages', 'app')),
      codeSchema,
    );
    expect(code.packages.map(({ name }) => name)).toEqual(['@npm/app']);
    expect(code.unknown[0]?.why).toBe('No registry was asked (--offline).');
    expect(server.requests).toHaveLength(before);
    const wrong = document(await godwit.run('inspect', '--json', '--tree', 'nowhere'), errorSchema);
    expect(wrong.error).toMatchObject({ code: 'bad-input', what: 'nowhere is no folder.' });
  });

  it('shows database and tree where both are there, and explains its findings', async () => {
    const database = await createDatabase();
    try {
      const both = document(await godwit.run('inspect', '--offline', '--json', '--db', database.url), bothSchema);
      expect(both.code.packages).toHaveLength(2);
    } finally {
      await database.drop();
    }
    expect((await godwit.run('explain', 'package/peer')).stdout).toContain('wants another beside it');
  });
});
