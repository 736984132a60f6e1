import { posix } from 'node:path';
import { isRecord } from '../text/read-data.ts';
import { type FetchedPackage, fileText } from './fetch-package.ts';
import { parsePublishedManifest } from './published-manifest.ts';
import type { ImportMode } from './surface-program.ts';

/** The file that Node loads for a subpath, and as what. */
export type RuntimeEntry = { readonly path: string; readonly format: 'esm' | 'commonjs' | 'other' };

type Published = Pick<FetchedPackage, 'manifest' | 'files'>;

/**
 * What Node loads for a subpath of a package (`.`, `./sub`), as `import` or as `require`; undefined where it throws.
 * https://nodejs.org/api/esm.html#resolution-algorithm-specification and
 * https://nodejs.org/api/modules.html#all-together say how.
 */
export function runtimeEntry(published: Published, subpath: string, mode: ImportMode): RuntimeEntry | undefined {
  const { manifest, files } = published;
  const path =
    manifest.exports === undefined || manifest.exports === null
      ? withoutExports(published, subpath, mode)
      : exportedTarget(manifest.exports, subpath, ['node', mode, 'module-sync', 'default']);
  const inside = path === undefined ? undefined : posix.normalize(path);
  return inside === undefined || !files.has(inside) ? undefined : { path: inside, format: formatOf(published, inside) };
}

/** Subpaths that `exports` names, patterns filled in with the files that are there; `.` alone without `exports`. */
export function exportedSubpaths({ manifest, files }: Published): readonly string[] {
  const { exports } = manifest;
  if (!isRecord(exports) || !Object.keys(exports).some((key) => key.startsWith('.'))) return ['.'];
  const found = Object.keys(exports).flatMap((key) => {
    if (!key.includes('*')) return key.endsWith('/') ? [] : [key];
    const target = firstTarget(exports[key]);
    const star = target?.indexOf('*') ?? -1;
    if (target === undefined || star === -1) return [];
    const [head, tail] = [posix.normalize(target.slice(0, star)), target.slice(star + 1)];
    return [...files.keys()].flatMap((path) => {
      const isMatch = path.startsWith(head) && path.endsWith(tail) && path.length > head.length + tail.length;
      return isMatch ? [key.replace('*', path.slice(head.length, path.length - tail.length))] : [];
    });
  });
  return [...new Set(found)].filter((subpath) => subpath !== './package.json');
}

/** The target of a subpath under conditions; undefined where it is not exported, or `null`. */
export function exportedTarget(exports: unknown, subpath: string, conditions: readonly string[]): string | undefined {
  const isMap = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  if (!isMap) return subpath === '.' ? targetOf(exports, conditions) : undefined;
  if (Object.hasOwn(exports, subpath) && !subpath.includes('*')) return targetOf(exports[subpath], conditions);
  const patterns = Object.keys(exports)
    .filter((key) => key.includes('*') || key.endsWith('/'))
    .sort((one, other) => other.indexOf('*') - one.indexOf('*') || other.length - one.length);
  for (const key of patterns) {
    const [head = '', tail = ''] = key.includes('*') ? key.split('*') : [key, ''];
    if (!subpath.startsWith(head) || !subpath.endsWith(tail) || subpath.length < key.length - 1) continue;
    const filling = subpath.slice(head.length, subpath.length - tail.length);
    const target = targetOf(exports[key], conditions);
    return target === undefined
      ? undefined
      : key.includes('*')
        ? target.replaceAll('*', filling)
        : `${target}${filling}`;
  }
  return undefined;
}

function targetOf(target: unknown, conditions: readonly string[]): string | undefined {
  if (typeof target === 'string') return target;
  if (Array.isArray(target)) {
    for (const candidate of target) {
      const found = targetOf(candidate, conditions);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isRecord(target)) return undefined;
  for (const [condition, inner] of Object.entries(target)) {
    if (!conditions.includes(condition)) continue;
    const found = targetOf(inner, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstTarget(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  const inner = Array.isArray(target) ? target : isRecord(target) ? Object.values(target) : [];
  return inner.map(firstTarget).find((found) => found !== undefined);
}

function withoutExports({ manifest, files }: Published, subpath: string, mode: ImportMode): string | undefined {
  if (subpath === '.') return loaded(files, manifest.main ?? 'index.js') ?? loaded(files, 'index.js');
  const path = subpath.slice(2);
  if (mode === 'import') return files.has(path) ? path : undefined;
  const nested = fileText({ files }, `${path}/package.json`);
  const main = nested === undefined ? undefined : parseMain(nested);
  return loaded(files, path) ?? (main === undefined ? undefined : loaded(files, `${path}/${main}`));
}

function parseMain(text: string): string | undefined {
  // A folder's own package.json often has neither name nor version.
  const manifest = parsePublishedManifest(text.replace(/^\uFEFF?\s*\{/, '{"name":"","version":"",'));
  return manifest?.main;
}

/** As `require` looks for a file and then a folder. */
function loaded(files: Published['files'], path: string): string | undefined {
  const plain = posix.normalize(path).replace(/\/$/, '');
  return [plain, `${plain}.js`, `${plain}.json`, `${plain}.node`, `${plain}/index.js`].find((candidate) =>
    files.has(candidate),
  );
}

/** Of `.js` files the nearest package.json upwards decides. https://nodejs.org/api/packages.html#type */
function formatOf(published: Published, path: string): RuntimeEntry['format'] {
  if (path.endsWith('.mjs')) return 'esm';
  if (path.endsWith('.cjs')) return 'commonjs';
  if (!path.endsWith('.js')) return 'other';
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    const text = fileText(published, `${folder}/package.json`);
    if (text !== undefined) return /"type"\s*:\s*"module"/.test(text) ? 'esm' : 'commonjs';
  }
  return published.manifest.type === 'module' ? 'esm' : 'commonjs';
}
