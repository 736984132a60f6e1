import { extname } from 'node:path';
import picomatch from 'picomatch';
import { extensionsOf } from '../jssg/language-names.ts';

/** Which files of a tree a step looks at. */
export type Selection = {
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  /** Folder from the root that patterns and files are below. */
  readonly base: string;
  /** Where there are no patterns, files by the extensions of these languages. */
  readonly languages: readonly string[];
};

/**
 * The paths that a step selects, in order. Patterns are those of gitignore, as in the public runner: without a slash they
 * match at any depth, and a folder stands for all that is below it.
 */
export function selectPaths(
  paths: readonly string[],
  { include, exclude, base, languages }: Selection,
): readonly string[] {
  const prefix = base === '.' || base === '' ? '' : `${base.replace(/^\.\//, '').replace(/\/$/, '')}/`;
  const extensions = new Set(languages.flatMap(extensionsOf));
  const isIn = include === undefined ? (path: string) => extensions.has(extname(path)) : matcher(include);
  const isOut = matcher(exclude ?? []);
  return paths.filter((path) => {
    if (!path.startsWith(prefix)) return false;
    const inner = path.slice(prefix.length);
    return isIn(inner) && !isOut(inner);
  });
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).flatMap(spelled);
  const unwanted = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .flatMap((pattern) => spelled(pattern.slice(1)));
  if (wanted.length === 0) return () => false;
  const isWanted = picomatch(wanted, { dot: true });
  const isUnwanted = unwanted.length === 0 ? () => false : picomatch(unwanted, { dot: true });
  return (path) => isWanted(path) && !isUnwanted(path);
}

function spelled(pattern: string): readonly string[] {
  const bare = pattern.replace(/^(\.?\/)+/, '').replace(/\/$/, '');
  const isAnywhere = !bare.includes('/');
  const whole = isAnywhere && bare !== '**' ? `**/${bare}` : bare;
  return [whole, `${whole}/**`];
}
