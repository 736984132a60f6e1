import { stringify } from 'yaml';
import { isRecord } from '../../../text/read-data.ts';
import type { NpmTree } from '../reading/npm-tree.ts';

/**
 * pnpm-workspace.yaml: members, overrides, the packages whose install scripts run as npm runs them all, and peers as npm
 * was told. https://pnpm.io/settings
 */
export function workspaceFile({ workspaces, root, locked, settings }: NpmTree): string {
  const built = Object.entries(locked).flatMap(([at, { name, hasInstallScript }]) =>
    hasInstallScript && at.includes('node_modules/') ? [name ?? at.slice(at.lastIndexOf('node_modules/') + 13)] : [],
  );
  const overrides = Object.fromEntries(overridesOf(root.manifest.overrides, ''));
  return stringify({
    packages: workspaces.length === 0 ? ['.'] : workspaces,
    ...(Object.keys(overrides).length === 0 ? {} : { overrides }),
    ...(built.length === 0 || settings.get('ignore-scripts') === 'true'
      ? {}
      : { onlyBuiltDependencies: [...new Set(built)].sort() }),
    ...(settings.get('legacy-peer-deps') === 'true' ? { autoInstallPeers: false } : {}),
  });
}

/** npm nests them, `.` is the package itself; pnpm writes `parent>child`, one level deep for certain. */
function overridesOf(given: Readonly<Record<string, unknown>>, parent: string): readonly (readonly [string, string])[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const name = key === '.' ? parent : parent === '' ? key : `${parent}>${key}`;
    if (typeof value === 'string') return [[name, value] as const];
    if (!isRecord(value) || parent !== '')
      throw new Error(`The override ${name} of package.json is nested deeper than pnpm has a form for.`);
    return overridesOf(value, key);
  });
}
