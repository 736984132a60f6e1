import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customer, visitor } from './support';

test('a login goes on where one wanted to go', async () => {
  const agent = visitor();
  const answer = await agent.post('/account/login?next=/cart').send({ email: 'ada@shop.example' });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.location, '/cart');
});

test('a login without a body is refused, and no failure of ours', async () => {
  await visitor().post('/account/login').expect(400);
});

test('forms may be nested', async () => {
  const answer = await visitor().post('/account/address').type('form').send('address[city]=Kiel&address[street]=Hafen 1');
  assert.deepEqual(answer.body, { city: 'Kiel', street: 'Hafen 1' });
});

test('a logout forgets the language', async () => {
  const agent = await customer();
  const answer = await agent.post('/account/logout').expect(302);
  assert.match(String(answer.headers['set-cookie']), /^locale=;/);
});

test('only known languages can be chosen', async () => {
  const agent = visitor();
  const answer = await agent.get('/account/locale/de').set('Referer', '/about').expect(302);
  assert.equal(answer.headers.location, '/about');
  assert.match((await agent.get('/about').expect(200)).text, /Über uns/);
  await agent.get('/account/locale/xx').expect(404);
});
