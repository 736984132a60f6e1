import semver from 'semver';
import type { Recipe } from '../recipe.ts';
import type { VersionChange } from './upgrade-path.ts';

/** True where a move of a package is one of the reasons to run a recipe or a published tool. Pure. */
export function isReason(
  applies: Recipe['applies'],
  { name, package: published, from, to }: Pick<VersionChange, 'name' | 'package' | 'from' | 'to'>,
): boolean {
  return applies.some(
    (reason) =>
      (published ?? name) === reason.package &&
      from !== undefined &&
      semver.satisfies(from, reason.from, { includePrerelease: true }) &&
      semver.satisfies(to, reason.to, { includePrerelease: true }),
  );
}
