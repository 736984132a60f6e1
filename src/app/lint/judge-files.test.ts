import { expect, test } from 'vitest';
import type { Finding } from '#core/finding';
import { wholeFile } from '#db/lint/folder/migration-parts';
import { allRuleNames, chooseRules } from './choose-rules.ts';
import { judgeFiles } from './judge-files.ts';

type Said = Parameters<typeof chooseRules>[0];

async function found(
  texts: readonly string[],
  said: Said = {},
  signal = new AbortController().signal,
): Promise<readonly Finding[]> {
  const files = texts.map((text, index) => wholeFile(`${index + 1}.sql`, text, { transaction: 'unknown' }));
  const { findings } = await judgeFiles({
    histories: [{ files, tool: 'plain', folder: '.', transactionSpans: 'file' }],
    schema: undefined,
    majors: { from: 12, to: 18 },
    rules: chooseRules(said),
    names: allRuleNames(),
    options: {},
    live: undefined,
    nameOf: (file) => file,
    signal,
  });
  return findings;
}

async function rulesFound(text: string, said: Said = {}): Promise<readonly string[]> {
  return (await found([text], said)).map(({ rule }) => rule);
}

test('whoever interrupts a long run is heard in its middle', async () => {
  const stop = new AbortController();
  const texts = Array.from({ length: 3_000 }, (_, file) => `CREATE INDEX i_${file} ON t_${file} (a);`);
  const running = found(texts, {}, stop.signal);
  setImmediate(() => stop.abort(new Error('interrupted')));
  await expect(running).rejects.toThrow('interrupted');
});

test('a comment about what was not looked at is not called unused', async () => {
  const live = '-- godwit: ignore live/hot-table-ddl: nobody is there at night\nSELECT 1;';
  const idle = '-- godwit: ignore ds/drop-table: it is empty\nSELECT 1;';
  expect(await rulesFound(live)).toEqual([]);
  expect(await rulesFound(idle)).toEqual(['hy/unused-suppression']);
  expect(await rulesFound(idle, { 'ds/drop-table': 'off' })).toEqual([]);
});

test('the rule of unused comments can be switched off', async () => {
  const idle = '-- godwit: ignore ds/drop-table: it is empty\nSELECT 1;';
  expect(await rulesFound(idle, { 'unused-ignore': 'off' })).toEqual([]);
});

test('a severity that is said holds for all findings of the rule', async () => {
  const severities = async (text: string, said: Said) => (await found([text], said)).map(({ severity }) => severity);
  const idle = '-- godwit: ignore ds/drop-table: it is empty\nSELECT 1;';
  expect(await severities(idle, {})).toEqual(['advice']);
  expect(await severities(idle, { 'hy/unused-suppression': 'error' })).toEqual(['error']);
  const lenient = 'ALTER TABLE a ADD COLUMN b bigint REFERENCES c;';
  const ofRule = async (said: Said) =>
    (await found([lenient], said)).filter(({ rule }) => rule === 'pg/add-column-inline-fk').map((one) => one.severity);
  expect(await ofRule({})).toEqual(['advice']);
  expect(await ofRule({ 'pg/add-column-inline-fk': 'error' })).toEqual(['error']);
});

test('what a file says of search_path ends with it', async () => {
  const set = 'SET search_path = old;\nCREATE TABLE a (id int);';
  const tables = async (first: string) =>
    (await found([first, 'TRUNCATE a;'])).flatMap(({ rule, tables: named }) => (rule === 'pg/truncate' ? named : []));
  expect(await tables(set)).toEqual(['public.a']);
});

test('what fails the first time is not said to fail the second time', async () => {
  const again = 'DROP INDEX CONCURRENTLY i;';
  expect(await rulesFound(`${again}\n${again}`)).toEqual(['hy/not-idempotent', 'pg/fails-on-what-is-there']);
});
