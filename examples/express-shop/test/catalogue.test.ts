import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './support';

test('the catalogue has pages, and the first needs no number', async () => {
  const agent = visitor();
  assert.match((await agent.get('/catalogue').expect(200)).text, /page 1[^]*Kettle/);
  assert.match((await agent.get('/catalogue/2').expect(200)).text, /page 2[^]*Scale/);
  await agent.get('/catalogue/two').expect(404);
});

test('a product shows the variant that is asked for, else its first', async () => {
  const agent = visitor();
  assert.match((await agent.get('/products/kettle').expect(200)).text, /Variant: black/);
  assert.match((await agent.get('/products/kettle/steel').expect(200)).text, /Variant: steel/);
  await agent.get('/products/kettle/blue').expect(404);
  await agent.get('/products/spoon').expect(404);
});

test('prices are a nested query', async () => {
  const agent = visitor();
  const { body } = await agent.get('/api/products?price[min]=20&price[max]=60').expect(200);
  assert.deepEqual(body, ['kettle', 'scale']);
});

test('values of the query are tidied', async () => {
  const agent = visitor();
  assert.deepEqual((await agent.get('/api/products?tag=%20coffee%20').expect(200)).body, ['grinder', 'scale']);
  assert.equal((await agent.get('/api/products?tag=%20').expect(200)).body.length, 5);
});
