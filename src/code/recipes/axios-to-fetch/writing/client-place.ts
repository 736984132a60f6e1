import { folderPath } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import type { SourcePackage } from '../reading/source-package.ts';
import type { ModuleForm } from './client-source.ts';

/**
 * Where the client is written: in the folder that holds all files which import it, else beside the sources where they have a
 * folder. Its name says how Node reads it. Pure.
 */
export function clientPath({ home, paths }: SourcePackage, users: readonly string[], form: ModuleForm): string {
  const common = commonFolder(users.map(folderPath));
  const source = joined(home.path, 'src');
  const hasSource = paths.some((path) => path.startsWith(`${source}/`));
  const isInSource = common === source || common.startsWith(`${source}/`);
  const folder = common === home.path || isInSource ? (hasSource ? source : home.path) : common;
  return joined(folder, `http-client.${extensionOf(home.type, form)}`);
}

function commonFolder([first = '.', ...rest]: readonly string[]): string {
  const parts = first.split('/');
  const length = parts.findIndex((part, at) => rest.some((one) => one.split('/')[at] !== part));
  return parts.slice(0, length === -1 ? parts.length : length).join('/') || '.';
}

function extensionOf(type: 'module' | 'commonjs', form: ModuleForm): string {
  if (form === 'typescript') return 'ts';
  if (form === 'module') return type === 'module' ? 'js' : 'mjs';
  return type === 'module' ? 'cjs' : 'js';
}

/** The way to the client, with the ending that relative imports of the package have. Pure. */
export function wayToClient(from: string, client: string, { home, texts }: SourcePackage): string {
  const way = relativeFrom(folderPath(from), client);
  if (!client.endsWith('.ts')) return way;
  const bare = way.slice(0, -'.ts'.length);
  const ways = [...texts].flatMap(([path, text]) =>
    /\.[cm]?tsx?$/.test(path) ? [...text.matchAll(/\bfrom\s+["'](\.[^"']*)["']/g)].map(([, one]) => one ?? '') : [],
  );
  if (ways.some((one) => /\.[cm]?tsx?$/.test(one))) return way;
  const isWritten = ways.some((one) => one.endsWith('.js')) || (ways.length === 0 && home.type === 'module');
  return isWritten ? `${bare}.js` : bare;
}
