import { gte, minVersion } from 'semver';
import { optionsOf } from '../../../graph/config-chain.ts';
import type { TreeUnresolved, TreeView } from '../../../recipe.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import { type PackageFiles, UnfitPackage } from '../reading/package-files.ts';
import { memberAt } from '../writing/manifest.ts';
import { usersFinding } from '../writing/users.ts';
import { moduleOf, type TypedConfig } from './typed-config.ts';

/** How the sources of a package are compiled. */
export type Compilation = {
  readonly configs: readonly TypedConfig[];
  /** Every tsconfig, and what they extend of installed packages. */
  readonly texts: ReadonlyMap<string, string>;
  readonly major: number;
  readonly hasInterop: boolean;
  readonly hasMetadata: boolean;
};

/** Programs that load TypeScript by `require`. */
const hooks =
  /ts-node\/register|\bts-jest\b|\bts-mocha\b|@swc-node\/register|esbuild-register|@babel\/register|tsconfig-paths/;
/** Programs that compile or bundle TypeScript by settings of their own. */
const builders =
  /\b(babel|swc|esbuild|tsup|tsdown|rollup|webpack|ncc|parcel|microbundle|unbuild|tsdx|vite build|nest build)\b/;
const runners = /\bts-node(?:-dev|-esm)?\b|\bnodemon\b/g;

/** Reads how a package is compiled. Throws UnfitPackage where that cannot be turned, by name and with what to do first. */
export async function compilationOf(tree: TreeView, files: PackageFiles, home: string): Promise<Compilation> {
  const { fields } = files.manifest;
  refuseSources(files);
  refuseTools(fields);
  const version = await compilerOf(tree, fields, home);
  const texts = await configTexts(tree);
  const main = joined(home, 'tsconfig.json');
  if (!texts.has(main))
    throw new UnfitPackage(`It is written in TypeScript, and there is no ${main}, which says how it is compiled.`);
  const isOwn = (path: string) =>
    foldersUp(folderPath(path)).find((folder) => tree.paths.includes(joined(folder, 'package.json'))) === home;
  const configs = [...texts]
    .filter(([path]) => /^tsconfig[^/]*\.json$/.test(baseName(path)) && tree.paths.includes(path) && isOwn(path))
    .map(([path, text]) => ({ path, text }));
  const major = Number(version.split('.')[0]);
  for (const { path } of configs) {
    const isOther = moduleOf(path, texts, major) === 'other' && (path === main || optionsOf(path, texts).has('module'));
    if (isOther)
      throw new UnfitPackage(
        `${path} does not compile to CommonJS: ES modules are made already, by this or by a bundler.`,
      );
  }
  const option = (name: string) => optionsOf(main, texts).get(name)?.value;
  if (option('target') === undefined && major < 6)
    throw new UnfitPackage(
      `${main} names no target, and \`module: nodenext\` has another default. Name the target first; without one it is ES5.`,
    );
  if (option('allowJs') === true && files.modules.size > 0)
    throw new UnfitPackage(
      `${main} has allowJs: JavaScript and TypeScript that are compiled together are not turned yet. Turn the JavaScript into TypeScript first.`,
    );
  if (option('jsx') === 'preserve' && files.typed.some((path) => path.endsWith('.tsx')))
    throw new UnfitPackage(`${main} keeps JSX for another tool, which decides what the modules are.`);
  const isNode = moduleOf(main, texts, major) === 'node';
  const hasInterop =
    typeof option('esModuleInterop') === 'boolean' ? option('esModuleInterop') === true : isNode || major >= 6;
  return { configs, texts, major, hasInterop, hasMetadata: option('emitDecoratorMetadata') === true };
}

function refuseSources({ typed, manifest: { fields } }: PackageFiles): void {
  const marked = typed.find((path) => /\.[cm]tsx?$/.test(path));
  if (marked !== undefined)
    throw new UnfitPackage(
      `${marked} says by its name what it is; packages that have both kinds of modules in TypeScript are not turned yet.`,
    );
  const exported = JSON.stringify(fields.exports ?? {});
  if (fields.module !== undefined || (exported.includes('"require"') && exported.includes('"import"')))
    throw new UnfitPackage(
      'Its package.json publishes ES modules beside CommonJS already. Take one of the two builds out first.',
    );
}

