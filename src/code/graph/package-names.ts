import { isRecord } from '../text/read-data.ts';
import { joined } from '../tree/tree-path.ts';
import { type BuiltFrom, builtFrom } from './built-from.ts';

/** A key of `exports` or `imports` with a target: both may hold one `*`. `conditions` are those on the way to it. */
export type NamedTarget = { readonly key: string; readonly target: string; readonly conditions: readonly string[] };

/** What a package.json says of names: how the package is reached from outside and from within. */
export type PackageNames = {
  /** Folder from the root; `.` is the root itself. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly type: 'module' | 'commonjs';
  readonly workspaces: readonly string[];
  /** Undefined where there is no `exports`: then every file of the package can be named by its path. */
  readonly exports: readonly NamedTarget[] | undefined;
  readonly imports: readonly NamedTarget[];
  /** What the bare name stands for where there is no `exports`, in the order in which it is looked for. */
  readonly mains: readonly string[];
  /** Names of declared dependencies of every kind. */
  readonly dependencies: ReadonlySet<string>;
  /** From which source a file comes that the build writes. */
  readonly built: readonly BuiltFrom[];
};

/** Reads the names of a package. Fields of another form than package managers take are passed over. Pure. */
export function packageNames(folder: string, value: unknown, texts: ReadonlyMap<string, string>): PackageNames {
  const fields = isRecord(value) ? value : {};
  const { name, type, exports, imports, workspaces } = fields;
  const mains = ['source', 'types', 'typings', 'module', 'main'].map((field) => fields[field]);
  const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].map(
    (group) => fields[group],
  );
  return {
    folder,
    name: typeof name === 'string' ? name : undefined,
    type: type === 'module' ? 'module' : 'commonjs',
    workspaces: strings(isRecord(workspaces) ? workspaces.packages : workspaces),
    exports: exports === undefined ? undefined : exportsOf(exports),
    imports: isRecord(imports) ? Object.entries(imports).flatMap(([key, target]) => targetsOf(key, target, [])) : [],
    mains: mains.filter((main) => typeof main === 'string').map((main) => joined(folder, main)),
    dependencies: new Set(groups.flatMap((group) => (isRecord(group) ? Object.keys(group) : []))),
    built: builtFrom(folder, texts),
  };
}

/** `exports` may be one target, conditions alone, or subpaths (https://nodejs.org/api/packages.html#exports). */
function exportsOf(exports: unknown): readonly NamedTarget[] {
  const hasSubpaths = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  if (!hasSubpaths) return targetsOf('.', exports, []);
  return Object.entries(exports).flatMap(([key, target]) => targetsOf(key, target, []));
}

function targetsOf(key: string, target: unknown, conditions: readonly string[]): readonly NamedTarget[] {
  if (typeof target === 'string') return [{ key, target, conditions }];
  if (Array.isArray(target)) return target.flatMap((one) => targetsOf(key, one, conditions));
  if (!isRecord(target)) return [];
  return Object.entries(target).flatMap(([condition, one]) => targetsOf(key, one, [...conditions, condition]));
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
