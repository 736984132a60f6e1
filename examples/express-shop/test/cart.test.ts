import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './support';

test('adding to the cart leads back to where one was', async () => {
  const agent = visitor();
  const answer = await agent.post('/cart/lines').set('Referrer', '/products/kettle').send({ sku: 'K-100', count: 2 });
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.location, '/products/kettle');
  assert.deepEqual((await agent.get('/cart')).body, { 'K-100': 2 });
});

test('without a referrer one is led home', async () => {
  const answer = await visitor().post('/cart/lines').send({ sku: 'K-100' });
  assert.equal(answer.headers.location, '/');
});

test('a request without a body is told what is missing', async () => {
  await visitor().post('/cart/lines').expect(400);
});

test('one line goes, or all of them', async () => {
  const agent = visitor();
  await agent.post('/cart/lines').send({ sku: 'K-100' });
  await agent.post('/cart/lines').send({ sku: 'T-500' });
  await agent.delete('/cart/lines/K-100').expect(204);
  assert.deepEqual((await agent.get('/cart')).body, { 'T-500': 1 });
  await agent.delete('/cart/lines').expect(204);
  assert.deepEqual((await agent.get('/cart')).body, {});
});
