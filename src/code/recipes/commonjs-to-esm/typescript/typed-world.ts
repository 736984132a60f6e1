import { folderPath } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import type { NodeAbilities } from '../deciding/world.ts';
import { isBuiltinName } from '../reading/builtin-modules.ts';
import type { PackageFacts } from '../reading/installed-package.ts';
import type { TypedModule } from './typed-module.ts';

/** All that is known when it is decided what becomes of the files of a package in TypeScript. */
export type TypedWorld = {
  readonly modules: ReadonlyMap<string, TypedModule>;
  readonly has: (path: string) => boolean;
  /** By specifier; undefined for what is not installed. */
  readonly packages: ReadonlyMap<string, PackageFacts | undefined>;
  readonly node: NodeAbilities;
  /** `esModuleInterop`: a default import finds `module.exports` of what is no compiled ES module. */
  readonly hasInterop: boolean;
  /** Types of decorated members are values when the module is loaded. */
  readonly hasMetadata: boolean;
};

/** What a specifier of a file reaches. */
export type TypedTarget =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'json'; readonly path: string }
  | { readonly kind: 'script'; readonly path: string }
  | { readonly kind: 'builtin' }
  | { readonly kind: 'package'; readonly facts: PackageFacts }
  | { readonly kind: 'unknown' };

/**
 * What a module offers those that import it. Names are undefined where all that are asked for are there. `isCompiled`: it is
 * CommonJS made of ES modules, and says so with `__esModule`.
 */
export type Offer =
  | { readonly kind: 'common'; readonly names: ReadonlySet<string> | undefined; readonly isCompiled: boolean }
  | { readonly kind: 'module'; readonly names: ReadonlySet<string> | undefined }
  | { readonly kind: 'json' }
  | { readonly kind: 'none' };

/** What a specifier reaches. Pure. */
export function typedTarget({ path }: Pick<TypedModule, 'path'>, specifier: string, world: TypedWorld): TypedTarget {
  if (/^\.\.?(\/|$)/.test(specifier)) return localTarget(joined(folderPath(path), specifier), specifier, world);
  if (isBuiltinName(specifier)) return { kind: 'builtin' };
  const facts = world.packages.get(specifier);
  return facts === undefined ? { kind: 'unknown' } : { kind: 'package', facts };
}

function localTarget(base: string, specifier: string, { has, modules }: TypedWorld): TypedTarget {
  const isFolder = /(^|\/)\.{1,2}\/?$|\/$/.test(specifier);
  const source = base.replace(/\.js(x?)$/, '.ts$1');
  const plain = isFolder
    ? []
    : [
        base,
        `${base}.ts`,
        `${base}.tsx`,
        `${base}.d.ts`,
        source,
        base.replace(/\.js$/, '.tsx'),
        base.replace(/\.js$/, '.d.ts'),
        `${base}.js`,
      ];
  const index = ['index.ts', 'index.tsx', 'index.d.ts', 'index.js'].map((name) => joined(base, name));
  const found = [...plain, ...index].find(has);
  if (found === undefined) return { kind: 'unknown' };
  if (found.endsWith('.json')) return { kind: 'json', path: found };
  return modules.has(found) || found.endsWith('.d.ts')
    ? { kind: 'local', path: found }
    : { kind: 'script', path: found };
}

/** What a target offers. Pure. */
export function offerOf(target: TypedTarget, { modules }: TypedWorld): Offer {
  switch (target.kind) {
    case 'local':
      return modules.get(target.path)?.hasExportEquals === true
        ? { kind: 'common', names: new Set(), isCompiled: false }
        : { kind: 'module', names: undefined };
    case 'builtin':
      return { kind: 'common', names: undefined, isCompiled: false };
    case 'package': {
      const { kind, names } = target.facts;
      if (kind === 'json') return { kind };
      return kind === 'common' ? { kind, names, isCompiled: names.has('__esModule') } : { kind, names };
    }
    case 'json':
      return { kind: 'json' };
    default:
      return { kind: 'none' };
  }
}

/** A relative specifier with the file name that the compiled file has. Pure. */
export function specifierWithFile(from: string, target: string): string {
  return relativeFrom(folderPath(from), target.replace(/(\.d)?\.tsx?$/, '.js'));
}
