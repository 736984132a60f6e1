import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspected } from '../../../test/support/inspect-tree.ts';
import { type PackumentServer, startPackumentServer } from '../../../test/support/packument-server.ts';

const notLooked = { what: 'uses of deprecated API', why: 'They were not looked for (--quick).' };

const token = 'a-secret-of-the-team';

describe('against packuments recorded from the real registry', () => {
  let open: PackumentServer;
  let closed: PackumentServer;
  beforeAll(async () => {
    open = await startPackumentServer({ deprecated: { 'react-dom@17.0.2': 'Use react-dom 18.\n It is better.' } });
    closed = await startPackumentServer({ token });
  });
  afterAll(async () => {
    await open.close();
    await closed.close();
  });

  it('says current, newest in range, latest and majors behind', async () => {
    const tree = await inspected({}, { from: 'npm', registry: open.url });
    const known = tree.packages.flatMap(({ dependencies }) =>
      dependencies.map(({ name, registry }) => [name, registry]),
    );
    expect(Object.fromEntries(known)).toMatchObject({
      picocolors: { inRange: '1.0.1', majorsBehind: 0 },
      react: { inRange: '18.2.0', majorsBehind: 1 },
      'react-dom': { inRange: '17.0.2', majorsBehind: 2, deprecated: 'Use react-dom 18.\n It is better.' },
    });
    expect(tree.unknown).toEqual([notLooked]);
  });

  it('says what the publisher says of a deprecated version', async () => {
    const { findings } = await inspected({}, { from: 'npm', registry: open.url });
    expect(findings.find(({ rule }) => rule === 'package/deprecated')?.message).toBe(
      'react-dom@17.0.2 in packages/app is deprecated: Use react-dom 18. It is better.',
    );
  });

  it('fills in what a lock file does not hold: peers of Yarn classic', async () => {
    const { findings } = await inspected({}, { from: 'yarn-classic', registry: open.url });
    expect(findings.filter(({ rule }) => rule === 'package/peer').map(({ message }) => message)).toEqual([
      'react-dom@17.0.2 wants react 17.0.2, but 18.2.0 is there.',
    ]);
  });

  it('names a package that it does not have, and answers the rest', async () => {
    const manifest = '{ "dependencies": { "@nobody/nothing": "1", "react": "18.2.0" } }';
    const tree = await inspected({ 'package.json': manifest }, { registry: open.url });
    expect(tree.unknown).toEqual([
      { what: 'newer versions and deprecation of @nobody/nothing', why: expect.stringContaining('answered 404') },
      notLooked,
    ]);
    expect(tree.packages[0]?.dependencies[1]?.registry?.latest).toMatch(/^\d+\./);
    expect(open.requests.at(-1)?.path).toMatch(/^\/(react|@nobody%2fnothing)$/);
  });

  it('sends the token of .npmrc to its own registry alone, and shows it nowhere', async () => {
    const host = closed.url.replace('http:', '');
    const npmrc = `registry=${open.url}\n@team:registry=${closed.url}\n${host}:_authToken=\${TEAM_TOKEN}\n`;
    const manifest = '{ "dependencies": { "@team/thing": "1", "react": "18.2.0" } }';
    const files = { 'package.json': manifest, '.npmrc': npmrc };
    const tree = await inspected(files, { registry: open.url, env: { TEAM_TOKEN: token } });
    expect(closed.requests.at(-1)).toEqual({ path: '/@team%2fthing', authorization: `Bearer ${token}` });
    expect(open.requests.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    expect(JSON.stringify(tree)).not.toContain(token);

    const wrong = await inspected(files, { registry: open.url, env: { TEAM_TOKEN: 'an-old-secret' } });
    expect(wrong.unknown[0]?.why).toMatch(/wants other credentials: it answered 401/);
    expect(JSON.stringify(wrong)).not.toContain('an-old-secret');
  });

  it('reads the registry and token of Yarn from .yarnrc.yml', async () => {
    const yarnrc = `npmRegistryServer: "${closed.url}"\nnpmAuthToken: "\${TEAM_TOKEN-none}"\n`;
    const env = { TEAM_TOKEN: token };
    const tree = await inspected({ '.yarnrc.yml': yarnrc }, { from: 'yarn-berry', registry: open.url, env });
    expect(tree.unknown).toEqual([notLooked]);
    expect(closed.requests.at(-1)?.authorization).toBe(`Bearer ${token}`);
  });
});

it('a registry that is down is named once, without its password, and the rest is answered', async () => {
  const server = await startPackumentServer();
  const { port } = new URL(server.url);
  await server.close();
  const tree = await inspected({}, { from: 'npm', registry: `http://user:pass-word@127.0.0.1:${port}/` });
  expect(tree.unknown).toEqual([
    {
      what: 'newer versions and deprecation of nanoid, picocolors, querystring, react, react-dom and 1 more',
      why: `127.0.0.1:${port} could not be reached (ECONNREFUSED).`,
    },
    notLooked,
  ]);
  expect(tree.packages).toHaveLength(2);
  expect(JSON.stringify(tree)).not.toContain('pass-word');
});

it('asks nobody when it is offline, and says so', async () => {
  const tree = await inspected({}, { from: 'npm' });
  expect(tree.unknown).toEqual([
    { what: 'newer versions and deprecations', why: 'No registry was asked (--offline).' },
    notLooked,
  ]);
});
