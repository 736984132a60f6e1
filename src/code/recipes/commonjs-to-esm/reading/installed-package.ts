import { init, parse } from 'cjs-module-lexer';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import { moduleExports } from './module-exports.ts';

/** What `import` finds under a name, as Node does it. */
export type PackageFacts = {
  /** As `import` has to write it: without `exports` a path needs its whole file name. */
  readonly specifier: string;
  readonly kind: 'common' | 'module' | 'json';
  /** Names that can be imported; for `common` those that Node's lexer sees. */
  readonly names: ReadonlySet<string>;
  readonly hasDefault: boolean;
  /** True where `require` finds another file than `import`. */
  readonly isDual: boolean;
  /** For a dual package: names of what `require` finds. */
  readonly requiredNames: ReadonlySet<string>;
  /** True where what `require` finds looks at `module.parent`, which nothing has that an `import` loads. */
  readonly asksParent: boolean;
};

type Read = (path: string) => Promise<string | undefined>;
const filesMax = 64;

/** Looks a package up in the node_modules above a file; undefined where it is not installed or cannot be resolved. */
export async function packageFacts(from: string, specifier: string, read: Read): Promise<PackageFacts | undefined> {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const rest = specifier.slice(name.length + 1);
  for (const folder of foldersUp(folderPath(from))) {
    const home = joined(folder, `node_modules/${name}`);
    const text = await read(`${home}/package.json`);
    if (text === undefined) continue;
    const manifest = jsonOf(text);
    const fields = isRecord(manifest) ? manifest : {};
    const imported = await entry(
      home,
      fields,
      { rest, conditions: ['node', 'import', 'module-sync', 'default'] },
      read,
    );
    const required = await entry(
      home,
      fields,
      { rest, conditions: ['node', 'require', 'module-sync', 'default'] },
      read,
    );
    if (imported === undefined) return undefined;
    const kind = await kindOf(imported, home, read);
    if (kind === undefined) return undefined;
    const names = kind === 'json' ? new Set<string>() : await namesOf(imported, kind, read);
    const isDual = required !== undefined && required !== imported;
    return {
      specifier: fields.exports === undefined && rest !== '' ? `${name}${imported.slice(home.length)}` : specifier,
      kind,
      names,
      hasDefault: kind !== 'module' || names.has('default'),
      isDual,
      requiredNames: isDual ? await namesOf(required, 'common', read) : names,
      asksParent: kind === 'common' && /\bmodule\.parent\b/.test(withoutComments((await read(imported)) ?? '')),
    };
  }
  return undefined;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}

type Wanted = { readonly rest: string; readonly conditions: readonly string[] };
type Fields = Readonly<Record<string, unknown>>;

async function entry(
  home: string,
  fields: Fields,
  { rest, conditions }: Wanted,
  read: Read,
): Promise<string | undefined> {
  if (fields.exports !== undefined && fields.exports !== null) {
    const found = exported(fields.exports, rest === '' ? '.' : `./${rest}`, conditions);
    return found === undefined ? undefined : joined(home, found);
  }
  const main = typeof fields.main === 'string' ? fields.main : 'index.js';
  const path = joined(home, rest === '' ? main : rest);
  const candidates = [
    path,
    `${path}.js`,
    `${path}.json`,
    `${path}/index.js`,
    ...(rest === '' ? [`${home}/index.js`] : []),
  ];
  for (const one of candidates) {
    if (/\.[cm]?js$|\.json$/.test(one) && (await read(one)) !== undefined) return one;
  }
  return undefined;
}

/** https://nodejs.org/api/esm.html#resolution-algorithm-specification, PACKAGE_EXPORTS_RESOLVE. */
function exported(exports: unknown, key: string, conditions: readonly string[]): string | undefined {
  const isKeyed = isRecord(exports) && Object.keys(exports).some((one) => one.startsWith('.'));
  if (!isKeyed) return key === '.' ? target(exports, '', conditions) : undefined;
  const exact = exports[key];
  if (exact !== undefined) return target(exact, '', conditions);
  const patterns = Object.keys(exports)
    .filter((one) => one.includes('*'))
    .sort((one, other) => other.indexOf('*') - one.indexOf('*'));
  for (const pattern of patterns) {
    const [head = '', tail = ''] = pattern.split('*');
    if (!key.startsWith(head) || !key.endsWith(tail) || key.length < pattern.length) continue;
    return target(exports[pattern], key.slice(head.length, key.length - tail.length), conditions);
  }
  return undefined;
}

function target(value: unknown, star: string, conditions: readonly string[]): string | undefined {
  if (typeof value === 'string') return value.replaceAll('*', star);
  if (Array.isArray(value)) return value.map((one) => target(one, star, conditions)).find((one) => one !== undefined);
  if (!isRecord(value)) return undefined;
  for (const [condition, one] of Object.entries(value)) {
    if (!conditions.includes(condition)) continue;
    const found = target(one, star, conditions);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function kindOf(path: string, home: string, read: Read): Promise<PackageFacts['kind'] | undefined> {
  if (path.endsWith('.mjs')) return 'module';
  if (path.endsWith('.cjs')) return 'common';
  if (path.endsWith('.json')) return 'json';
  if (!path.endsWith('.js')) return undefined;
  for (const folder of foldersUp(folderPath(path))) {
    const text = await read(`${folder}/package.json`);
    const manifest = text === undefined ? undefined : jsonOf(text);
    if (isRecord(manifest)) return manifest.type === 'module' ? 'module' : 'common';
    if (folder === home) return 'common';
  }
  return 'common';
}

/** Names that `import` sees in a file of CommonJS, and in those that it passes on. */
export function importedNames(path: string, read: Read): Promise<ReadonlySet<string>> {
  return namesOf(path, 'common', read);
}

/** Names that Node finds in a file: by its lexer for CommonJS, what it exports itself for a module. */
async function namesOf(path: string, kind: 'common' | 'module', read: Read): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const queue = [path];
  await init();
  for (let at = queue.shift(); at !== undefined && seen.size < filesMax; at = queue.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const text = await read(at);
    if (text === undefined) continue;
    const { own, passedOn } = kind === 'module' ? moduleExports(text) : commonExports(text);
    for (const name of own) if (at === path || name !== 'default') names.add(name);
    for (const other of passedOn.filter((one) => one.startsWith('.'))) {
      const base = joined(folderPath(at), other);
      const all = [base, `${base}.js`, `${base}.cjs`, `${base}/index.js`];
      for (const one of all) if (/\.[cm]?js$/.test(one) && (await read(one)) !== undefined) queue.push(one);
    }
  }
  return names;
}

function commonExports(text: string): { readonly own: readonly string[]; readonly passedOn: readonly string[] } {
  try {
    const { exports, reexports } = parse(text);
    return { own: exports, passedOn: reexports };
  } catch {
    // Node too finds no names in what its lexer cannot read.
    return { own: [], passedOn: [] };
  }
}
