import type { AlterTableCmd, AlterTableStmt, Node } from 'libpg-query';
import { type Catalog, isBornNow } from '../catalog/catalog.ts';
import { commandEffects } from './alter-table.ts';
import type { Majors } from './command-place.ts';
import { createEffects } from './create.ts';
import { dropEffects } from './drop.ts';
import { type Effects, noEffects } from './effects.ts';
import { indexEffects } from './index-effects.ts';
import { maintenanceEffects } from './maintenance.ts';
import { objectEffects } from './object-effects.ts';
import { rowEffects } from './row-effects.ts';

/**
 * What PostgreSQL does to relations that were there before, for a statement on the catalog as it is before it. Tables
 * that these migrations make are left out: nobody waits for them. Of ALTER TABLE each command is asked for by itself.
 */
export function effectsOf(node: Node, catalog: Catalog): Effects {
  const found =
    createEffects(node, catalog) ??
    indexEffects(node, catalog) ??
    dropEffects(node, catalog) ??
    maintenanceEffects(node, catalog) ??
    objectEffects(node, catalog) ??
    rowEffects(node, catalog) ??
    noEffects;
  return onOld(found, catalog);
}

/** The same for one command of an ALTER TABLE. */
export function effectsOfCommand(
  command: AlterTableCmd,
  stmt: AlterTableStmt,
  place: { readonly catalog: Catalog; readonly majors: Majors },
): Effects {
  return onOld(commandEffects(command, stmt, place), place.catalog);
}

/** Without what happens to relations that the migrations themselves make. */
function onOld(found: Effects, catalog: Catalog): Effects {
  if (found === noEffects) return found;
  const isOld = (relation: string) =>
    !relation.startsWith('pg_temp.') &&
    !isBornNow(catalog, catalog.relations.get(relation) ?? catalog.indexes.get(relation));
  // A partitioned table has no rows of its own.
  const hasRows = (relation: string) => isOld(relation) && catalog.relations.get(relation)?.kind !== 'partitioned';
  return {
    locks: found.locks.filter(({ relation }) => isOld(relation)),
    rewrites: found.rewrites.filter(hasRows),
    scans: found.scans.filter(hasRows),
    lookups: found.lookups.filter(hasRows),
    builds: found.builds.filter(hasRows),
    fails: found.fails,
  };
}
