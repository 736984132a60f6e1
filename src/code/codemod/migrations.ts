import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import semver from 'semver';
import * as z from 'zod';
import { fail } from '#core/error';
import { jsonOf } from '../text/read-data.ts';
import { isFile } from '../tree/is-file.ts';

/** A migration that a package or Nx lists. */
export type Migration = {
  readonly name: string;
  readonly version: string;
  readonly description: string;
};

/** What a `migrations.json` comes to: what it lists, and the line that runs it with the tree's own tools. */
export type Migrations = {
  readonly tool: 'angular' | 'nx';
  readonly package: string | undefined;
  readonly list: readonly Migration[];
  readonly line: string;
};

const entrySchema = z.object({ version: z.string(), description: z.string().default('') });
const entries = z.record(z.string(), entrySchema.loose());
/** Nx writes the first, in the root of the tree (`nx migrate`); packages bring the second (Angular) or third (Nx). */
const fileSchema = z.union([
  z.object({
    migrations: z.array(
      z.object({ package: z.string(), name: z.string(), version: z.string(), description: z.string().default('') }),
    ),
  }),
  z.object({ schematics: entries, generators: z.undefined().optional() }),
  z.object({ generators: entries }),
]);

/**
 * Reads a `migrations.json` of Angular or Nx. One that a package brings wants the versions to migrate between. Throws `bad-input`
 * where the file is of neither form, or the versions are missing.
 */
export function readMigrations(
  file: string,
  versions: { readonly from: string | undefined; readonly to: string | undefined },
): Migrations {
  const parsed = fileSchema.safeParse(jsonOf(readFileSync(file, 'utf8')));
  if (!parsed.success) throw refused(file, 'It is a list of migrations of neither Angular nor Nx.');
  if ('migrations' in parsed.data) {
    const list = parsed.data.migrations.map(({ name, version, description }) => ({ name, version, description }));
    return {
      tool: 'nx',
      package: undefined,
      list,
      line: `npx --no-install nx migrate --run-migrations=${basename(file)}`,
    };
  }
  const name = packageOf(file);
  const { from, to } = versions;
  if (from === undefined || to === undefined)
    throw refused(file, 'It wants the versions to migrate between: --param from=16.2.0 --param to=17.0.0.');
  const isNx = 'generators' in parsed.data && parsed.data.generators !== undefined;
  const all = isNx ? parsed.data.generators : 'schematics' in parsed.data ? parsed.data.schematics : {};
  const list = between(all ?? {}, from, to);
  const line = isNx
    ? `npx --no-install nx migrate ${name}@${to} --from=${name}@${from} && npx --no-install nx migrate --run-migrations`
    : `npx --no-install ng update ${name} --migrate-only --allow-dirty --from=${from} --to=${to}`;
  return { tool: isNx ? 'nx' : 'angular', package: name, list, line };
}

/** Those that `ng update --migrate-only` runs: after `from`, up to and with `to`. */
function between(all: z.infer<typeof entries>, from: string, to: string): readonly Migration[] {
  const [low, high] = [semver.coerce(from), semver.coerce(to)];
  return Object.entries(all)
    .filter(([, { version }]) => {
      const own = semver.coerce(version);
      return own !== null && low !== null && high !== null && semver.gt(own, low) && semver.lte(own, high);
    })
    .map(([name, { version, description }]) => ({ name, version, description }));
}

function packageOf(file: string): string {
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!isFile(path)) continue;
    const parsed = z.object({ name: z.string() }).safeParse(jsonOf(readFileSync(path, 'utf8')));
    if (parsed.success) return parsed.data.name;
  }
  throw refused(file, 'It is part of no package: there is no package.json with a name above it.');
}

function refused(file: string, why: string): Error {
  return fail('bad-input', {
    what: `${file} cannot be run.`,
    why,
    next: 'See docs/recipes.md, “Migrations of Angular and Nx”.',
  });
}
