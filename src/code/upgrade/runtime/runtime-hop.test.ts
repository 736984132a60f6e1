import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PackumentServer, startPackumentServer } from '../../../../test/support/packument-server.ts';
import { manifestOf, movesOf, plannedUpgrade, refusedUpgrade } from '../../../../test/support/plan-upgrade.ts';

let server: PackumentServer;
beforeAll(async () => {
  server = await startPackumentServer();
});
afterAll(() => server.close());

const places = {
  '.nvmrc': '18\n',
  Dockerfile: 'FROM node:20-alpine\n',
  '.github/workflows/ci.yml': 'jobs:\n  test:\n    strategy:\n      matrix:\n        node-version: [18, 20]\n',
};

it('Node goes to the wished major at once, with its types, in every place', async () => {
  const files = { ...places, ...manifestOf({ uuid: '^9.0.1' }, { '@types/node': '^18.19.0' }) };
  const planned = await plannedUpgrade(files, 'node@24', { registry: server.url });
  const [hop] = planned.path.hops;
  expect(planned.path.hops).toHaveLength(1);
  expect(hop).toMatchObject({ id: 'hop-1-node-24', title: 'node 18 → 24, with @types/node', lead: { from: '18.0.0' } });
  expect(movesOf(planned)).toEqual({
    'hop-1-node-24': [expect.stringMatching(/^@types\/node 18\.\d+\.\d+ → 24\.\d+\.\d+$/)],
  });
  expect(planned.after[0]).toMatchObject({
    '.nvmrc': '24\n',
    Dockerfile: 'FROM node:24-alpine\n',
    '.github/workflows/ci.yml': expect.stringContaining('node-version: [24]\n'),
  });
  expect(hop?.findings.map(({ rule, from, to }) => `${rule} ${from} ${to}`)).toEqual(['package/major-passed 18 24']);
});

it('together with packages, which may want the new Node, and come after it', async () => {
  const files = { ...places, ...manifestOf({ express: '^4.18.2' }) };
  const planned = await plannedUpgrade(files, 'node@24,express@5', { registry: server.url, nodeInUse: '24.1.0' });
  expect(planned.path.hops.map(({ id }) => id)).toEqual(['hop-1-node-24', 'hop-2-express-5']);
});

it('a dependency that does not take the new Node is named, with the version that does', async () => {
  const files = { '.nvmrc': '18\n', ...manifestOf({ 'next-auth': '4.15.2' }) };
  const planned = await plannedUpgrade(files, 'node@24', { registry: server.url });
  const found = planned.path.hops[0]?.findings.find(({ rule }) => rule === 'package/engine');
  expect(found).toMatchObject({ severity: 'warning', package: 'next-auth' });
  expect(found?.message).toMatch(/^next-auth@4\.15\.2 wants Node .*, and Node goes to 24\./);
});

it('where every place names it already, there is nothing to do', async () => {
  const files = { '.nvmrc': '24\n', ...manifestOf({ uuid: '^9.0.1' }) };
  const refused = await refusedUpgrade(files, 'node@24', { registry: server.url });
  expect(refused).toMatchObject({ code: 'nothing-to-do', why: expect.stringContaining('Every place of the tree') });
});

it('a tree that names a newer Node is not taken back: the places are named', async () => {
  const files = { '.nvmrc': '22\n', ...manifestOf({ uuid: '^9.0.1' }, { '@types/node': '^14.18.0' }) };
  const refused = await refusedUpgrade(files, 'node@16', { registry: server.url });
  expect(refused).toMatchObject({
    code: 'bad-input',
    what: expect.stringMatching(/^Node 16\.\d+\.\d+ is older than the one of this tree\.$/),
  });
  expect(refused.why).toMatch(/^\.nvmrc:1:1 asks for Node 22, and nothing is taken back/);
});

it('where a place still takes it, what the tree names is said', async () => {
  const manifest = '{ "engines": { "node": ">=16" }, "dependencies": { "uuid": "^9.0.1" } }';
  const files = { ...manifestOf({ uuid: '^9.0.1' }), '.nvmrc': '22\n', 'package.json': manifest };
  const refused = await refusedUpgrade(files, 'node@16', { registry: server.url });
  expect(refused).toMatchObject({ code: 'nothing-to-do', why: expect.stringContaining('(22, >=16) takes 16.') });
});

it.each([
  ['node', 'bad-input', '`node` names no version.'],
  ['node@latest', 'bad-input', '`node@latest` names no version of Node.'],
  ['node@99', 'bad-input', 'No release of Node is what `node@99` asks for.'],
])('%s: %s', async (wish, code, what) => {
  const refused = await refusedUpgrade({ ...places, ...manifestOf({}) }, wish, { registry: server.url });
  expect(refused).toMatchObject({ code, what });
});
