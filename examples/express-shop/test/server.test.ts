import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

test('a port that is taken stops the shop with an error, and it does not say that it is open', async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const shop = spawn(process.execPath, [join(__dirname, '../src/server.js')], { env: { ...process.env, PORT: String(port) } });
  let said = '';
  let failed = '';
  shop.stdout.on('data', (part) => {
    said += part;
  });
  shop.stderr.on('data', (part) => {
    failed += part;
  });
  const [code] = await once(shop, 'close');
  other.close();
  assert.notEqual(code, 0);
  assert.match(failed, /EADDRINUSE/);
  assert.equal(said, '');
});
