import { modify } from 'jsonc-parser';
import { applyEdits } from '../../../engine/apply-edits.ts';
import { isRecord } from '../../../read-data.ts';
import { baseName, folderPath } from '../../../search-text.ts';
import type { PackageFiles } from '../reading/package-files.ts';
import type { DualEntry } from './entries.ts';

type Published = { readonly home: string; readonly entries: readonly DualEntry[]; readonly paths: readonly string[] };

/** The package.json with an `exports` map for both kinds; paths that users reach today stay open. Pure. */
export function dualManifest({ manifest, typed }: PackageFiles, { home, entries, paths }: Published): string {
  const { fields, text } = manifest;
  const map: Record<string, unknown> = {};
  for (const entry of entries) map[entry.key] = conditionsOf(entry);
  const isOpen = fields.exports === undefined;
  const own = paths.filter((one) => home === '.' || one.startsWith(`${home}/`));
  const below = own.map((one) => (home === '.' ? one : one.slice(home.length + 1)));
  const exported = isOpen
    ? { ...map, ...openPaths(below, { fields, isTyped: typed.length > 0, entries }) }
    : { ...(isRecord(fields.exports) ? fields.exports : {}), ...map };
  const withMap = set(text, ['exports'], exported);
  const added = entries
    .flatMap(({ wrapper, wrapperTypes, types }) => [wrapper, ...(types === undefined ? [] : [wrapperTypes])])
    .filter((path) => !isPublished(path, fields));
  const files = Array.isArray(fields.files) ? fields.files : undefined;
  return files === undefined || added.length === 0 ? withMap : set(withMap, ['files'], [...files, ...added]);
}

/** https://nodejs.org/api/packages.html#conditional-exports: the first that matches counts, and `types` has to be it. */
function conditionsOf({ common, wrapper, types, wrapperTypes }: DualEntry): unknown {
  if (types === undefined) return { import: `./${wrapper}`, require: `./${common}` };
  return {
    import: { types: `./${wrapperTypes}`, default: `./${wrapper}` },
    require: { types: `./${types}`, default: `./${common}` },
  };
}

type Open = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly isTyped: boolean;
  readonly entries: readonly DualEntry[];
};

/** Without `exports` every file could be reached, those of JavaScript without ending, and folders by their index. */
function openPaths(paths: readonly string[], { fields, isTyped, entries }: Open): Readonly<Record<string, string>> {
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
  const commons = entries.map(({ common }) => common);
  const built = isTyped
    ? commons.flatMap((path) =>
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

function isPublished(path: string, { files }: Readonly<Record<string, unknown>>): boolean {
  if (!Array.isArray(files) || /^(package\.json|readme|licen[cs]e)/i.test(path)) return true;
  return files.some((one) => {
    if (typeof one !== 'string') return false;
    const plain = one.replace(/^\.?\//, '').replace(/(\/\*\*?(\/\*)?|\/)$/, '');
    return plain === '' || plain === '**' || path === plain || path.startsWith(`${plain}/`);
  });
}

function set(text: string, path: string[], value: unknown): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const edits = modify(text, path, value, {
    formattingOptions: {
      insertSpaces: !indent.includes('\t'),
      tabSize: indent.length,
      eol: text.includes('\r\n') ? '\r\n' : '\n',
    },
    getInsertionIndex: (names) => names.indexOf('main') + 1 || names.length,
  });
  return applyEdits(
    text,
    edits.map(({ offset, length, content }) => ({ offset, length, text: content })),
  ).text;
}
