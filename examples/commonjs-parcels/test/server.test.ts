import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { service } from '../src/main';

const server = service();
let url = '';
before(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
});

async function json(path: string, method = 'GET'): Promise<Record<string, unknown>> {
  return (await fetch(`${url}${path}`, { method })).json() as Promise<Record<string, unknown>>;
}

test('a parcel is taken and given out', async () => {
  const parcel = await json('/parcels/1200', 'POST');
  assert.equal(parcel.cents, 390 + 2 * 120);
  assert.deepEqual(await json(`/parcels/${parcel.id}`), parcel);
});

test('files beside the code are found', async () => {
  assert.equal((await json('/about')).name, 'commonjs-parcels');
  assert.ok(Number((await json('/kept')).keptMs) > 0);
});
