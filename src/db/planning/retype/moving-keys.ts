import type { Action } from '#core/plan';
import type { LockClaim } from '../../action.ts';
import type { TablePair } from '../../diff.ts';
import type { PlanContext } from '../../operation.ts';
import { columnById, type Table } from '../../schema.ts';
import type { LinkedKey } from '../linked-changes.ts';
import { ownName } from '../names.ts';
import { lock, sequence, sqlAction } from '../steps.ts';
import { noOrphans } from '../violations.ts';
import type { Retype } from './retype.ts';

/** A foreign key at one moment: over which columns, by the names that hold then. */
type KeyPlace = {
  readonly table: Table;
  readonly other: Table;
  readonly columns: readonly string[];
  readonly referenced: readonly string[];
  readonly definition: string;
};

/**
 * A foreign key that moves from old columns to new ones. A second one over the new columns is proven before the swap;
 * in the swap's transaction the first one goes and the second takes its name. So one of them is in force at any time.
 */
export type MovingKey = Pick<LinkedKey['constraint'], 'name' | 'comment' | 'isValidated'> & {
  /** Name of the one over the new columns until the swap. */
  readonly copy: string;
  /** Name of the one over the old columns while the swap is taken back. */
  readonly aside: string;
  /** Over the new columns, before the swap. */
  readonly growing: KeyPlace;
  /** Over the old columns, right before the swap is taken back. */
  readonly leaving: KeyPlace;
  /** Over the new columns, right after it. */
  readonly again: KeyPlace;
};

/** Tables as they are while the new columns grow, and around the swap. */
export type Views = { growing(table: TablePair): Table; swapped(table: TablePair): Table };

/** Works out names and texts. `word` distinguishes them from those of other changes of the plan. */
export function movingKeys(
  keys: readonly LinkedKey[],
  retypes: readonly Retype[],
  { views, word }: { readonly views: Views; readonly word: string },
  context: PlanContext,
): readonly MovingKey[] {
  const named = (name: (retype: Retype) => string) =>
    Object.fromEntries(retypes.map((retype) => [retype.from.id, name(retype)]));
  const [shadows, asides] = [named(({ shadow }) => shadow), named(({ aside }) => aside)];
  return keys.map((key, place): MovingKey => {
    const { name, comment, isValidated } = key.constraint;
    return {
      name,
      comment,
      isValidated,
      copy: ownName(context, word, 'foreign_key', place + 1),
      aside: ownName(context, word, 'old', 'foreign_key', place + 1),
      growing: placeOf(key, views.growing, shadows, context),
      leaving: placeOf(key, views.swapped, asides, context),
      again: placeOf(key, views.swapped, shadows, context),
    };
  });
}

function placeOf(
  { constraint, from, to, columns, referenced }: LinkedKey,
  view: (table: TablePair) => Table,
  instead: Readonly<Record<string, string>>,
  { spelling }: PlanContext,
): KeyPlace {
  const [table, other] = [view(from), view(to)];
  const named = (ids: readonly string[], there: Table) =>
    ids.map((id) => instead[id] ?? columnById(there, id)?.name ?? '');
  const renames = (ids: readonly string[], { before }: TablePair, now: readonly string[]) =>
    Object.fromEntries(ids.map((id, place) => [columnById(before, id)?.name ?? '', now[place] ?? '']));
  const [own, others] = [named(columns, table), named(referenced, other)];
  const definition = spelling.renameInDefinition(
    constraint.definition.replace(/ NOT VALID$/, ''),
    renames(columns, from, own),
    { table: other, columns: renames(referenced, to, others) },
  );
  return { table, other, columns: own, referenced: others, definition };
}

/** The key over the new columns: rows in the way are told, then it is added for new rows, then proven for all. */
export function growKey(key: MovingKey, context: PlanContext): Action {
  return constrain(key, { place: key.growing, name: key.copy, looks: true }, context);
}

export function dropGrown({ growing, copy }: MovingKey, { spelling, limits }: PlanContext): Action {
  return sqlAction([spelling.dropConstraint(growing.table, copy)], { limits, locks: strongLocks(growing) });
}

/** Back: the key over the old columns, before the other one goes. */
export function regrowKey(key: MovingKey, context: PlanContext): Action {
  return constrain(key, { place: key.leaving, name: key.aside, looks: true }, context);
}

/** Back: the key over the new columns once more, as it was before the swap. */
export function growKeyAgain(key: MovingKey, context: PlanContext): Action {
  return constrain(key, { place: key.again, name: key.copy, looks: false }, context);
}

function constrain(
  { isValidated }: MovingKey,
  { place, name, looks }: { readonly place: KeyPlace; readonly name: string; readonly looks: boolean },
  context: PlanContext,
): Action {
  const { spelling, limits } = context;
  const { table, other, definition, columns, referenced } = place;
  const adding = [lock(table, 'SHARE ROW EXCLUSIVE'), lock(other, 'SHARE ROW EXCLUSIVE')];
  const proving = [lock(table, 'SHARE UPDATE EXCLUSIVE'), lock(other, 'ROW SHARE')];
  const add = spelling.addConstraint(table, name, definition, { notValid: true });
  const validate = spelling.validateConstraint(table, name);
  return sequence([
    ...(isValidated && looks ? [noOrphans(table, { columns, table: other, referenced }, context)] : []),
    sqlAction([add], { limits, locks: adding }),
    ...(isValidated ? [sqlAction([validate], { limits, locks: proving, scans: true })] : []),
  ]);
}

/** In the swap: the key over the old columns goes first, since it leans on the index of their primary key. */
export function releaseKey({ name, leaving }: MovingKey, { spelling }: PlanContext): string {
  return spelling.dropConstraint(leaving.table, name);
}

/** In the swap, or in its way back: the key that stays takes the name and the comment. */
export function settleKey(
  { name, comment, leaving }: MovingKey,
  standsAs: string,
  { spelling }: PlanContext,
): readonly string[] {
  return [
    spelling.renameConstraint(leaving.table, standsAs, name),
    ...(comment === undefined ? [] : [spelling.commentOnConstraint(leaving.table, name, comment)]),
  ];
}

/** Dropping a foreign key locks both its tables. */
export function keyLocks(keys: readonly MovingKey[]): readonly LockClaim[] {
  return keys.flatMap(({ leaving }) => strongLocks(leaving));
}

function strongLocks({ table, other }: KeyPlace): readonly LockClaim[] {
  return [lock(table, 'ACCESS EXCLUSIVE'), lock(other, 'ACCESS EXCLUSIVE')];
}
