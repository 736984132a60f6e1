import picomatch from 'picomatch';
import type { TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import { type Config, listOf, type Setting, settingsOf } from './configs.ts';

/** An import as it is written. */
export type Import = { readonly from: string; readonly specifier: string; readonly isForItsEffect: boolean };

/** What a program is made of, as far as the tree itself holds it. */
export type ProgramFiles = {
  /** Sources and JSON that is imported, sorted; without `.d.ts`. */
  readonly files: readonly string[];
  readonly imports: readonly Import[];
};

const sources = /\.(?:[cm]?ts|tsx)$/;
const scripts = /\.(?:[cm]?js|jsx)$/;
const declarations = /\.d\.(?:[cm]?ts|[^.]+\.ts)$/;

/** The files of a program: what its lists take in, and what is imported from there. */
export async function filesOfProgram(
  tree: TreeView,
  config: Config,
  /** Programs that it refers to: of their files it sees the output only. */
  referred: readonly Config[] = [],
): Promise<ProgramFiles> {
  const settings = settingsOf(config);
  const own = new Set(tree.paths);
  const foreign = new Set(referred.flatMap((one) => rootsOf(tree, one, settingsOf(one))));
  const queue = [...rootsOf(tree, config, settings)];
  const seen = new Set(queue);
  const imports: Import[] = [];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (path.endsWith('.json')) continue;
    const text = (await tree.read(path))?.text;
    if (text === undefined) continue;
    for (const found of importsIn(path, text)) {
      imports.push(found);
      const to = resolveImport(found, { own, settings });
      if (
        to === undefined ||
        seen.has(to) ||
        foreign.has(to) ||
        (scripts.test(to) && settings.get('allowJs')?.value !== true)
      )
        continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return { files: [...seen].filter((path) => !declarations.test(path)).sort(), imports };
}

function rootsOf(tree: TreeView, config: Config, settings: ReadonlyMap<string, Setting>): readonly string[] {
  const files = listOf(config, 'files');
  const listed = (files?.list ?? [])
    .map((file) => joined(files?.folder ?? '.', file))
    .filter((path) => tree.paths.includes(path));
  const include =
    listOf(config, 'include') ??
    (files === undefined ? { folder: folderPath(config.path), list: ['**/*'] } : undefined);
  if (include === undefined) return listed;
  const exclude = listOf(config, 'exclude');
  const isIn = matcher(include);
  const isOut = exclude === undefined ? () => false : matcher(exclude);
  const out = outputOf(settings);
  const allowsScripts = settings.get('allowJs')?.value === true || settings.get('checkJs')?.value === true;
  const taken = tree.paths.filter(
    (path) =>
      (sources.test(path) || (allowsScripts && scripts.test(path))) &&
      isIn(path) &&
      !isOut(path) &&
      (out === undefined || !path.startsWith(`${out}/`)),
  );
  return [...new Set([...listed, ...taken])];
}

function outputOf(settings: ReadonlyMap<string, Setting>): string | undefined {
  const out = settings.get('outDir');
  if (typeof out?.value !== 'string') return undefined;
  const folder = joined(folderPath(out.from.path), out.value.replace(/\$\{configDir\}/, '.'));
  return folder === '.' ? undefined : folder;
}

/** A name without pattern stands for all that is below it (https://www.typescriptlang.org/tsconfig/#include). */
function matcher({
  folder,
  list,
}: {
  readonly folder: string;
  readonly list: readonly string[];
}): (path: string) => boolean {
  const patterns = list.flatMap((one) => {
    const pattern = joined(folder, one.replace(/\$\{configDir\}/, '.'));
    const last = pattern.slice(pattern.lastIndexOf('/') + 1);
    if (pattern === '.') return ['**/*'];
    if (last === '**') return [`${pattern}/*`];
    return /[*?]/.test(last) || /\.[a-z]+$/.test(last) ? [pattern] : [pattern, `${pattern}/**/*`];
  });
  return picomatch(patterns, { dot: false });
}

const specifiers = /(?<![\w.])(?:from\s*|import\s*\(?\s*|require\s*\(\s*)(['"])([^'"\n]+)\1/g;

function importsIn(from: string, text: string): readonly Import[] {
  return [...text.matchAll(specifiers)].map(([whole, , specifier = '']) => ({
    from,
    specifier,
    isForItsEffect: /^import\s*['"]/.test(whole),
  }));
}

type Resolving = { readonly own: ReadonlySet<string>; readonly settings: ReadonlyMap<string, Setting> };

/** The file of the tree that an import means; undefined where it means none. */
export function resolveImport({ from, specifier }: Import, { own, settings }: Resolving): string | undefined {
  if (/^\.{1,2}(\/|$)/.test(specifier)) return fileAt(joined(folderPath(from), specifier), own);
  return mappedBases(specifier, settings).flatMap((base) => fileAt(base, own) ?? [])[0];
}

/** The folder that `baseUrl` names, from the root. */
export function baseFolderOf(settings: ReadonlyMap<string, Setting>): string | undefined {
  const base = settings.get('baseUrl');
  return typeof base?.value === 'string' ? joined(folderPath(base.from.path), base.value) : undefined;
}

/** Where `paths` sends a specifier, else where `baseUrl` does. */
function mappedBases(specifier: string, settings: ReadonlyMap<string, Setting>): readonly string[] {
  const base = baseFolderOf(settings);
  const match = matchedPattern(specifier, settings);
  if (match === undefined) return base === undefined ? [] : [joined(base, specifier)];
  const folder = base ?? folderPath(match.from.path);
  return match.targets.map((target) => joined(folder, target.replace('*', match.star)));
}

/** The pattern of `paths` that a specifier matches: an exact one, else the one with the longest beginning. */
export function matchedPattern(specifier: string, settings: ReadonlyMap<string, Setting>) {
  const paths = settings.get('paths');
  if (paths === undefined || typeof paths.value !== 'object' || paths.value === null) return undefined;
  const matches = Object.entries(paths.value).flatMap(([pattern, targets]: [string, unknown]) => {
    const [start = '', end] = pattern.split('*');
    const fits =
      end === undefined
        ? specifier === pattern
        : specifier.length >= start.length + end.length && specifier.startsWith(start) && specifier.endsWith(end);
    if (!fits || !Array.isArray(targets)) return [];
    const star = end === undefined ? '' : specifier.slice(start.length, specifier.length - end.length);
    return [
      {
        weight: end === undefined ? Number.POSITIVE_INFINITY : start.length,
        star,
        targets: targets.map(String),
        from: paths.from,
      },
    ];
  });
  return matches.sort((one, other) => other.weight - one.weight)[0];
}

const endings = ['.ts', '.tsx', '.d.ts', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** The file that a path without certain ending means. */
export function fileAt(base: string, own: ReadonlySet<string>): string | undefined {
  const asSource = [...new Set([base.replace(/\.([cm]?)js$/, '.$1ts'), base.replace(/\.jsx?$/, '.tsx'), base])];
  const candidates = [
    ...asSource,
    ...endings.map((ending) => base + ending),
    ...endings.map((ending) => `${base}/index${ending}`),
  ];
  return candidates.find((path) => own.has(path) && /\.(?:[cm]?[jt]s|[jt]sx|json)$/.test(path));
}
