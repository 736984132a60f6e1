import { readFileSync, realpathSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from '../typescript.cts';

/** What a specifier means in a file. */
export type Resolved =
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string };

const builtin = new Set(builtinModules);
const extensions = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/**
 * Finds a module as transforms name it: relative with or without extension (`./x.js` may be `x.ts`), folders with an index,
 * `paths` of the nearest tsconfig.json, packages as Node finds them. Throws an Error that names what is missing.
 */
export function resolveModule(specifier: string, parent: string): Resolved {
  const bare = specifier.replace(/^node:/, '');
  if (specifier.startsWith('node:') || builtin.has(bare)) return { kind: 'builtin', name: bare };
  if (specifier.startsWith('file:')) return { kind: 'file', path: real(fileURLToPath(specifier)) };
  if (/^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..') {
    const found = probe(resolve(dirname(parent), specifier));
    if (found === undefined) throw new Error(`${specifier} is not there; ${parent} imports it.`);
    return { kind: 'file', path: found };
  }
  const path = byPaths(specifier, parent) ?? inPackages(specifier, parent);
  return { kind: 'file', path };
}

function probe(path: string): string | undefined {
  const withSource = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const candidates = [
    ...extensions.map((extension) => path + extension),
    withSource,
    ...extensions.slice(1).map((extension) => join(path, `index${extension}`)),
  ];
  const found = candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true);
  return found === undefined ? undefined : real(found);
}

function real(path: string): string {
  return realpathSync(path);
}

/** Aliases of the tsconfig.json that is nearest to the importing file. */
function byPaths(specifier: string, parent: string): string | undefined {
  const config = nearestConfig(dirname(parent));
  if (config === undefined) return undefined;
  for (const [pattern, targets] of Object.entries(config.paths)) {
    const [before = '', after] = pattern.split('*');
    const isMatch =
      after === undefined ? specifier === pattern : specifier.startsWith(before) && specifier.endsWith(after);
    if (!isMatch) continue;
    const middle = specifier.slice(before.length, after === undefined ? undefined : specifier.length - after.length);
    for (const target of targets) {
      const found = probe(resolve(config.folder, target.replace('*', middle)));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

type Aliases = { readonly folder: string; readonly paths: Readonly<Record<string, readonly string[]>> };
const configs = new Map<string, Aliases | undefined>();

function nearestConfig(folder: string): Aliases | undefined {
  if (configs.has(folder)) return configs.get(folder);
  const found = readConfig(folder) ?? (dirname(folder) === folder ? undefined : nearestConfig(dirname(folder)));
  configs.set(folder, found);
  return found;
}

function readConfig(folder: string): Aliases | undefined {
  const path = join(folder, 'tsconfig.json');
  const text = readIfAllowed(path);
  if (text === undefined) return undefined;
  const parsed = ts.parseJsonConfigFileContent(
    ts.parseConfigFileTextToJson(path, text).config ?? {},
    onlyConfigs,
    folder,
  );
  const { paths = {}, baseUrl = folder } = parsed.options;
  return { folder: baseUrl, paths };
}

/** Above the package nothing may be read: that is no configuration of its. */
function readIfAllowed(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

const onlyConfigs: ts.ParseConfigHost = {
  useCaseSensitiveFileNames: true,
  fileExists: (path) => readIfAllowed(path) !== undefined,
  readFile: readIfAllowed,
  readDirectory: () => [],
};

/** With `--experimental-import-meta-resolve` the second argument is the importing file (Node's esm.md, import.meta.resolve). */
function inPackages(specifier: string, parent: string): string {
  const url = import.meta.resolve(specifier, pathToFileURL(parent));
  if (url.startsWith('file:')) return real(fileURLToPath(url));
  throw new Error(`${specifier}, which ${parent} imports, is no file.`);
}
