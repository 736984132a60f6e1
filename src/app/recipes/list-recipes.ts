import semver from 'semver';
import type { Recipe } from '#code/recipe';

/** One recipe as it is listed. */
export type ListedRecipe = Pick<Recipe, 'id' | 'summary' | 'why' | 'applies' | 'risk'> & {
  readonly params: readonly string[];
};

/**
 * The recipes on the shelf. `wanted` keeps those for a package, e.g. `express`, and with a version those that lead to it,
 * e.g. `express@5`.
 */
export function listRecipes(recipes: readonly Recipe[], wanted: string | undefined): readonly ListedRecipe[] {
  const { name, version } = /^(?<name>@?[^@]+)(?:@(?<version>.+))?$/.exec(wanted ?? '')?.groups ?? {};
  const fits = ({ applies }: Recipe): boolean =>
    name === undefined || applies.some((one) => one.package === name && leadsTo(one.to, version));
  return recipes.filter(fits).map(({ id, summary, why, applies, risk, params = {} }) => ({
    id,
    summary,
    why,
    applies,
    risk,
    params: Object.keys(params),
  }));
}

function leadsTo(to: string, version: string | undefined): boolean {
  if (version === undefined) return true;
  const range = semver.validRange(version);
  return range !== null && semver.intersects(range, to, { includePrerelease: true });
}

/** The list for people. */
export function listText(listed: readonly ListedRecipe[]): string {
  if (listed.length === 0) return 'There is no recipe for that.\n';
  const lines = listed.flatMap(({ id, summary, applies, risk }) => [
    id,
    `    ${summary} (risk: ${risk})`,
    ...(applies.length === 0 ? ['    when it is asked for by name'] : []),
    ...applies.map(({ package: name, from, to }) => `    ${name}: ${from} → ${to}`),
  ]);
  return `${lines.join('\n')}\n`;
}
