import type { Executor } from '#core/executor';
import { deprecationsSchema } from '../action.ts';
import { describedBy } from '../api/package-name.ts';
import type { TreeWorld } from '../execution.ts';
import { spellPlace } from '../text/place.ts';
import { isFolder } from '../tree/walk.ts';

/** Looking ends after this. */
const budgetMs = 90_000;

/** Uses of what the new versions mark as deprecated: said, and left to a person. */
export function deprecations({ repository, nowMs }: TreeWorld): Executor {
  const { root } = repository.git;
  return {
    kind: 'code/deprecations',
    execute: async (action, { signal }) => {
      const { packages } = deprecationsSchema.parse(action);
      const { deprecatedUses } = await import('../deprecated-uses.ts');
      if (!(await isFolder(`${root}/node_modules`))) return { ok: true, detail: 'not looked for without node_modules' };
      const { files } = await repository.trackedFiles();
      const configs = files.filter((file) => /(^|\/)(ts|js)config\.json$/.test(file));
      const { uses, unknown } = await deprecatedUses({ root, files, configs, signal, nowMs, budgetMs });
      // A use is of what the types describe: `node`, where @types/node moves.
      const described = new Set(packages.map(describedBy));
      const own = uses.filter((use) => described.has(use.package));
      const rest = unknown.length === 0 ? '' : `; not looked at: ${unknown.map(({ what }) => what).join(', ')}`;
      if (own.length === 0)
        return { ok: true, detail: `no use of API that is deprecated in ${[...new Set(packages)].join(', ')}${rest}` };
      return {
        ok: true,
        detail: `${own.length === 1 ? 'one use' : `${own.length} uses`} of deprecated API: ${own
          .slice(0, 5)
          .map(
            ({ place, name, replacement }) =>
              `${spellPlace(place)} ${name}${replacement === undefined ? '' : ` (${replacement})`}`,
          )
          .join(' | ')}${own.length > 5 ? ' | …' : ''}${rest}`,
        findings: own.map(({ place, name, package: from, replacement }) => ({
          rule: 'api/deprecated',
          severity: 'advice' as const,
          message: `${name} of ${from} is deprecated.`,
          ...(replacement === undefined ? {} : { cure: replacement }),
          package: from,
          symbol: name,
          file: place.file,
          line: place.line,
          column: place.column,
        })),
      };
    },
  };
}
