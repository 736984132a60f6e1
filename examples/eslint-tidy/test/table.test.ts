import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseLimit, parseLine } from '../src/line.js';
import { readLog } from '../src/read-log.js';
import { table } from '../src/report/table.js';

const one = '::1 - - [01/Jan/2024:00:00:00 +0000] "GET /a HTTP/1.1" 200 120';
const other = '::1 - - [01/Jan/2024:00:00:00 +0000] "GET /b HTTP/1.1" 304 -';

describe('tidy', () => {
  it('reads lines of the common log format', () => {
    assert.deepEqual(parseLine(one), { method: 'GET', path: '/a', status: 200, bytes: 120 });
    assert.equal(parseLine('nothing'), undefined);
  });

  it('takes a limit that is no number as none', () => {
    assert.equal(parseLimit('7'), 7);
    assert.equal(parseLimit('many'), Number.POSITIVE_INFINITY);
  });

  it('sorts paths by their bytes', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'tidy-')), 'access.log');
    await writeFile(file, [other, one, one, ''].join('\n'));
    assert.deepEqual(table(await readLog(file), 10), ['     240 /a', '       0 /b']);
  });
});
