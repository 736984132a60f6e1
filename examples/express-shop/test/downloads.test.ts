import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './support';

test('files are found however deep they lie', async () => {
  const agent = visitor();
  const answer = await agent.get('/downloads/manuals/2024/grinder.txt').expect(200);
  assert.equal(answer.headers['x-file'], 'manuals/2024/grinder.txt');
  assert.match(answer.text, /Grind/);
  await agent.get('/downloads/manuals/spoon.txt').expect(404);
  await agent.get('/downloads/').expect(404);
});

test('the terms come from a folder that begins with a dot', async () => {
  assert.match((await visitor().get('/terms').expect(200)).text, /thirty days/);
});

test('public files are served, those in .well-known too', async () => {
  const agent = visitor();
  await agent.get('/styles.css').expect(200).expect('Cache-Control', 'public, max-age=3600');
  assert.match((await agent.get('/.well-known/security.txt').expect(200)).text, /Contact/);
});
