import { describe, expect, test } from 'vitest';
import { withDatabase } from '../../../../test/support/database.ts';
import { join, name, quoteLiteral, quoteName, raw, sql } from './quote.ts';

const nasty = [
  'plain',
  'Mixed Case',
  'select',
  'a"b',
  "a'b",
  'back\\slash',
  "\\'; DROP TABLE x; --",
  'ä ö 🐦',
  'a.b',
  '$1',
  '',
];

describe('quoting', () => {
  test('what is quoted comes back from the server as it was', async () => {
    await withDatabase(async ({ query }) => {
      for (const text of nasty) {
        expect(await query(`SELECT ${quoteLiteral(text)} AS it`)).toEqual([{ it: text }]);
        await query('SET standard_conforming_strings = off');
        expect(await query(`SELECT ${quoteLiteral(text)} AS it`)).toEqual([{ it: text }]);
        await query('SET standard_conforming_strings = on');
        if (text !== '') expect(await query(`SELECT 1 AS ${quoteName(text)}`)).toEqual([{ [text]: 1 }]);
      }
    });
  });

  test('the tag quotes what stands in its holes', () => {
    const table = { schema: 'my "app"', name: 'users' };
    const built = sql`UPDATE ${table} SET ${name('a b')} = ${"it's"} WHERE ${join([raw('id > 0'), sql`x = ${3}`], ' AND ')} LIMIT ${true}`;
    expect(built.text).toBe(`UPDATE "my ""app"""."users" SET "a b" = 'it''s' WHERE id > 0 AND x = 3 LIMIT true`);
  });
});
