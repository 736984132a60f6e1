import { minVersion } from 'semver';
import * as z from 'zod';
import { UnfitTree } from '../../../engine/unfit-tree.ts';
import { isConfiguration } from '../../../graph/configured-paths.ts';
import { starIn } from '../../../graph/star.ts';
import type { TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import { builderOf, bundlerOf, commandsOf, targetsIn } from './bundling.ts';

/**
 * How what is converted comes to run: `build` by the compiler into a folder of its own, `node` as it stands by Node, `tsx`
 * as it stands by tsx, `bundler` by the bundler that is there.
 */
export type Running = 'build' | 'node' | 'tsx' | 'bundler';

const manifestSchema = z.looseObject({
  name: z.string().optional(),
  type: z.string().optional(),
  private: z.boolean().default(false),
  engines: z.record(z.string(), z.string()).default({}),
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

type Fields = z.infer<typeof manifestSchema>;

/** One package: how it is run, and which of its files are to become TypeScript. Paths are from the root of the tree. */
export type PackageFacts = {
  readonly home: string;
  readonly path: string;
  readonly text: string;
  readonly fields: Fields;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly running: Running;
  /** The lowest version of Node that `engines` takes; undefined where nothing is said. */
  readonly floor: string | undefined;
  /** Its scripts and declarations, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What is to be converted. */
  readonly candidates: readonly string[];
  /** What others start as commands, by name (`bin`). */
  readonly commands: ReadonlyMap<string, string>;
  /** What stays, with the reason, where a user may expect otherwise. */
  readonly stays: ReadonlyMap<string, string>;
};

const skipped =
  /(^|\/)(dist|build|out|lib-cov|coverage|public|static|vendor|assets|fixtures|__fixtures__|testdata|examples?|docs?|benchmarks?)\//;
const test = /(^|\/)(tests?|__tests__|specs?|e2e)\/|[.-](test|spec)\.[cm]?jsx?$|(^|\/)tests?\.[cm]?jsx?$/;

/** Reads a package and decides how its TypeScript will run. Throws UnfitTree. */
export async function packageFacts(tree: TreeView, home: string, wanted: string): Promise<PackageFacts> {
  const path = joined(home, 'package.json');
  const text = (await tree.read(path))?.text;
  const parsed = manifestSchema.safeParse(text === undefined ? undefined : jsonOf(text));
  if (text === undefined || !parsed.success)
    throw new UnfitTree(
      `There is no package.json that can be read in ${home}. Name the package with --recipe-option package=DIR.`,
    );
  const fields = parsed.data;
  const dependencies = {
    ...fields.peerDependencies,
    ...fields.optionalDependencies,
    ...fields.devDependencies,
    ...fields.dependencies,
  };
  const texts = await ownTexts(tree, home);
  const page = (await tree.read(joined(home, 'index.html')))?.text;
  const look = { home, paths: tree.paths, scripts: fields.scripts, dependencies, texts, page };
  const bundler = bundlerOf(look);
  refuse(fields, dependencies, { bundler, builder: builderOf(look) });
  const floor = lowest(fields.engines.node);
  const runner = { dependencies, hasInclude: await hasInclude(tree, home), links: tree.links };
  const { candidates, stays } = sorted(texts, runner);
  const commands = commandsOf(text, home);
  const running = runningOf(wanted, { fields, bundler, floor, home, candidates, commands });
  return { home, path, text, fields, dependencies, running, floor, texts, candidates, commands, stays };
}

function refuse(
  fields: Fields,
  dependencies: Readonly<Record<string, string>>,
  { bundler, builder }: { readonly bundler: string | undefined; readonly builder: string | undefined },
): void {
  if (bundler === undefined && fields.type !== 'module')
    throw new UnfitTree(
      'Its files are CommonJS, which TypeScript can only write as `import x = require()` and an `export =` that is moved to the end of the file. Run the recipe commonjs-to-esm first: `--recipe commonjs-to-esm --recipe javascript-to-typescript` plans both.',
    );
  if (Object.hasOwn(dependencies, 'jest'))
    throw new UnfitTree(
      'Its tests run by Jest, which reads TypeScript only through a transformer that is not chosen here. Run the recipe jest-to-vitest first.',
    );
  if (bundler === undefined && builder !== undefined)
    throw new UnfitTree(
      `${builder}, which is not taught TypeScript here. Give that tool its plugin for TypeScript, or leave the building to the compiler, first.`,
    );
}

type Ways = Pick<PackageFacts, 'home' | 'fields' | 'floor' | 'candidates' | 'commands'> & {
  readonly bundler: string | undefined;
};

function runningOf(wanted: string, ways: Ways): Running {
  const { fields, bundler, floor, candidates, commands } = ways;
  if (wanted === 'build') return 'build';
  const bare = stripsTypes(floor) ? 'node' : 'tsx';
  const started = bare === 'node' ? undefined : [...commands.values()].find((path) => candidates.includes(path));
  if (wanted === 'strip') {
    if (!fields.private)
      throw new UnfitTree(
        'It is published, and Node strips no types below node_modules. Leave out run=strip, or set "private": true where it is no package for others.',
      );
    if (started !== undefined)
      throw new UnfitTree(
        `Its command ${started} (bin) is started by Node without a loader, and Node below 22.18 strips no types. Leave out run=strip, or say in engines that only newer ones run it.`,
      );
    return bare;
  }
  if (bundler !== undefined && !givesSources(ways)) return 'bundler';
  return fields.private && fields.exports === undefined && started === undefined ? bare : 'build';
}

/** True where others get files as they stand, to be loaded by Node; what is bundled here is something else then. */
function givesSources({ home, fields, candidates }: Ways): boolean {
  if (fields.private || fields.type !== 'module') return false;
  const isPublished = fields.exports !== undefined || fields.bin !== undefined || fields.files !== undefined;
  const given = [fields.exports, fields.bin, ...(isPublished ? [fields.main] : [])].flatMap(targetsIn);
  return given.some((target) => {
    const paths = [target, `${target}.js`, `${target}/index.js`].map((one) => joined(home, one));
    return candidates.some((file) => !file.endsWith('.jsx') && paths.some((path) => starIn(path, file) !== undefined));
  });
}

/** Node strips types without a flag from 22.18 and 23.6 on (https://nodejs.org/api/typescript.html). */
export function stripsTypes(floor: string | undefined): boolean {
  const [major = 0, minor = 0] = (floor ?? '0.0.0').split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

function lowest(range: string | undefined): string | undefined {
  if (range === undefined) return undefined;
  try {
    return minVersion(range)?.version;
  } catch {
    // A range that cannot be read promises nothing.
    return undefined;
  }
}

async function ownTexts(tree: TreeView, home: string): Promise<ReadonlyMap<string, string>> {
  const homes = new Set(tree.paths.filter((one) => baseName(one) === 'package.json').map(folderPath));
  const texts = new Map<string, string>();
  for (const path of tree.paths) {
    const isOwn = foldersUp(folderPath(path)).find((folder) => homes.has(folder)) === home;
    if (!isOwn || !(/\.[cm]?[jt]sx?$/.test(path) || path.endsWith('.json'))) continue;
    const text = (await tree.read(path))?.text;
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

async function hasInclude(tree: TreeView, home: string): Promise<boolean> {
  for (const path of tree.paths.filter((one) => folderPath(one) === home && /^vite(st)?\.config\./.test(baseName(one))))
    if (/\binclude\s*:/.test((await tree.read(path))?.text ?? '')) return true;
  return false;
}

type Runner = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly hasInclude: boolean;
  readonly links: TreeView['links'];
};

function sorted(texts: ReadonlyMap<string, string>, runner: Runner): Pick<PackageFacts, 'candidates' | 'stays'> {
  const stays = new Map<string, string>();
  const candidates: string[] = [];
  const takesTests = Object.hasOwn(runner.dependencies, 'vitest') && !runner.hasInclude;
  for (const [path, text] of texts) {
    if (!/\.(m?js|jsx)$/.test(path) || skipped.test(path) || isTooling(path)) continue;
    const bare = path.replace(/\.(m?js|jsx)$/, '');
    const declared = [`${bare}.d.ts`, `${bare}.d.mts`].find((one) => texts.has(one));
    const why =
      declared !== undefined
        ? `its types are written by hand in ${declared}`
        : /@flow\b/.test(text.slice(0, 500))
          ? 'its types are those of Flow'
          : linkTo(path, runner.links) !== undefined
            ? `the symbolic link ${linkTo(path, runner.links)} leads to it, and would lead nowhere`
            : [`${bare}.ts`, `${bare}.tsx`, `${bare}.mts`].some((one) => texts.has(one))
              ? 'a file of that name is TypeScript already'
              : undefined;
    if (why !== undefined) stays.set(path, why);
    else if (!test.test(path) || takesTests) candidates.push(path);
  }
  return { candidates: candidates.sort(), stays };
}

/** A link to the file, or to a folder above it. */
function linkTo(path: string, links: TreeView['links']): string | undefined {
  return [...links].find(([, target]) => path === target || path.startsWith(`${target}/`))?.[0];
}

/** Configuration of tools stays as they look for it. */
function isTooling(path: string): boolean {
  const name = baseName(path);
  return (
    isConfiguration(path) ||
    /^\./.test(name) ||
    /\.(config|conf|setup|min)\.m?js$/.test(name) ||
    /^(gulpfile|Gruntfile)/.test(name)
  );
}

/** True for a file of tests, by its name. */
export function isTest(path: string): boolean {
  return test.test(path.replace(/\.(m|c)?ts(x?)$/, '.$1js$2'));
}

/** A member of a JSON object, where that is an object. */
export function recordAt(fields: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = fields[name];
  return isRecord(value) ? value : {};
}
