'use strict';

const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const { once } = require('node:events');
const fs = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { after, before, describe, it } = require('node:test');
const { promisify } = require('node:util');
const { gunzipSync } = require('node:zlib');

const { line, report } = require('../src/report.js');
const { agent, serve } = require('../src/server.js');
const { emptyList, forget, hashOf, pack } = require('../src/store.js');
const { isThere, walk } = require('../src/walk.js');

let folder = '';
before(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'archive-'));
  fs.mkdirSync(join(folder, 'notes', 'node_modules'), { recursive: true });
  fs.writeFileSync(join(folder, 'a.txt'), 'one\n');
  fs.writeFileSync(join(folder, 'notes', 'b.html'), '<p>two</p>\n');
  fs.writeFileSync(join(folder, 'notes', 'node_modules', 'c.js'), 'three\n');
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('walking', () => {
  it('finds files by their path from the folder', () => {
    assert.deepEqual(walk(folder, ['node_modules']), ['a.txt', 'notes/b.html']);
    assert.equal(walk(folder).length, 3);
  });

  it('knows what is there', async () => {
    assert.equal(await isThere(join(folder, 'a.txt')), true);
    assert.equal(await isThere(join(folder, 'z.txt')), false);
  });
});

describe('the store', () => {
  it('hashes', () => {
    assert.equal(hashOf(join(folder, 'a.txt')).slice(0, 8), '2c8b08da');
    assert.throws(() => hashOf(''), /a file has a path/);
  });

  it('packs, and counts what went in', async () => {
    const to = join(folder, 'kept', 'a.txt.gz');
    const { read, written } = await pack(join(folder, 'a.txt'), to);
    assert.equal(read, 4);
    assert.equal(written, fs.statSync(to).size);
    assert.equal(gunzipSync(fs.readFileSync(to)).toString(), 'one\n');
    forget(join(folder, 'kept'));
    assert.equal(fs.existsSync(join(folder, 'kept')), false);
  });

  it('begins its list anew', () => {
    fs.writeFileSync(join(folder, 'list.txt'), 'old\nold\n');
    emptyList(folder);
    assert.equal(fs.readFileSync(join(folder, 'list.txt'), 'utf8'), '# kept\n');
    fs.rmSync(join(folder, 'list.txt'));
  });
});

describe('the report', () => {
  it('writes values for people', () => {
    const values = [null, 1, true, 'text', new Date(0), [undefined, 'x'], { a: 1 }];
    assert.deepEqual(values.map(line), ['-', '1', 'true', 'text', '1970-01-01', '-, x', '{ a: 1 }']);
  });

  it('takes options over its own', () => {
    assert.equal(report([['a', 1, 2]], { columns: 3 }), 'archive\na  1  2');
    assert.equal(report([['a', 1, 2]]), 'archive\na  1');
  });
});

describe('the server', { timeout: 20_000 }, () => {
  it('shows what is there, and logs the headers that it sent', async () => {
    const logged = [];
    const server = serve(folder, (text) => logged.push(text)).listen(0);
    await once(server, 'listening');
    const { port } = server.address();
    const get = (path) => fetch(`http://127.0.0.1:${port}/${path}`, { signal: AbortSignal.timeout(5_000) });
    server.unref();
    assert.deepEqual((await (await get('')).json()).slice(0, 2), ['a.txt', 'notes/b.html']);
    const page = await get('notes/b.html');
    assert.equal(page.headers.get('content-type'), 'text/html');
    assert.equal(await page.text(), '<p>two</p>\n');
    assert.equal((await get('none')).status, 404);
    server.close();
    server.closeAllConnections();
    assert.deepEqual(logged.sort(), ['200 content-type', '200 content-type', '404 ']);
    assert.equal(agent.maxSockets, 4);
  });
});

describe('the command', () => {
  it('keeps a folder', async () => {
    const to = fs.mkdtempSync(join(tmpdir(), 'archive-kept-'));
    const bin = join(__dirname, '..', 'bin', 'archive.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [bin, 'keep', folder, to]);
    assert.match(stdout, /^kept\na\.txt {2}4\n/);
    assert.equal(fs.existsSync(join(to, 'notes', 'b.html.gz')), true);
    fs.rmSync(to, { recursive: true, force: true });
  });
});
