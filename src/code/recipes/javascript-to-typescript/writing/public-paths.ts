import { starIn, withStar } from '../../../graph/star.ts';
import { withValueAt } from '../../../text/insert-member.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { literalPattern } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import { isTest } from '../reading/package-facts.ts';
import type { ManifestText, ManifestWish } from './manifest-wish.ts';

type Made = Pick<ManifestText, 'text' | 'left'>;
type Wish = Pick<ManifestWish, 'home' | 'running' | 'rootDir' | 'built' | 'moves' | 'paths'>;
type Keys = readonly string[];

/** So many subpaths are written out in the place of one pattern. */
const subpathsMax = 50;

/**
 * A package.json whose paths for others lead to what the build writes, or to the files under their new names. A pattern that
 * cannot is joined by the subpaths that it no longer gives; where those are too many, it is named. Pure.
 */
export function publicPaths(before: string, wish: Wish): Made {
  const value = jsonOf(before);
  const fields = isRecord(value) ? value : {};
  const isBuilt = wish.running === 'build';
  const named = isBuilt ? ['main', 'module', 'bin', 'exports', 'browser'] : ['exports', 'imports'];
  const left: Keys[] = [];
  let text = before;
  for (const field of named)
    text = withPaths(text, fields[field], { keys: [field], wish, leave: (keys) => left.push(keys) });
  const open: string[] = [];
  for (const field of isBuilt ? ['exports'] : ['exports', 'imports']) {
    const entries = isRecord(fields[field]) ? fields[field] : {};
    for (const key of new Set(left.filter(([one]) => one === field).map(([, key = '']) => key))) {
      const said = subpathsOf(key, entries, wish);
      if (said === undefined || said.length > subpathsMax)
        open.push(...left.filter(([one, other]) => one === field && other === key).map((keys) => shown(keys, fields)));
      else for (const [name, target] of said) text = withValueAt(text, { keys: [field, name], value: target });
    }
  }
  const files = isBuilt && Array.isArray(fields.files) && !fields.files.includes('dist') ? fields.files : undefined;
  if (files !== undefined) text = withValueAt(text, { keys: ['files'], value: [...files, 'dist'] });
  return { text, left: open };
}

function shown(keys: Keys, fields: Readonly<Record<string, unknown>>): string {
  const value = keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : at), fields);
  return `${keys.join(' > ')}: ${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

type At = { readonly keys: Keys; readonly wish: Wish; leave(keys: Keys): void };

function withPaths(text: string, value: unknown, at: At): string {
  const { keys, wish, leave } = at;
  if (isRecord(value))
    return Object.entries(value).reduce(
      (all, [key, one]) => withPaths(all, one, { ...at, keys: [...keys, key] }),
      text,
    );
  const own = (one: unknown): unknown => (typeof one === 'string' ? (pathAfter(one, at) ?? one) : one);
  if (Array.isArray(value)) {
    const made = value.map(own);
    return made.some((one, index) => one !== value[index]) ? withValueAt(text, { keys, value: made }) : text;
  }
  const made = typeof value === 'string' ? pathAfter(value, { wish, leave, keys }) : undefined;
  return made === undefined ? text : withValueAt(text, { keys, value: made });
}

/** A path as it is to be; undefined where it stays. */
function pathAfter(value: string, { keys, wish, leave }: At): string | undefined {
  const made = value.includes('*') ? patternAfter(value, wish) : fileAfter(value, wish);
  if (made === 'left') leave(keys);
  if (made === undefined || made === 'left') return undefined;
  return value.startsWith('./') ? made : made.replace(/^\.\//, '');
}

function fileAfter(path: string, wish: Wish): string | undefined {
  const { home, built, moves } = wish;
  const named = new Map([...moves].map(([from, to]) => [to, from]));
  for (const one of [path, `${path}.js`, `${path}/index.js`]) {
    const file = joined(home, one);
    const from = built.includes(file) || moves.has(file) ? file : named.get(file);
    if (from !== undefined) return targetOf(from, wish);
  }
  return undefined;
}

/** Where a file of before is afterwards for those who load it; undefined where it is where it was. */
function targetOf(file: string, { home, running, rootDir, built, moves }: Wish): string | undefined {
  const to = moves.get(file);
  if (running !== 'build') return to === undefined ? undefined : relativeFrom(home, to);
  if (to === undefined && !built.includes(file)) return undefined;
  return outOf(file, { home, rootDir }).replace(/\.([cm]?)(jsx|js|tsx|ts)$/, '.$1js');
}

function outOf(path: string, { home, rootDir }: Pick<Wish, 'home' | 'rootDir'>): string {
  const inside = rootDir === '.' ? path : path.slice(rootDir.length + 1);
  return relativeFrom(home, joined(joined(home, 'dist'), inside));
}

/**
 * `./src/*.js` as `./dist/*.js`, where all that it finds is built and its folder lies within the root of the build; or as
 * `./src/*.ts`, where all that it finds is TypeScript of one ending.
 * https://nodejs.org/api/packages.html#subpath-patterns
 */
