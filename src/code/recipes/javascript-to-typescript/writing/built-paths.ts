import { withValueAt } from '../../../text/insert-member.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { literalPattern } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import type { ManifestText, ManifestWish } from './manifest-wish.ts';

type Built = Pick<ManifestText, 'text' | 'left'>;
type Wish = Pick<ManifestWish, 'home' | 'rootDir' | 'built' | 'moves' | 'paths'>;

/** A package.json of which users load what the build writes; patterns that cannot lead there are left, and named. Pure. */
export function builtPaths(before: string, wish: Wish): Built {
  const value = jsonOf(before);
  const fields = isRecord(value) ? value : {};
  let made: Built = { text: before, left: [] };
  for (const field of ['main', 'module', 'bin', 'exports', 'browser'] as const)
    made = builtIn(made, fields[field], { keys: [field], wish });
  if (!Array.isArray(fields.files) || fields.files.includes('dist')) return made;
  return { ...made, text: withValueAt(made.text, { keys: ['files'], value: [...fields.files, 'dist'] }) };
}

function builtIn(made: Built, value: unknown, at: { readonly keys: string[]; readonly wish: Wish }): Built {
  const { keys, wish } = at;
  if (isRecord(value))
    return Object.entries(value).reduce((all, [key, one]) => builtIn(all, one, { keys: [...keys, key], wish }), made);
  if (typeof value !== 'string') return made;
  const built = value.includes('*') ? builtPattern(value, wish) : builtFile(value, wish);
  if (built === undefined) return made;
  if (built === 'left') return { ...made, left: [...made.left, `${keys.join(' > ')}: ${value}`] };
  const text = value.startsWith('./') ? built : built.replace(/^\.\//, '');
  return { ...made, text: withValueAt(made.text, { keys: [...keys], value: text }) };
}

function builtFile(path: string, { home, rootDir, built, moves }: Wish): string | undefined {
  const named = new Set(moves.values());
  const file = [path, `${path}.js`]
    .map((one) => joined(home, one))
    .find((one) => built.includes(one) || named.has(one) || moves.has(one));
  if (file === undefined) return undefined;
  return outOf(file, { home, rootDir }).replace(/\.([cm]?)(jsx|js|tsx|ts)$/, '.$1js');
}

function outOf(path: string, { home, rootDir }: Pick<Wish, 'home' | 'rootDir'>): string {
  const inside = rootDir === '.' ? path : path.slice(rootDir.length + 1);
  return relativeFrom(home, joined(joined(home, 'dist'), inside));
}

/**
 * `./src/*.js` as `./dist/*.js`, where all that it finds is built and its folder lies within the root of the build.
 * https://nodejs.org/api/packages.html#subpath-patterns
 */
function builtPattern(pattern: string, { home, rootDir, built, paths }: Wish): string | 'left' | undefined {
  const own = joined(home, pattern);
  const form = new RegExp(`^${own.split('*').map(literalPattern).join('(.+)')}$`);
  const found = paths.filter((path) => form.test(path) && !/(^|\/)node_modules\//.test(path));
  if (!found.some((path) => built.includes(path))) return undefined;
  const folder = own.slice(0, own.indexOf('*')).replace(/[^/]*$/, '');
  const isInside = rootDir === '.' || folder.startsWith(`${rootDir}/`);
  if (!isInside || found.some((path) => !built.includes(path)) || /\.jsx$/.test(own)) return 'left';
  return outOf(own, { home, rootDir });
}
