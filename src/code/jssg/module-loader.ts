import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import ts from '../typescript.cts';
import { resolveModule } from './resolve-module.ts';

type Exports = Readonly<Record<string, unknown>>;

/** Modules that stand in for others. */
export type Provided = {
  /** What a specifier means beside files; undefined for one that means a file, and `refused` where it may not be had. */
  find(specifier: string): Exports | { readonly refused: string } | undefined;
};

/** Loads a module and all that it imports anew, so that nothing of one file's run is left for the next. */
export type LoadModule = (file: string) => Promise<Exports>;

/** Compiled once in the life of the process: a transform's sources do not change while it runs. */
const sources = new Map<string, Source>();

/**
 * A loader of modules in TypeScript or JavaScript that needs neither a hook thread nor a worker, which the permission
 * model would have to allow (Node's permissions.md): it links `vm.SourceTextModule`s itself.
 */
export function moduleLoader(provided: Provided): LoadModule {
  const sourceOf = (file: string): Source => {
    const source = sources.get(file) ?? readSource(file);
    sources.set(file, source);
    return source;
  };
  return async (file) => {
    const graph = new Map<string, Promise<vm.Module>>();
    const load = (specifier: string, parent: string): Promise<vm.Module> => {
      const stand = provided.find(specifier);
      if (stand !== undefined && isRefused(stand)) return Promise.reject(new Error(stand.refused));
      if (stand !== undefined) return once(`provided:${specifier}`, () => synthetic(specifier, stand));
      const resolved = resolveModule(specifier, parent);
      if (resolved.kind === 'builtin') {
        const name = `node:${resolved.name}`;
        return once(name, async () => synthetic(name, await import(name)));
      }
      return once(resolved.path, () => moduleOf(resolved.path));
    };
    const once = (key: string, make: () => Promise<vm.Module>): Promise<vm.Module> => {
      const module = graph.get(key) ?? make();
      graph.set(key, module);
      return module;
    };
    const moduleOf = async (path: string): Promise<vm.Module> => {
      if (extname(path) === '.json') return synthetic(path, { default: JSON.parse(readFileSync(path, 'utf8')) });
      const source = sourceOf(path);
      if (source.kind === 'commonjs') return synthetic(path, named(runCommonJs(path, source.code, provided)));
      return new vm.SourceTextModule(source.code, {
        identifier: path,
        initializeImportMeta: (meta) =>
          Object.assign(meta, { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) }),
        importModuleDynamically: async (specifier) => linked(await load(specifier, path), load),
      });
    };
    const entry = await linked(await once(file, () => moduleOf(file)), load);
    return { ...entry.namespace };
  };
}

function isRefused(stand: Exports | { readonly refused: string }): stand is { readonly refused: string } {
  return 'refused' in stand && typeof stand.refused === 'string';
}

type Load = (specifier: string, parent: string) => Promise<vm.Module>;

async function linked(module: vm.Module, load: Load): Promise<vm.Module> {
  if (module.status === 'unlinked') await module.link((specifier, parent) => load(specifier, parent.identifier));
  await module.evaluate();
  return module;
}

async function synthetic(identifier: string, values: Exports): Promise<vm.Module> {
  const names = [...new Set([...Object.keys(values), 'default'])];
  return new vm.SyntheticModule(
    names,
    function fill(this: vm.SyntheticModule) {
      for (const name of names) this.setExport(name, name in values ? values[name] : values);
    },
    { identifier },
  );
}

type Source = { readonly kind: 'module' | 'commonjs'; readonly code: string };

const moduleSyntax = /^\s*(?:import\b(?!\s*\()|export\b)/m;

function readSource(file: string): Source {
  const text = readFileSync(file, 'utf8').replace(/^#!.*/, '');
  const isTypeScript = /\.[cm]?tsx?$/.test(file);
  const isEither = !/\.[cm][jt]s$/.test(file);
  const isModule = /\.m[jt]s$/.test(file) || (isEither && (moduleSyntax.test(text) || isInModulePackage(file)));
  if (!isTypeScript) return { kind: isModule ? 'module' : 'commonjs', code: text };
  const { outputText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: isModule ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
      jsx: ts.JsxEmit.React,
      esModuleInterop: true,
      inlineSourceMap: false,
    },
  });
  return { kind: isModule ? 'module' : 'commonjs', code: outputText };
}

function isInModulePackage(file: string): boolean {
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const manifest = readManifest(join(folder, 'package.json'));
    if (manifest !== undefined) return /"type"\s*:\s*"module"/.test(manifest);
  }
  return false;
}

/** Undefined where there is none, or above what may be read. */
function readManifest(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** Names of what CommonJS exports can only be known once it has run. */
function named(exported: unknown): Exports {
  if ((typeof exported !== 'object' && typeof exported !== 'function') || exported === null)
    return { default: exported };
  const own = { ...exported };
  return '__esModule' in exported && 'default' in exported ? own : { ...own, default: exported };
}

function runCommonJs(file: string, code: string, provided: Provided): unknown {
  const native = createRequire(file);
  const isInPackage = file.includes('/node_modules/');
  if (isInPackage) return native(file);
  const module: { exports: unknown } = { exports: {} };
  const requireHere = (specifier: string): unknown => {
    const stand = provided.find(specifier);
    if (stand === undefined) return native(specifier);
    if (isRefused(stand)) throw new Error(stand.refused);
    return 'default' in stand ? stand.default : stand;
  };
  const require = Object.assign(requireHere, { requireActual: requireHere, resolve: native.resolve });
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  const run = vm.compileFunction(code, names, { filename: file });
  run(module.exports, require, module, file, dirname(file));
  return module.exports;
}