function patternAfter(pattern: string, wish: Wish): string | 'left' | undefined {
  const { home, rootDir, built, running, moves } = wish;
  const own = joined(home, pattern);
  const found = foundBy(own, wish);
  if (!found.some((path) => targetOf(path, wish) !== undefined)) return undefined;
  if (running !== 'build') {
    const endings = new Set(found.map((path) => /\.\w+$/.exec(moves.get(path) ?? '')?.[0]));
    const [ending] = endings;
    const isOne = endings.size === 1 && ending !== undefined && /\.(m?js|jsx)$/.test(own);
    return isOne ? relativeFrom(home, own.replace(/\.\w+$/, ending)) : 'left';
  }
  const folder = own.slice(0, own.indexOf('*')).replace(/[^/]*$/, '');
  const isInside = rootDir === '.' || folder.startsWith(`${rootDir}/`);
  if (!isInside || found.some((path) => !built.includes(path)) || /\.jsx$/.test(own)) return 'left';
  return outOf(own, { home, rootDir });
}

function foundBy(pattern: string, { paths }: Wish): readonly string[] {
  const form = new RegExp(`^${pattern.split('*').map(literalPattern).join('(.+)')}$`);
  return paths.filter((path) => form.test(path) && !/(^|\/)node_modules\//.test(path));
}

/** The subpaths of a pattern that lead elsewhere now, with their targets; undefined where its key is none of a pattern. */
function subpathsOf(
  key: string,
  entries: Readonly<Record<string, unknown>>,
  wish: Wish,
): readonly (readonly [string, unknown])[] | undefined {
  if (!key.includes('*') || !/^[.#]/.test(key)) return undefined;
  const stars = new Set<string>();
  mapped(entries[key], (pattern) => {
    const own = joined(wish.home, pattern);
    for (const path of pattern.includes('*') ? foundBy(own, wish) : [])
      if (targetOf(path, wish) !== undefined && !isTest(path)) stars.add(starIn(own, path) ?? '');
    return pattern;
  });
  const head = (one: string) => one.indexOf('*');
  const others = Object.keys(entries).filter((one) => head(one) === -1 || head(one) > head(key));
  return [...stars]
    .sort()
    .filter((star) => star !== '' && others.every((one) => starIn(one, withStar(key, star)) === undefined))
    .map((star) => {
      const target = (pattern: string): string => {
        const path = withStar(pattern, star);
        return targetOf(joined(wish.home, path), wish) ?? path;
      };
      return [withStar(key, star), mapped(entries[key], target)];
    });
}

/** A value with each of its texts made anew. */
function mapped(value: unknown, made: (text: string) => string): unknown {
  if (typeof value === 'string') return made(value);
  if (Array.isArray(value)) return value.map((one) => mapped(one, made));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one, made)]));
}
