import { isRecord } from '../../../text/read-data.ts';
import { resolveCatalog } from '../../../workspace/workspaces.ts';
import type { PnpmTree } from '../reading/pnpm-tree.ts';

type Overrides = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/**
 * `overrides` of npm: pnpm writes `parent>child`, npm nests. Throws in a sentence for what npm has no form for.
 * https://pnpm.io/settings#overrides, https://docs.npmjs.com/cli/v11/configuring-npm/package-json#overrides
 */
export function overridesOf({ root, settings, workspace }: PnpmTree): Overrides {
  const made: Record<string, string | Readonly<Record<string, string>>> = {};
  const given = { ...root.manifest.resolutions, ...(isRecord(settings.overrides) ? settings.overrides : {}) };
  for (const [key, value] of Object.entries(given)) {
    const [, parent, child = ''] = /^(?:(.*[^ |@])>)?([^>].*|.)$/.exec(key) ?? [];
    const name = child.replace(/(?<=.)@.*$/, '');
    const to = typeof value === 'string' ? resolveCatalog(name, value, workspace) : '-';
    if (
      to === '-' ||
      /^(link|file|portal|patch|workspace|catalog):/.test(to) ||
      !/^(@[^/]+\/)?[^/*]+$/.test(name) ||
      parent?.includes('*')
    )
      throw new Error(`The override ${key} of pnpm has no form in npm.`);
    const before = made[parent ?? child];
    const nested = typeof before === 'string' ? { '.': before } : before;
    if (parent !== undefined) made[parent] = { ...nested, [child]: to };
    else made[child] = nested === undefined ? to : { '.': to, ...nested };
  }
  return made;
}
