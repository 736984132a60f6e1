import semver from 'semver';
import type { Change } from './change.ts';
import type { FetchedPackage } from './fetch-package.ts';
import type { Touched } from './join.ts';
import { packageNameOf, subpathOf } from './package-name.ts';
import type { PublishedManifest } from './published-manifest.ts';
import { exportedTarget, runtimeEntry } from './runtime-entry.ts';
import type { Surface } from './surface.ts';
import type { Use } from './use.ts';

export type FormSides = {
  /** As users import it. */
  readonly name: string;
  readonly before: PublishedManifest | undefined;
  readonly after: FetchedPackage | undefined;
  readonly now: Surface;
};

/**
 * What becomes of the modules themselves, whatever they export: a subpath that is not there any more, a package that was
 * required and is now an ES module. Pure.
 */
export function moduleForms(sides: FormSides, uses: readonly Use[]): readonly Touched[] {
  const { name, after } = sides;
  if (after === undefined) return [];
  return uses.flatMap((use): readonly Touched[] => {
    const { role, exported } = use;
    if (role.kind !== 'import' || exported === undefined || packageNameOf(exported.specifier) !== name) return [];
    const change = formOf(sides, after, { specifier: exported.specifier, use });
    return change === undefined ? [] : [{ change, use }];
  });
}

function formOf(
  { name, before, now }: FormSides,
  after: FetchedPackage,
  { specifier, use }: { readonly specifier: string; readonly use: Use },
): Change | undefined {
  const { role } = use;
  if (role.kind !== 'import') return undefined;
  const subpath = subpathOf(specifier, name);
  const mode = role.isRequired || role.style === 'mock' ? 'require' : 'import';
  const told = { symbol: specifier, keys: [], exported: [], trigger: { kind: 'import' } } as const;
  const [asRequired, asImported] = [runtimeEntry(after, subpath, 'require'), runtimeEntry(after, subpath, 'import')];
  const isGone = (mode === 'require' ? asRequired : asImported) === undefined;
  const isTyped = now.entries.some((entry) => entry.specifier === specifier);
  if (isGone && !isTyped && role.style !== 'type') {
    return { ...told, rule: 'api/path-removed', before: `${specifier}`, after: '' };
  }
  const isRequired = role.isRequired && asRequired?.format === 'esm';
  if (!isRequired || (before !== undefined && isEsmOnly(before))) return undefined;
  return {
    ...told,
    rule: 'api/require-of-esm',
    before: `require('${specifier}')`,
    after: `import … from '${specifier}' (ES module only)`,
  };
}

/** Whether a package's main entry is an ES module for `require` too. */
export function isEsmOnly({ type, exports, main = 'index.js' }: PublishedManifest): boolean {
  const target =
    exports === undefined || exports === null ? main : exportedTarget(exports, '.', ['node', 'require', 'default']);
  if (target === undefined) return exportedTarget(exports, '.', ['node', 'import', 'default']) !== undefined;
  return (
    target.endsWith('.mjs') || (type === 'module' && !target.endsWith('.cjs') && !/(^|\/)(cjs|commonjs)\//.test(target))
  );
}

/** Ranges of Node in which `require` of an ES module works without a flag. https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require */
export const requireOfEsmRange = '^20.19.0 || >=22.12.0';

/** True where every Node of a range can `require` an ES module. */
export function canRequireEsm(nodeRange: string): boolean {
  const range = semver.validRange(nodeRange);
  return range !== null && semver.subset(range, requireOfEsmRange);
}
