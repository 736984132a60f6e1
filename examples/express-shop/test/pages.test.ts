import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './support';

test('pages are in the language of the address, else of the browser', async () => {
  const agent = visitor();
  assert.match((await agent.get('/de/about').expect(200)).text, /Über uns/);
  assert.match((await agent.get('/en/about').set('Accept-Language', 'de').expect(200)).text, /About us/);
  assert.match((await agent.get('/about').set('Accept-Language', 'de').expect(200)).text, /Über uns/);
  await agent.get('/fr/about').expect(404);
});

test('old addresses lead to the terms, for good', async () => {
  const agent = visitor();
  for (const path of ['/help', '/help/returns', '/helpdesk', '/faq']) {
    assert.equal((await agent.get(path).expect(301)).headers.location, '/terms');
  }
});

test('the host is a name, without its port', async () => {
  const { body } = await visitor().get('/where').set('Host', 'shop.example:8080').expect(200);
  assert.deepEqual(body, { host: 'shop.example', url: 'http://shop.example/where' });
});

test('what is not there is said in the form that is asked for', async () => {
  const agent = visitor();
  assert.match((await agent.get('/no/such/page').set('Accept', 'text/html').expect(404)).text, /<h1>404/);
  assert.deepEqual((await agent.post('/api/nothing').expect(404)).body, { error: 'There is nothing at /api/nothing.' });
});
