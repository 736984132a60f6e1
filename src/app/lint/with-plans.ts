import type { Judged } from './judge-files.ts';
import { type MigrationsRead, nothingFound } from './read-migrations.ts';

/** Migrations and plans. */
export type AllRead = Pick<MigrationsRead, 'histories' | 'findings'> & {
  /** Files that were read, each once, as findings name them. */
  readonly files: ReadonlySet<string>;
  /** Takes findings to where the user sees them: a plan is judged as the script that its runner makes of it. */
  readonly place: (judged: Judged) => Judged;
};

/**
 * Reads the plans among what was named too. What plans are made of is loaded where there may be one. Throws as
 * `readPlans`, and `bad-input` where nothing at all is found.
 */
export async function withPlans(
  { planFiles, ...read }: MigrationsRead,
  { named, cwd }: { readonly named: readonly string[]; readonly cwd: string },
): Promise<AllRead> {
  const own = read.histories.flatMap(({ files }) => files.map(({ path }) => path));
  if (planFiles.length === 0) return { ...read, files: new Set(own), place: (judged) => judged };
  const [{ readPlans }, { judgePlans }] = await Promise.all([import('./read-plans.ts'), import('./judge-plans.ts')]);
  const { histories, findings, plans } = readPlans(planFiles, cwd);
  const all = { histories: [...read.histories, ...histories], findings: [...read.findings, ...findings] };
  if (all.histories.length === 0 && all.findings.length === 0) throw nothingFound(named, []);
  return {
    ...all,
    files: new Set([...own, ...plans.map(({ path }) => path)]),
    place: (judged) => judgePlans(judged, plans),
  };
}
