import semver from 'semver';
import * as z from 'zod';
import { homeOf, homesIn } from '../../../engine/homes.ts';
import type { TextEdit, TreeEdit, TreeTransform, TreeView } from '../../../recipe.ts';
import { jsonOf } from '../../../text/read-data.ts';
import { literalPattern } from '../../../text/search-text.ts';

/**
 * What Express 5 itself depends on, and its types: the packages that have to stand beside it in one version.
 * Source: package.json of express 5.
 */
const family: Readonly<Record<string, string>> = {
  '@types/express': '^5.0.0',
  '@types/express-serve-static-core': '^5.0.0',
  '@types/serve-static': '^2.2.0',
  accepts: '^2.0.0',
  'body-parser': '^2.2.1',
  'content-disposition': '^1.0.0',
  'content-type': '^1.0.5',
  cookie: '^0.7.1',
  'cookie-signature': '^1.2.1',
  debug: '^4.4.0',
  depd: '^2.0.0',
  encodeurl: '^2.0.0',
  'escape-html': '^1.0.3',
  etag: '^1.8.1',
  express: '^5.0.0',
  finalhandler: '^2.1.0',
  fresh: '^2.0.0',
  'http-errors': '^2.0.0',
  'merge-descriptors': '^2.0.0',
  'mime-types': '^3.0.0',
  'on-finished': '^2.4.1',
  once: '^1.4.0',
  parseurl: '^1.3.3',
  'proxy-addr': '^2.0.7',
  qs: '^6.14.0',
  'range-parser': '^1.2.1',
  router: '^2.2.0',
  send: '^1.1.0',
  'serve-static': '^2.2.0',
  statuses: '^2.0.1',
  'type-is': '^2.0.1',
  vary: '^1.1.2',
};

const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;
const group = z.record(z.string(), z.string()).default({}).catch({});
const schema = z.object({
  dependencies: group,
  devDependencies: group,
  peerDependencies: group,
  optionalDependencies: group,
});
type Manifest = z.infer<typeof schema>;

/** A package.json that still asks for Express 4 asks for 5; one whose code now reads types from mime-types has it. */
export const manifests: TreeTransform = {
  kind: 'tree',
  id: 'manifests',
  why: 'The code is written for Express 5 now. In an upgrade the versions have been chosen before; where the recipe runs alone, the package.json follows, and an install is needed.',
  async transform(tree) {
    const needing = await foldersNeedingMime(tree);
    const edits: TreeEdit[] = [];
    for (const path of tree.paths) {
      if (path !== 'package.json' && !path.endsWith('/package.json')) continue;
      const file = await tree.read(path);
      const parsed = schema.safeParse(jsonOf(file?.text ?? ''));
      if (file === undefined || !parsed.success) continue;
      const folder = path === 'package.json' ? '.' : path.slice(0, -'/package.json'.length);
      const own = [...raised(file.text, parsed.data), ...(needing.has(folder) ? withMime(file.text, parsed.data) : [])];
      if (own.length > 0) edits.push({ kind: 'edit', path, edits: own });
    }
    return { edits, unresolved: [] };
  },
};

function raised(text: string, manifest: Manifest): readonly TextEdit[] {
  if (!groups.some((name) => isBelow(manifest[name].express, '5.0.0'))) return [];
  return groups.flatMap((name) =>
    Object.entries(manifest[name]).flatMap(([dependency, range]) => {
      const wanted = family[dependency];
      if (wanted === undefined || wanted === range || !isBelow(range, undefined, wanted)) return [];
      return rangeEdit(text, { group: name, dependency, range, wanted });
    }),
  );
}

/** True for a range whose lowest version is below a version, or not above that of another range. */
function isBelow(range: string | undefined, version: string | undefined, other?: string): boolean {
  const lowest = range === undefined || semver.validRange(range) === null ? null : semver.minVersion(range);
  if (lowest === null || semver.validRange(range) === '*') return false;
  if (version !== undefined) return semver.lt(lowest, version);
  const wanted = other === undefined ? null : semver.minVersion(other);
  return wanted !== null && semver.lte(lowest, wanted);
}

type Raise = { readonly group: string; readonly dependency: string; readonly range: string; readonly wanted: string };

function rangeEdit(text: string, { group: name, dependency, range, wanted }: Raise): readonly TextEdit[] {
  const start = text.indexOf(`"${name}"`);
  const pattern = new RegExp(`"${literalPattern(dependency)}"\\s*:\\s*"${literalPattern(range)}"`, 'g');
  pattern.lastIndex = Math.max(0, start);
  const found = pattern.exec(text);
  if (start === -1 || found === null) return [];
  const length = range.length + 2;
  return [{ offset: found.index + found[0].length - length, length, text: JSON.stringify(wanted) }];
}

function withMime(text: string, manifest: Manifest): readonly TextEdit[] {
  if (groups.some((name) => manifest[name]['mime-types'] !== undefined)) return [];
  const home = groups.find((name) => manifest[name].express !== undefined);
  if (home === undefined) return [];
  const start = text.indexOf(`"${home}"`);
  const last = Object.entries(manifest[home]).at(-1);
  if (start === -1 || last === undefined) return [];
  const pattern = new RegExp(`(\\s*)"${literalPattern(last[0])}"\\s*:\\s*"${literalPattern(last[1])}"`, 'g');
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  if (found === null) return [];
  const offset = found.index + found[0].length;
  return [{ offset, length: 0, text: `,${found[1] ?? ' '}"mime-types": ${JSON.stringify(family['mime-types'])}` }];
}

/** Folders of packages with a file that names both express and mime-types. */
async function foldersNeedingMime(tree: TreeView): Promise<ReadonlySet<string>> {
  const homes = await homesIn(tree);
  const folders = new Set<string>();
  for (const path of tree.paths) {
    if (!/\.([cm]?[jt]s|[jt]sx)$/.test(path)) continue;
    const home = homeOf(path, homes);
    if (home === undefined || folders.has(home.path) || home.dependencies['mime-types'] !== undefined) continue;
    const text = (await tree.read(path))?.text ?? '';
    if (/(from|require\() *['"]mime-types['"]/.test(text) && /['"]express['"]/.test(text)) folders.add(home.path);
  }
  return folders;
}
