import * as z from 'zod';
import { jsonOf } from '../text/read-data.ts';

const names = z.record(z.string(), z.string()).default({}).catch({});
const entrySchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  optionalDependencies: names,
});
const lockSchema = z.object({ packages: z.record(z.string(), entrySchema) });
type Places = z.infer<typeof lockSchema>['packages'];

/** A package that an optional dependency was lost of, e.g. `esbuild@0.25.0` and `@esbuild/linux-arm64`, at a range. */
export type LockLoss = { readonly wanter: string; readonly name: string; readonly range: string };

/**
 * Optional dependencies that a lock file of npm does not hold any more. npm leaves out packages of other platforms where
 * it makes a lock from what is installed, or could not fetch them, and `npm ci` then refuses the lock elsewhere. What
 * was missing before for the same version is no loss. Formats without places (`lockfileVersion: 1`) have none.
 */
export function lockLosses(before: string | undefined, after: string): readonly LockLoss[] {
  const is = placesOf(after);
  const was = before === undefined ? {} : placesOf(before);
  const missedBefore = new Set(missingIn(was).map(keyOf));
  const seen = new Set<string>();
  return missingIn(is).filter((loss) => {
    const isNew = !seen.has(keyOf(loss)) && !missedBefore.has(keyOf(loss));
    seen.add(keyOf(loss));
    return isNew;
  });
}

function placesOf(text: string): Places {
  return lockSchema.safeParse(jsonOf(text)).data?.packages ?? {};
}

function keyOf({ wanter, name }: LockLoss): string {
  return `${wanter} ${name}`;
}

function missingIn(places: Places): readonly LockLoss[] {
  return Object.entries(places).flatMap(([at, { name: alias, version, optionalDependencies }]) => {
    const own = alias ?? at.slice(at.lastIndexOf('node_modules/') + (at.includes('node_modules/') ? 13 : 1));
    const wanter = version === undefined ? own : `${own}@${version}`;
    return Object.entries(optionalDependencies)
      .filter(([name]) => homesOf(at).every((home) => places[`${home}node_modules/${name}`] === undefined))
      .map(([name, range]) => ({ wanter, name, range }));
  });
}

/** Folders in which Node looks for a package that the one at this place wants, with a slash behind. */
function homesOf(at: string): readonly string[] {
  const parts = at === '' ? [] : at.split('/');
  return Array.from({ length: parts.length + 1 }, (_, up) => parts.slice(0, parts.length - up))
    .filter((folder) => folder.at(-1) !== 'node_modules')
    .map((folder) => (folder.length === 0 ? '' : `${folder.join('/')}/`));
}
