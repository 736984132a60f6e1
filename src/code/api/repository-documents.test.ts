import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { parsePublishedManifest } from './published-manifest.ts';
import { type Forge, forges, openRepositories } from './repository-documents.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Served = { readonly forge: Forge; readonly asked: readonly string[]; readonly credentials: readonly string[] };

/** A host of repositories on this machine: what it has by path, 404 for the rest. */
async function served(files: Readonly<Record<string, string>>): Promise<Served> {
  const [asked, credentials]: [string[], string[]] = [[], []];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.headers.authorization !== undefined) credentials.push(request.headers.authorization);
    const text = files[request.url ?? ''];
    response.writeHead(text === undefined ? 404 : 200).end(text ?? 'Not Found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const forge: Forge = {
    raw: ({ project, ref, path }) => `${base}/raw/${project}/${ref}/${path}`,
    shown: ({ project, ref, path }) => `https://github.com/${project}/blob/${ref}/${path}`,
    releases: (project) => `${base}/releases/${project}`,
  };
  return { forge, asked, credentials };
}

async function documentsOf(
  repository: unknown,
  { forge }: Pick<Served, 'forge'>,
  options: Readonly<Record<string, unknown>> = {},
) {
  const manifest = parsePublishedManifest(JSON.stringify({ name: 'lib', version: '2.0.0', repository }));
  if (manifest === undefined) throw new Error('no manifest');
  const reader = openRepositories({ options, signal: new AbortController().signal, forges: { 'github.com': forge } });
  return reader.documents(manifest);
}

it.each([
  'git+https://github.com/team/lib.git',
  'https://github.com/team/lib',
  'git://github.com/team/lib.git#main',
  'git@github.com:team/lib.git',
  'ssh://git@github.com/team/lib.git',
  'github:team/lib',
  'team/lib',
  { type: 'git', url: 'https://www.github.com/team/lib.git' },
])('finds the changelog of a repository that is written as %j', async (repository) => {
  const host = await served({ '/raw/team/lib/v2.0.0/CHANGELOG.md': '# 2.0.0\n- gone\n' });
  expect(await documentsOf(repository, host)).toEqual({
    kind: 'documents',
    documents: [{ path: 'https://github.com/team/lib/blob/v2.0.0/CHANGELOG.md', text: '# 2.0.0\n- gone\n' }],
  });
});

it('looks into the folder of a monorepository first, and at the newest commit where there is no tag', async () => {
  const host = await served({
    '/raw/team/all/HEAD/packages/lib/CHANGELOG.md': '# 2.0.0\n',
    '/raw/team/all/HEAD/CHANGELOG.md': '# of others\n',
  });
  const answer = await documentsOf({ url: 'https://github.com/team/all', directory: 'packages/lib' }, host);
  expect(answer).toEqual({
    kind: 'documents',
    documents: [{ path: 'https://github.com/team/all/blob/HEAD/packages/lib/CHANGELOG.md', text: '# 2.0.0\n' }],
  });
});

it('takes the notes of releases where there is no changelog', async () => {
  const releases = JSON.stringify([
    { tag_name: 'v2.0.0', body: '### Breaking\n- `x` is gone' },
    { tag_name: 'v1.0.0' },
  ]);
  const answer = await documentsOf('team/lib', await served({ '/releases/team/lib': releases }));
  expect(answer).toEqual({
    kind: 'documents',
    documents: [
      {
        path: 'https://github.com/team/lib/releases',
        text: '## v2.0.0\nBreaking\n- `x` is gone\n\n## v1.0.0\n\n',
      },
    ],
  });
});

it('brings no credentials of the registry to a host of repositories', async () => {
  const host = await served({});
  await documentsOf('team/lib', host, {
    registry: 'https://registry.example.test/',
    '//registry.example.test/:_authToken': 'a-secret',
  });
  expect(host.asked.length).toBeGreaterThan(0);
  expect(host.credentials).toEqual([]);
});

it('says that a repository has none, that a host is not known, and that one is not there', async () => {
  const host = await served({});
  expect(await documentsOf('team/lib', host)).toMatchObject({
    why: 'Its repository team/lib has no changelog that was found.',
  });
  const unnamed = { kind: 'unknown', why: 'It names no repository that can be read.' };
  expect(await documentsOf(undefined, host)).toEqual(unnamed);
  expect(await documentsOf('https://git.example.test/team/lib', host)).toEqual(unnamed);
  expect(await documentsOf('gist:11081aaa281', host)).toEqual(unnamed);
  const gone: Forge = { ...host.forge, raw: ({ path }) => `http://127.0.0.1:9/${path}` };
  expect(await documentsOf('team/lib', { forge: gone })).toMatchObject({
    why: expect.stringContaining('127.0.0.1:9 could not be reached'),
  });
});

it('knows where the known hosts have their files', () => {
  const place = { project: 'team/lib', ref: 'v2.0.0', path: 'CHANGELOG.md' };
  expect(Object.values(forges).map((forge) => forge.raw(place))).toEqual([
    'https://raw.githubusercontent.com/team/lib/v2.0.0/CHANGELOG.md',
    'https://gitlab.com/team/lib/-/raw/v2.0.0/CHANGELOG.md',
    'https://bitbucket.org/team/lib/raw/v2.0.0/CHANGELOG.md',
  ]);
});
