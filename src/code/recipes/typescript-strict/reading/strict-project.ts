import { minVersion } from 'semver';
import * as z from 'zod';
import { fromRoot } from '../../../compiler/virtual-tree.ts';
import { UnfitTree } from '../../../engine/unfit-tree.ts';
import type { TreeView } from '../../../recipe.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp, joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import { configHost } from './config-host.ts';

/** What one configuration of the compiler is about. */
export type StrictProject = {
  /** Path of the configuration, from the root of the tree. */
  readonly config: string;
  readonly options: ts.CompilerOptions;
  /** True where it extends no other: what is taken out of it is not said elsewhere. */
  readonly isAlone: boolean;
  /** Files at which it begins, and those of configurations that extend it. */
  readonly roots: readonly string[];
  /** Every file of code or JSON that the tree has. */
  readonly texts: ReadonlyMap<string, string>;
  /** Version of the compiler that is installed, or the range that is declared. */
  readonly version: string;
};

const manifestSchema = z.looseObject({
  version: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** Reads a project of the compiler. Throws UnfitTree where there is none of TypeScript alone. */
export async function strictProject(tree: TreeView, config: string): Promise<StrictProject> {
  const folder = folderPath(config);
  const components = tree.paths.find((path) => /\.(vue|svelte|astro)$/.test(path) && isBelow(path, folder));
  if (components !== undefined)
    throw new UnfitTree(`${components} is a component, which the compiler of TypeScript alone does not read.`);
  const texts = new Map<string, string>();
  for (const path of tree.paths) {
    if (!/\.([cm]?[jt]sx?|json)$/.test(path)) continue;
    const text = (await tree.read(path))?.text;
    if (text !== undefined) texts.set(path, text);
  }
  if (!texts.has(config))
    throw new UnfitTree(
      `There is no ${config}. Name the configuration with the option config, or the folder with package.`,
    );
  const host = configHost(tree, texts);
  const parsed = await host.parsed(config);
  const [error] = parsed.errors.filter(({ code }) => ![18002, 18003, 5023, 5102, 5107, 5108].includes(code));
  if (error !== undefined) throw new UnfitTree(`${config}: ${ts.flattenDiagnosticMessageText(error.messageText, ' ')}`);
  if ((parsed.projectReferences ?? []).length > 0)
    throw new UnfitTree(`${config} refers to projects. Run the recipe for each of them, with the option config.`);
  const roots = new Set(parsed.fileNames);
  for (const other of tree.paths.filter((path) => /^tsconfig[^/]*\.json$/.test(baseName(path)) && path !== config))
    if (await host.extends(other, config)) for (const path of (await host.parsed(other)).fileNames) roots.add(path);
  const manifest = manifestOf(folder, texts);
  const version = await compilerVersion(tree, folder, manifest);
  const own = [...roots].flatMap((path) => fromRoot(path) ?? []).toSorted();
  if (own.length === 0) throw new UnfitTree(`${config} names no file.`);
  const options = withDefaults(parsed.options, { version, manifest });
  return { config, options, isAlone: parsed.raw?.extends === undefined, roots: own, texts, version };
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}

type Manifest = z.infer<typeof manifestSchema>;

/** What the package.json above a folder and those above it declare, the nearest first. */
function manifestOf(folder: string, texts: ReadonlyMap<string, string>): Manifest {
  const all = [folder, ...foldersUp(folder)].flatMap((one): readonly Manifest[] => {
    const text = texts.get(joined(one, 'package.json'));
    const parsed = manifestSchema.safeParse(
      text === undefined ? undefined : ts.parseConfigFileTextToJson('', text).config,
    );
    return parsed.success ? [parsed.data] : [];
  });
  const merged = (kind: 'dependencies' | 'devDependencies') =>
    Object.assign({}, ...all.toReversed().map((one) => one[kind]));
  return { dependencies: merged('dependencies'), devDependencies: merged('devDependencies') };
}

async function compilerVersion(tree: TreeView, folder: string, manifest: Manifest): Promise<string> {
  for (const one of [folder, ...foldersUp(folder)]) {
    const text = await tree.installed(joined(one, 'node_modules/typescript/package.json'));
    const parsed = manifestSchema.safeParse(
      text === undefined ? undefined : ts.parseConfigFileTextToJson('', text).config,
    );
    if (parsed.success && parsed.data.version !== undefined) return parsed.data.version;
  }
  const declared = manifest.devDependencies.typescript ?? manifest.dependencies.typescript;
  if (declared !== undefined && minVersionOf(declared) !== undefined) return declared;
  throw new UnfitTree(
    'TypeScript is not installed here, and no package.json says which version is meant. Install it first.',
  );
}

function minVersionOf(range: string): number | undefined {
  try {
    return minVersion(range)?.major;
  } catch {
    return undefined;
  }
}

/** What older compilers take where nothing is said, and the one that is asked here takes otherwise. */
function withDefaults(
  options: ts.CompilerOptions,
  { version, manifest }: { readonly version: string; readonly manifest: Manifest },
): ts.CompilerOptions {
  const all = { ...options, noEmit: true, composite: false, incremental: false, ignoreDeprecations: '6.0' };
  if ((minVersionOf(version) ?? 6) >= 6) return { ...all, strict: options.strict ?? true };
  const target = options.target ?? ts.ScriptTarget.ES5;
  const module = options.module ?? (target >= ts.ScriptTarget.ES2015 ? ts.ModuleKind.ES2015 : ts.ModuleKind.CommonJS);
  const isNode = module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
  const resolution = isNode ? undefined : ts.ModuleResolutionKind.Node10;
  const moduleResolution = options.moduleResolution ?? (module === ts.ModuleKind.Preserve ? undefined : resolution);
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const types = names.flatMap((name) => (name.startsWith('@types/') ? [name.slice('@types/'.length)] : []));
  return {
    ...all,
    target,
    module,
    ...(moduleResolution === undefined ? {} : { moduleResolution }),
    strict: options.strict ?? false,
    types: options.types ?? types,
    esModuleInterop: options.esModuleInterop ?? isNode,
    noUncheckedSideEffectImports: options.noUncheckedSideEffectImports ?? false,
  };
}
