import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Orders } from '../src/data/orders';
import { customer, visitor } from './support';

const order = { lines: { 'K-100': 1 }, address: { street: 'Hafen 1', city: 'Kiel' } };

test('orders are for those who are logged in', async () => {
  await visitor().get('/api/orders').expect(401);
});

test('an order is made, read and cancelled', async () => {
  const agent = await customer();
  const { body, headers } = await agent.post('/api/orders').send(order).expect(201);
  assert.equal(headers.location, `/api/orders/${body.id}`);
  assert.equal((await agent.get(headers.location ?? '').expect(200)).body.address.city, 'Kiel');
  assert.equal((await agent.get('/api/orders').expect(200)).body.length, 1);
  assert.equal((await agent.get('/api/orders?minimum=2').expect(200)).body.length, 0);
  const gone = await agent.delete(`/api/orders/${body.id}`).expect(200);
  assert.deepEqual(gone.body, { cancelled: body.id, reason: 'none' });
  await agent.get(`/api/orders/${body.id}`).expect(404);
});

test('what is missing is named', async () => {
  const agent = await customer();
  const { body } = await agent.post('/api/orders').send({}).expect(400);
  assert.deepEqual(body.errors, ['lines is needed', 'address.city is needed']);
});

test('an order has a number', async () => {
  const agent = await customer();
  const { body } = await agent.get('/api/orders/latest').expect(404);
  assert.match(body.error, /nothing at/);
});

test('the order of somebody else is not shown', async () => {
  const orders = new Orders();
  const { id } = orders.add({ email: 'bob@shop.example', ...order });
  const agent = await customer(orders);
  await agent.get(`/api/orders/${id}`).expect(403);
  await agent.delete(`/api/orders/${id}`).expect(403);
});
