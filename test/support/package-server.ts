import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tarballOf } from './tarball.ts';

/** A registry on this machine that serves made-up packages as a real one does: packuments and tarballs. */
export type PackageServer = {
  /** e.g. `http://127.0.0.1:40123/` */
  readonly url: string;
  /** Every request so far: path, and the Authorization header that came with it. */
  readonly requests: readonly { readonly path: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
};

/** Files by path, of each `name@version`. A package.json that is not among them is made. */
export type Packages = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Starts it on a free port. Who does not bring the token, where one is given, is answered 401. */
export async function startPackageServer(packages: Packages, token?: string): Promise<PackageServer> {
  const requests: { readonly path: string; readonly authorization: string | undefined }[] = [];
  const tarballs = new Map(Object.entries(packages).map(([id, files]) => [id, tarballOf(withManifest(id, files))]));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/');
    const { authorization } = request.headers;
    requests.push({ path, authorization });
    if (token !== undefined && authorization !== `Bearer ${token}`) return void response.writeHead(401).end('{}');
    const tarball = /^\/(.+)\/-\/([^/]+)\.tgz$/.exec(path);
    const bytes = tarball === null ? undefined : tarballs.get(`${tarball[1]}@${tarball[2]}`);
    if (bytes !== undefined) return void response.writeHead(200).end(bytes);
    const packument = packumentOf(path.slice(1), { packages, tarballs, host: request.headers.host ?? '' });
    response.writeHead(packument === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(packument ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Stock = { readonly packages: Packages; readonly tarballs: ReadonlyMap<string, Uint8Array>; readonly host: string };

function packumentOf(name: string, { packages, tarballs, host }: Stock) {
  const versions = Object.keys(packages).flatMap((id) => {
    const at = id.lastIndexOf('@');
    const bytes = tarballs.get(id);
    return id.slice(0, at) === name && bytes !== undefined ? [{ id, version: id.slice(at + 1), bytes }] : [];
  });
  const latest = versions.at(-1);
  if (latest === undefined) return undefined;
  const entries = versions.map(({ id, version, bytes }) => {
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `http://${host}/${name}/-/${version}.tgz`, integrity };
    return [version, { ...manifestOf(id, packages[id] ?? {}), dist }];
  });
  return { name, 'dist-tags': { latest: latest.version }, versions: Object.fromEntries(entries) };
}

function withManifest(id: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { 'package.json': JSON.stringify(manifestOf(id, files)), ...files };
}

function manifestOf(id: string, files: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const at = id.lastIndexOf('@');
  const made = { name: id.slice(0, at), version: id.slice(at + 1) };
  const own: unknown = JSON.parse(files['package.json'] ?? '{}');
  return typeof own === 'object' && own !== null ? { ...made, ...own } : made;
}
