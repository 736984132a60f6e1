import { validRange } from 'semver';
import type { Finding } from '#core/finding';
import type { LockLoss } from './lock-losses.ts';

const namesShown = 4;
/** A registry is asked for so many of them at most. */
const askedMax = 12;

/** True unless the registry says that it has no such package at this range. */
export type IsGiven = (name: string, range: string) => Promise<boolean>;

/**
 * What is said of packages that a lock file of npm lost, and what helps: where npm made it of what was installed, making it
 * anew; where the registry does not give a package, only another version of the one that wants it.
 */
export async function lockLossFindings(losses: readonly LockLoss[], isGiven: IsGiven): Promise<readonly Finding[]> {
  const missing = new Set<LockLoss>();
  for (const loss of losses.slice(0, askedMax))
    if (validRange(loss.range) !== null && !(await isGiven(loss.name, loss.range))) missing.add(loss);
  return [...new Set(losses.map(({ wanter }) => wanter))].map((wanter): Finding => {
    const all = losses.filter((loss) => loss.wanter === wanter);
    const names = all.map(({ name }) => name);
    const not = all.filter((loss) => missing.has(loss));
    return {
      rule: 'install/lock-incomplete',
      severity: 'error',
      message: `npm left ${listed(names)} out of the lock file, which ${wanter} has for other platforms: \`npm ci\` refuses such a lock file.`,
      cure: not.length === 0 ? made : otherVersion(wanter, not),
      object: wanter,
    };
  });
}

const made =
  'npm made it of what was installed here: take the old lock file back, remove node_modules, install again, and apply again.';

function otherVersion(wanter: string, losses: readonly LockLoss[]): string {
  const asked = listed(losses.map(({ name, range }) => `${name} ${range}`));
  const said = `${asked} ${losses.length === 1 ? 'is' : 'are'} not in the registry, and installing again gives the same lock file.`;
  const at = wanter.lastIndexOf('@');
  if (at < 1) return `${said} Roll back, name another version in package.json or remove it there, and plan again.`;
  const [name, version] = [wanter.slice(0, at), wanter.slice(at + 1)];
  return `${said} Roll back, hold ${name} at an older version by \`"overrides": { "${name}": "<${version}" }\` in package.json, commit that, and plan again; or plan with an older version of what brings it (\`npm explain ${name}\` says what): \`--upgrade PACKAGE@VERSION\`, or \`--recipe-option\` of a recipe that has one for it.`;
}

function listed(names: readonly string[]): string {
  const more = names.length > namesShown ? ` and ${names.length - namesShown} more` : '';
  return `${names.slice(0, namesShown).join(', ')}${more}`;
}