/** Programs that would still load what is an ES module then by `require`. */
function refuseTools(fields: Readonly<Record<string, unknown>>): void {
  const scripts = isRecord(fields.scripts) ? fields.scripts : {};
  for (const [name, script] of Object.entries(scripts)) {
    if (typeof script !== 'string') continue;
    if (/(^|[\s/])jest\b/.test(script))
      throw new UnfitPackage(
        `The script "${name}" runs Jest, which transforms TypeScript into CommonJS. Run \`godwit plan --recipe jest-to-vitest\` first.`,
      );
    const builder = builders.exec(script)?.[0];
    if (builder !== undefined)
      throw new UnfitPackage(
        `The script "${name}" builds with ${builder}, whose settings decide what the modules become, and which this recipe does not read. Let that write ES modules, or compile with tsc, first.`,
      );
    const hook = hooks.exec(script)?.[0];
    if (hook !== undefined)
      throw new UnfitPackage(
        `The script "${name}" loads TypeScript with ${hook}, which works with \`require\` alone. Start it with tsx (\`node --import tsx\`), or compile first.`,
      );
  }
  const hook = hooks.exec(JSON.stringify([fields.mocha, fields.ava, fields.tap, fields.nyc]))?.[0];
  if (hook !== undefined)
    throw new UnfitPackage(
      `package.json has tests loaded with ${hook}, which works with \`require\` alone. Load them with tsx, or compile first.`,
    );
}

async function compilerOf(tree: TreeView, fields: Readonly<Record<string, unknown>>, home: string): Promise<string> {
  for (const folder of foldersUp(home)) {
    const manifest = jsonOf((await tree.installed(joined(folder, 'node_modules/typescript/package.json'))) ?? '');
    if (isRecord(manifest) && typeof manifest.version === 'string') return checked(manifest.version);
  }
  const declared = {
    ...(isRecord(fields.dependencies) ? fields.dependencies : {}),
    ...(isRecord(fields.devDependencies) ? fields.devDependencies : {}),
  };
  const range: unknown = declared.typescript;
  if (typeof range !== 'string' || !/^[\^~>=\s]*\d/.test(range))
    throw new UnfitPackage('It is written in TypeScript, and no version of the compiler is installed or declared.');
  return checked(minVersion(range)?.version ?? '0.0.0');
}

function checked(version: string): string {
  if (gte(version, '5.3.0')) return version;
  throw new UnfitPackage(
    `Its TypeScript is ${version}; ES modules for Node are complete from 5.3 on. Upgrade the compiler first.`,
  );
}

async function configTexts(tree: TreeView): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of tree.paths.filter((one) => /^tsconfig[^/]*\.json$/.test(baseName(one)))) {
    const text = (await tree.read(path))?.text;
    if (text === undefined) continue;
    texts.set(path, text);
    for (const place of basePlaces(path, text)) {
      const content = await tree.installed(place);
      if (content !== undefined) texts.set(place, content);
    }
  }
  return texts;
}

/** Where the installed configurations may stand that one extends, by the name of a package or by a path. */
function basePlaces(path: string, text: string): readonly string[] {
  const endings = ['', '.json', '/tsconfig.json'];
  return [...text.matchAll(/"extends"\s*:\s*"([^"]+)"/g)].flatMap(([, base = '']) => {
    const places = base.startsWith('.')
      ? [joined(folderPath(path), base)].filter((one) => /(^|\/)node_modules\//.test(one))
      : foldersUp(folderPath(path)).map((folder) => joined(folder, `node_modules/${base}`));
    return places.flatMap((place) => endings.map((ending) => `${place}${ending}`));
  });
}

/** What a person has to look at in package.json. Pure. */
export function manifestFindings({ manifest: { path, text, fields } }: PackageFiles): readonly TreeUnresolved[] {
  const found: TreeUnresolved[] = [];
  const scripts = isRecord(fields.scripts) ? fields.scripts : {};
  for (const [name, script] of Object.entries(scripts)) {
    const [runner] = typeof script === 'string' ? (script.match(runners) ?? []) : [];
    if (runner === undefined) continue;
    found.push({
      ...memberAt(text, ['scripts', name]),
      path,
      message: `The script "${name}" is left: ${runner} does not load ES modules in TypeScript as it is started here.`,
      cure: 'Start it with tsx, or compile first and start the JavaScript.',
    });
  }
  const isPublished = fields.main !== undefined || fields.exports !== undefined;
  if (isPublished) found.push(...usersFinding({ path, text }, { keepsValue: false }));
  return found;
}
