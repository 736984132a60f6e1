import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { optionsOf } from './config-chain.ts';

/** A folder that a compiler fills, and the one that it reads. `isCertain` where a tsconfig says so, and it is no guess. */
export type BuiltFrom = { readonly out: string; readonly source: string; readonly isCertain: boolean };

/** Folders that builds write as a rule, with the one that they are built from. */
const guessed = ['dist', 'lib', 'build', 'out', 'es', 'esm', 'cjs', 'types'];

/** Which folders of a package are built from which: what its tsconfigs say, then what is usual. Pure. */
export function builtFrom(folder: string, texts: ReadonlyMap<string, string>): readonly BuiltFrom[] {
  const said: BuiltFrom[] = [];
  for (const path of texts.keys()) {
    if (folderPath(path) !== folder || !/^tsconfig[^/]*\.json$/.test(baseName(path))) continue;
    const options = optionsOf(path, texts);
    const source = sourceOf(options, folder);
    for (const name of ['outDir', 'declarationDir']) {
      const out = options.get(name);
      if (out === undefined || typeof out.value !== 'string' || source === undefined) continue;
      said.push({ out: joined(out.folder, out.value), source, isCertain: true });
    }
  }
  return [
    ...said,
    ...guessed.map((out) => ({ out: joined(folder, out), source: joined(folder, 'src'), isCertain: false })),
  ];
}

/** `rootDir`, else the one folder that everything of `include` stands in. */
function sourceOf(options: ReturnType<typeof optionsOf>, folder: string): string | undefined {
  const rootDir = options.get('rootDir');
  if (rootDir !== undefined)
    return typeof rootDir.value === 'string' ? joined(rootDir.folder, rootDir.value) : undefined;
  const include = options.get('include');
  const patterns = Array.isArray(include?.value) ? include.value.filter((one) => typeof one === 'string') : [];
  const tops = new Set(patterns.map((pattern) => pattern.replace(/^\.\//, '').split('/')[0] ?? ''));
  const [top] = tops;
  if (tops.size !== 1 || top === undefined || /[*?.{]/.test(top)) return undefined;
  return joined(include?.folder ?? folder, top);
}

const written: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.d\.([cm]?)ts$/, ['.$1ts', '.$1tsx']],
  [/\.([cm]?)js$/, ['.$1ts', '.$1tsx', '.$1js', '.$1jsx']],
  [/\.jsx$/, ['.tsx', '.jsx']],
];

/** The sources from which a built file may come, the likeliest first. Pure. */
export function sourcesOf(
  path: string,
  built: readonly BuiltFrom[],
): readonly { readonly path: string; readonly from: BuiltFrom }[] {
  return built.flatMap((from) => {
    if (!path.startsWith(`${from.out}/`)) return [];
    const rest = path.slice(from.out.length + 1);
    const endings = written.flatMap(([pattern, to]) =>
      pattern.test(rest) ? to.map((ending) => rest.replace(pattern, ending)) : [],
    );
    return [...endings, rest].map((one) => ({ path: joined(from.source, one), from }));
  });
}
