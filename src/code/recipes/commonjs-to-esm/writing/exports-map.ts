import { withValueAt } from '../../../text/insert-member.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';

type Package = {
  /** `open` leaves open what could be reached, `closed` its entry and package.json alone; any other word leaves the file as it is. */
  readonly exports: string;
  /** Every file of the package as it is to be, from its folder. */
  readonly paths: readonly string[];
  readonly isTyped: boolean;
};

/** A package.json with an `exports` map, where it has none yet and users. Pure. */
export function withExports(text: string, { exports, paths, isTyped }: Package): string {
  const value = jsonOf(text);
  const fields = isRecord(value) ? value : {};
  const isAsked = exports === 'open' || exports === 'closed';
  if (!isAsked || fields.private === true || fields.exports !== undefined) return text;
  const named = joined('.', typeof fields.main === 'string' ? fields.main : 'index.js');
  const main = [named, `${named}.js`, joined(named, 'index.js')].find((one) => paths.includes(one)) ?? named;
  const types = fields.types ?? fields.typings;
  const entry = typeof types === 'string' ? { types: `./${joined('.', types)}`, default: `./${main}` } : `./${main}`;
  const more =
    exports === 'closed'
      ? { './package.json': './package.json' }
      : openPaths(paths, { fields, isTyped, entries: [main] });
  return withMember(text, ['exports'], { '.': entry, ...more });
}

type Open = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly isTyped: boolean;
  /** Files that the package names as its entries. */
  readonly entries: readonly string[];
};

/** What an `exports` map needs to leave open what can be reached without one: without it every file could be reached, those of JavaScript without ending, and folders by their index. */
export function openPaths(
  paths: readonly string[],
  { fields, isTyped, entries }: Open,
): Readonly<Record<string, string>> {
  const open = paths.filter((path) => isPublished(path, fields));
  const endings = new Set(
    [...open, ...(isTyped ? ['a.js', 'a.ts', 'a.map'] : []), 'package.json'].flatMap(
      (path) => /(?<=.)\.(\w+)$/.exec(baseName(path))?.[1] ?? [],
    ),
  );
  const folders = open.flatMap((path) =>
    baseName(path) === 'index.js' && folderPath(path) !== '.' ? [[`./${folderPath(path)}`, `./${path}`] as const] : [],
  );
  const bare = open.flatMap((path) => (/^[^.]+$/.test(baseName(path)) ? [[`./${path}`, `./${path}`] as const] : []));
  const built = isTyped
    ? entries.flatMap((path) =>
        baseName(path) === 'index.js' && folderPath(path) !== '.'
          ? [[`./${folderPath(path)}`, `./${path}`] as const]
          : [],
      )
    : [];
  return Object.fromEntries([
    ...folders,
    ...built,
    ...bare,
    ...[...endings].sort().map((ending) => [`./*.${ending}`, `./*.${ending}`] as const),
    ['./*', './*.js'],
  ]);
}

/** True for a path that `files` of a package.json publishes. Pure. */
export function isPublished(path: string, { files }: Readonly<Record<string, unknown>>): boolean {
  if (!Array.isArray(files) || /^(package\.json|readme|licen[cs]e)/i.test(path)) return true;
  return files.some((one) => {
    if (typeof one !== 'string') return false;
    const plain = one.replace(/^\.?\//, '').replace(/(\/\*\*?(\/\*)?|\/)$/, '');
    return plain === '' || plain === '**' || path === plain || path.startsWith(`${plain}/`);
  });
}

/** A package.json with another value at a place; a new one stands behind `main`. Pure. */
export function withMember(text: string, keys: readonly string[], value: unknown): string {
  return withValueAt(text, { keys, value, placeAmong: (names) => names.indexOf('main') + 1 || names.length });
}
