import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import till from '../../lib/till.js';

describe('files', function () {
  before(async function () {
    this.folder = await mkdtemp(join(tmpdir(), 'till-'));
  });

  after(function () {
    return rm(this.folder, { recursive: true });
  });

  it('saves the total', async function () {
    const path = join(this.folder, 'till.json');
    await new till.Till(() => 7).save(path);
    assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), { total: 0, at: 7 });
  });
});
