import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Orders } from '../src/data/orders';
import { visitor } from './support';

test('stock is read, set and taken away', async () => {
  const agent = visitor();
  assert.deepEqual((await agent.get('/office/stock/K-100').expect(200)).body, { sku: 'K-100', count: 10 });
  assert.equal((await agent.put('/office/stock/K-100').send({ count: 3 }).expect(201)).body.count, 3);
  assert.equal((await agent.put('/office/stock/K-100?count=4').expect(201)).body.count, 4);
  await agent.put('/office/stock/K-100').expect(400);
  await agent.delete('/office/stock/K-100').expect(204);
  assert.equal((await agent.get('/office/stock/K-100')).body.count, undefined);
});

test('an unknown product is not found', async () => {
  const answer = await visitor().get('/office/stock/X-1').expect(404);
  assert.equal(answer.text, 'Not Found');
});

test('the search looks for what the query says', async () => {
  const agent = visitor();
  assert.deepEqual((await agent.get('/office/search?q=TI').expect(200)).body, ['B-400', 'T-500']);
  assert.equal((await agent.get('/office/search').expect(400)).text, 'Say what you look for.');
});

test('orders are shown to those who can read them', async () => {
  const orders = new Orders();
  const { id } = orders.add({ email: 'bob@shop.example', lines: {}, address: { street: 'Hafen 1', city: 'Kiel' } });
  const agent = visitor(orders);
  assert.equal((await agent.get(`/office/orders/${id}`).expect(200)).body.email, 'bob@shop.example');
  await agent.get(`/office/orders/${id}`).set('Accept-Charset', 'iso-8859-1').expect(406);
  await agent.get('/office/orders/1').expect(404);
});

test('types are known by the ends of names', async () => {
  const agent = visitor();
  assert.equal((await agent.get('/office/type/manuals/kettle.txt').expect(200)).text, 'text/plain');
  assert.equal((await agent.get('/office/type/a/b/c.png').expect(200)).text, 'image/png');
});

test('the office lists what it answers to', async () => {
  const { body } = await visitor().get('/office/routes').expect(200);
  assert.ok(body.includes('GET /stock/:sku'));
  assert.ok(body.includes('DELETE /stock/:sku'));
});
