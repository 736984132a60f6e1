import { isRecord } from '../../../text/read-data.ts';
import type { PackageFiles } from '../reading/package-files.ts';
import { isPublished, openPaths, withMember } from '../writing/exports-map.ts';
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
    ? {
        ...map,
        ...openPaths(below, { fields, isTyped: typed.length > 0, entries: entries.map(({ common }) => common) }),
      }
    : { ...(isRecord(fields.exports) ? fields.exports : {}), ...map };
  const withMap = withMember(text, ['exports'], exported);
  const added = entries
    .flatMap(({ wrapper, wrapperTypes, types }) => [wrapper, ...(types === undefined ? [] : [wrapperTypes])])
    .filter((path) => !isPublished(path, fields));
  const files = Array.isArray(fields.files) ? fields.files : undefined;
  return files === undefined || added.length === 0 ? withMap : withMember(withMap, ['files'], [...files, ...added]);
}

/** https://nodejs.org/api/packages.html#conditional-exports: the first that matches counts, and `types` has to be it. */
function conditionsOf({ common, wrapper, types, wrapperTypes }: DualEntry): unknown {
  if (types === undefined) return { import: `./${wrapper}`, require: `./${common}` };
  return {
    import: { types: `./${wrapperTypes}`, default: `./${wrapper}` },
    require: { types: `./${types}`, default: `./${common}` },
  };
}
