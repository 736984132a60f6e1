'use strict';

const assert = require('node:assert/strict');
const { after, before, test } = require('node:test');
const { makeLabel } = require('@parcels/labels');
const { createApp } = require('./app.js');

let server;
let url;

before(async () => {
  const { openShelf } = await import('@parcels/parcels');
  server = createApp(openShelf(), makeLabel).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const send = (path, method, body) =>
  fetch(`${url}${path}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

test('a parcel is taken in, shown and given out', async () => {
  const taken = await send('/parcels', 'POST', { shop: 'Kettle & Co', weightGrams: 700, to: ['Anna Example'] });
  assert.equal(taken.status, 201);
  const { id, label } = await taken.json();
  assert.deepEqual(label.lines, ['Anna Example', id]);
  assert.equal((await (await fetch(`${url}/parcels/${id}`)).json()).weightGrams, 700);
  assert.deepEqual(await (await fetch(`${url}/parcels/${id}/steps`)).json(), ['taken in']);
  assert.equal((await fetch(`${url}/parcels/${id}`, { method: 'DELETE' })).status, 204);
  assert.equal((await fetch(`${url}/parcels/${id}`)).status, 404);
});

test('what weighs nothing is refused', async () => {
  assert.equal((await send('/parcels', 'POST', { shop: 'x', weightGrams: 0 })).status, 422);
});

test('a shop has an id', async () => {
  assert.equal((await (await fetch(`${url}/shops/kettle`)).json()).id.length, 36);
});
