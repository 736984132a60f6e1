import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { document, errorSchema } from '../../../test/support/godwit.ts';
import { runInside } from '../../../test/support/godwit-inside.ts';
import { makeTree } from '../../../test/support/tree.ts';

const answerSchema = z.object({
  findings: z.array(z.object({ rule: z.string(), line: z.number().optional(), column: z.number().optional() })),
  summary: z.object({ notices: z.array(z.string()) }),
});

const files = {
  'open.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);\n/* open /* inner */\nDROP TABLE b;\n',
  'mark.sql': '\uFEFFDROP TABLE a;\n',
  'unknown.sql': 'ALTER TABLE a ADD COLUMN c int;\nCREATE INDEX i ON a (c);\n',
  'old/1.sql': '-- godwit: ignore pg/truncate: nothing here\nSELECT 1;\nTRUNCATE a;\n',
  'colon.sql': '-- godwit ignore ds/drop-table: gone for years\nDROP TABLE a;\n',
  'bad-schema.sql': 'CREATE TABL x;\n',
  'half-schema.sql': 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABL x;\n',
};

let tree: Awaited<ReturnType<typeof makeTree>>;
beforeAll(async () => {
  tree = await makeTree(files);
  await writeFile(join(tree.root, 'latin.sql'), Buffer.from('-- caf\xe9\nDROP TABLE a;\n', 'latin1'));
});
afterAll(() => tree.remove());

const lint = (...args: readonly string[]) => runInside(['lint', ...args], { cwd: tree.root, env: {} });
const found = async (...args: readonly string[]) => document(await lint(...args, '--json'), answerSchema);

it('a comment that is never closed is what hides the rest', async () => {
  const { findings } = await found('open.sql');
  expect(findings.find(({ rule }) => rule === 'sql/syntax')).toMatchObject({ line: 2, column: 1 });
});

it('columns do not count a byte order mark', async () => {
  const { findings } = await found('mark.sql');
  expect(findings.find(({ rule }) => rule === 'ds/drop-table')).toMatchObject({ line: 1, column: 1 });
  expect((await lint('mark.sql')).stdout).toContain('1 | DROP TABLE a;');
});

it('a migration that cannot be read is no success', async () => {
  expect((await lint('latin.sql')).exit).toBe(2);
});

it('an index is not made CONCURRENTLY where others may commit with it', async () => {
  await lint('unknown.sql', '--fix');
  expect(await readFile(join(tree.root, 'unknown.sql'), 'utf8')).toBe(files['unknown.sql']);
});

it('a baseline holds right after it was written, comments that silence nothing too', async () => {
  const given = ['old', '--baseline', 'baseline.json', '--fail-on', 'advice'];
  expect((await lint(...given, '--update-baseline')).exit).toBe(0);
  expect((await lint(...given)).exit).toBe(0);
});

it.each([['no/such/baseline.json'], ['old']])('a baseline that cannot be written is told: %s', async (baseline) => {
  const ran = await lint('old', '--baseline', baseline, '--update-baseline', '--json');
  expect(ran.exit).toBe(1);
  expect(document(ran, errorSchema).error).toMatchObject({ code: 'bad-input' });
});

it('a schema that cannot be read is none, and one of which a part cannot is told', async () => {
  const ran = await lint('mark.sql', '--schema', 'bad-schema.sql', '--json');
  expect(document(ran, errorSchema).error.why).toContain('Line 1');
  const { summary } = await found('mark.sql', '--schema', 'half-schema.sql');
  expect(summary.notices.join()).toContain('1 statement of half-schema.sql could not be read, the first on line 2');
});

it('a suppression without its colon is told', async () => {
  const { stdout } = await lint('colon.sql', '--fail-on', 'never');
  expect(stdout).toContain('It lacks the colon');
  expect(stdout).toContain('ds/drop-table');
});

it('one answer has one form', async () => {
  const ran = await lint('colon.sql', '--json', '--format', 'sarif');
  expect(ran.exit).toBe(1);
  expect(document(ran, errorSchema).error.what).toContain('--format sarif');
});
