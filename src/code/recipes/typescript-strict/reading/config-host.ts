import picomatch from 'picomatch';
import { absolute, fromRoot } from '../../../compiler/virtual-tree.ts';
import type { TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import ts from '../../../typescript.cts';

/** Configurations of the compiler as the compiler itself reads them, out of a tree without a disk. */
export interface ConfigHost {
  parsed(path: string): Promise<ts.ParsedCommandLine>;
  /** True where one configuration extends another, by way of others too. */
  extends(path: string, base: string): Promise<boolean>;
}

/** Configurations extend others; chains are shorter than this. */
const roundsMax = 20;

/** Reads configurations with all that they extend, of the tree and of packages. */
export function configHost(tree: TreeView, texts: ReadonlyMap<string, string>): ConfigHost {
  const installed = new Map<string, string | undefined>();
  const parse = async (path: string): Promise<{ parsed: ts.ParsedCommandLine; seen: ReadonlySet<string> }> => {
    for (let round = 0; round < roundsMax; round += 1) {
      const [wanted, seen] = [new Set<string>(), new Set<string>()];
      const read = (name: string): string | undefined => {
        const own = fromRoot(name);
        if (own === undefined) return undefined;
        if (!/(^|\/)node_modules\//.test(own)) {
          seen.add(own);
          return texts.get(own);
        }
        if (!installed.has(own) && own.endsWith('.json')) wanted.add(own);
        return installed.get(own);
      };
      const host: ts.ParseConfigHost = {
        useCaseSensitiveFileNames: true,
        fileExists: (name) => read(name) !== undefined,
        readFile: read,
        readDirectory: (root, endings, exclude, include) =>
          found(texts.keys(), { root, endings, exclude: exclude ?? [], include }),
      };
      const { config, error } = ts.parseConfigFileTextToJson(absolute(path), texts.get(path) ?? '');
      const parsed = ts.parseJsonConfigFileContent(config, host, absolute(folderPath(path)), undefined, absolute(path));
      if (wanted.size === 0)
        return { parsed: { ...parsed, errors: [...(error === undefined ? [] : [error]), ...parsed.errors] }, seen };
      for (const name of wanted) installed.set(name, await tree.installed(name));
    }
    throw new Error(`${path} extends others without end.`);
  };
  return {
    parsed: async (path) => (await parse(path)).parsed,
    extends: async (path, base) => (await parse(path)).seen.has(base),
  };
}

type Asked = {
  readonly root: string;
  readonly endings: readonly string[];
  readonly exclude: readonly string[];
  readonly include: readonly string[];
};

/** Files by the patterns of a configuration (https://www.typescriptlang.org/tsconfig/#include). */
function found(paths: Iterable<string>, { root, endings, exclude, include }: Asked): string[] {
  const folder = fromRoot(`${root}/x`)?.replace(/\/?x$/, '') ?? '';
  const [isIn, isOut] = [matcher(include), matcher(exclude)];
  return [...paths].flatMap((path) => {
    const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
    const isFit = below !== undefined && endings.some((ending) => path.endsWith(ending)) && !isHidden(below);
    return isFit && isIn(below) && !isOut(below) ? [absolute(path)] : [];
  });
}

/** Folders that a pattern with stars does not go into. */
function isHidden(path: string): boolean {
  return /(^|\/)(node_modules|bower_components|jspm_packages|\.[^/]+)\//.test(path) || /\.min\.js$/.test(path);
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const plain = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''));
  const globs = plain.flatMap((pattern) =>
    pattern === '' || pattern === '.' ? ['**/*'] : [pattern, `${pattern}/**/*`],
  );
  return globs.length === 0 ? () => false : picomatch(globs, { dot: true });
}
