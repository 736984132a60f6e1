import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { lend, loansOf, mergeNames } from '../src/loans.ts';
import { pool } from '../src/pool.ts';
import { addReader, findReaders, overdue, renameReader } from '../src/readers.ts';
import { join, namesLike } from '../src/report.ts';

after(() => pool.end());

test('a reader is added, found, renamed, and added again under another name', async () => {
  const mark = randomUUID();
  const reader = await addReader(` Ada ${mark} `, `${mark}@example.com`);
  assert.equal(reader.label, `Ada ${mark}`);
  assert.deepEqual((await findReaders(mark)).map(({ label }) => label), [`Ada ${mark}`]);
  await renameReader(reader.id, `Grace ${mark}`);
  assert.deepEqual(await namesLike(`%${mark}`), [`Grace ${mark}`]);
  const again = await addReader(`Edsger ${mark}`, `${mark}@example.com`);
  assert.equal(again.id, reader.id);
  assert.deepEqual((await findReaders(mark)).map(({ label }) => label), [`Edsger ${mark}`]);
});

test('loans have names of their own', async () => {
  const mark = randomUUID();
  const { id } = await addReader(`Ada ${mark}`, `${mark}@example.com`);
  await lend(id, `Notes ${mark}`, '2020-01-01');
  assert.deepEqual(await loansOf(`${mark}@example.com`), [{ book: `Notes ${mark}`, name: `Ada ${mark}` }]);
  const own = (await overdue()).filter(({ reader }) => reader.endsWith(mark));
  assert.deepEqual(own, [{ reader: `Ada ${mark}`, book: `Notes ${mark}` }]);
});

test('names are merged, and who joins is listed', async () => {
  const mark = randomUUID();
  await join(`Old ${mark}`, `${mark}@example.com`);
  await mergeNames(`Old ${mark}`, `New ${mark}`);
  assert.deepEqual(await namesLike(`%${mark}`), [`New ${mark}`]);
});
