import { newestMajor, oldestMajor } from '../majors.ts';
import { readScript, type Script } from '../read-script.ts';
import { maskForeign } from '../text/mask-foreign.ts';
import type { Unit } from '../unit.ts';
import { unitsOf } from '../units.ts';
import { type Catalog, emptyCatalog } from './catalog.ts';

/** The catalog after the statements of a schema; what of it cannot be read is passed over. */
export function catalogOf(schema: string | undefined): Catalog {
  const catalog = emptyCatalog({ isWhole: schema !== undefined });
  if (schema === undefined) return catalog;
  const { statements } = readSchema(schema);
  for (const statement of statements) exhaust(unitsOf(statement, catalog, { from: oldestMajor, to: newestMajor }));
  catalog.searchPath = ['public'];
  catalog.timeZone = undefined;
  return catalog;
}

/** The statements of a schema as pg_dump or people write it, and what of it does not parse. */
export function readSchema(schema: string): Script {
  return readScript(maskForeign(schema).text, { start: 0, end: schema.length, transaction: 'each-statement' });
}

function exhaust(units: Iterable<Unit>): void {
  for (const _ of units);
}
