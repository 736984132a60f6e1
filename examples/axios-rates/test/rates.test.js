import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { ratesAt } from '../src/rates.js';

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.url === '/rates/late') return;
  response.statusCode = request.url === '/rates/none' ? 404 : 200;
  response.setHeader('content-type', 'application/json');
  const { 'content-type': type, 'x-client': client } = request.headers;
  const body = Buffer.concat(chunks).toString();
  response.end(JSON.stringify({ rate: 1.5, url: request.url, method: request.method, type, client, body }));
});
let rates;

before(async () => {
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  rates = ratesAt(`http://127.0.0.1:${server.address().port}/`);
});

after(() => {
  server.closeAllConnections();
  server.close();
});

test('a rate is read', async () => {
  assert.equal(await rates.rate('é b', [1, 7]), 1.5);
});

test('an object is sent as JSON', async () => {
  const { data, headers } = await rates.send('/rates?of=day', { currency: 'SEK', days: [1] });
  assert.equal(headers['content-type'], 'application/json');
  const { url, type, client, body } = data;
  assert.deepEqual(
    { url, type, client, body },
    { url: '/rates?of=day', type: 'application/json', client: 'rates', body: '{"currency":"SEK","days":[1]}' },
  );
});

test('texts, forms and bytes are sent as they are', async () => {
  const sent = async (body) => {
    const { data } = await rates.send('/rates', body);
    return [data.type, data.body];
  };
  const form = 'application/x-www-form-urlencoded';
  assert.deepEqual(await sent('a=1'), [form, 'a=1']);
  assert.deepEqual(await sent(new URLSearchParams({ a: 'é' })), [`${form};charset=utf-8`, 'a=%C3%A9']);
  assert.deepEqual(await sent(Buffer.from('bytes')), [form, 'bytes']);
  assert.deepEqual(await sent(undefined), [form, '']);
});

test('a rate is replaced', async () => {
  assert.equal(await rates.replace('SEK', { rate: 2 }), 200);
});

test('what is not there is nothing', async () => {
  assert.equal(await rates.find('none'), undefined);
  assert.equal((await rates.find('SEK')).method, 'GET');
});

test('a late answer is an error', async () => {
  await assert.rejects(rates.find('late'), { code: 'ECONNABORTED', message: 'timeout of 500ms exceeded' });
});
