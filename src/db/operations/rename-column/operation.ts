import { fail } from '#core/error';
import type { ChangeOf } from '../../diff.ts';
import * as hazards from '../../hazards.ts';
import type { Operation, PlanContext, StepDraft } from '../../operation.ts';
import { runningDefault } from '../../planning/defaults.ts';
import { namesAt, refuseSharedIndex, tableAt } from '../../planning/moment.ts';
import { checkName, ordinalOf, ownName } from '../../planning/names.ts';
import { batchesAction, compareAction, rangeOf } from '../../planning/ranges.ts';
import { checkColumnFree, columnOf, tableOf, withColumn } from '../../planning/resolve.ts';
import {
  copyIndexAction,
  copyIndexSteps,
  type IndexCopy,
  indexCopies,
  isUniqueKey,
  omittedOf,
  plainColumn,
} from '../../planning/shadow.ts';
import { checkAction, lock, nothing, sequence, slugOf, sqlAction } from '../../planning/steps.ts';
import type { Table } from '../../schema.ts';
import type { Sync } from '../../spelling.ts';
import { withTable } from '../../target.ts';
import { userTriggersFire, userTriggersFireBack } from '../../trigger-hazards.ts';
import { examples } from './examples.ts';

type Rename = ChangeOf<'rename-column'>;

/**
 * Both names work at once: a shadow under the new name is kept in step by a trigger, filled and compared; contract
 * drops the shadow and renames the original, so that its position, constraints, statistics and grants stay.
 */
export const renameColumn: Operation<'rename-column'> = {
  id: 'rename-column',
  summary: 'ALTER TABLE … RENAME COLUMN … TO …',
  examples,

  simulate(target, edit) {
    const table = tableOf(target, edit.table);
    const column = columnOf(table, edit.column);
    if (edit.to === column.name) return target;
    checkColumnFree(table, edit.to);
    checkName(edit.to, 63);
    return withTable(target, withColumn(table, { ...column, name: edit.to }));
  },

  plan(change, context) {
    refuseGenerated(change);
    refuseSharedIndex(change, context);
    const parts = partsOf(change, context);
    const { before, after, table } = change;
    return {
      expand: [shadowStep(change, parts, context)],
      migrate: [
        backfillStep(change, context),
        ...copyIndexSteps(parts.copies, parts.place, context),
        proveStep(change, context),
      ],
      contract: [swapStep(change, parts, context)],
      deployNeeds: [
        `Deploy the version that uses ${after.name} instead of ${before.name} of ${table.after.name}, and end the last instance of the old one. Both work side by side until then.`,
      ],
      deployNeedsBack: [
        `Deploy the version that uses ${before.name} of ${table.before.name} again. Both work side by side until then.`,
      ],
      retires: [{ table: { schema: table.before.schema, name: table.before.name }, column: before.name }],
      risks: [
        ...hazards.textFunctions(context, table.before, before.name),
        ...hazards.viewNames(context.before, table.before, before),
        ...(rangeOf(table.before).key.length === 0 ? [hazards.noKey(table.before)] : []),
      ],
    };
  },
};

type Parts = {
  readonly sync: Sync;
  readonly copies: readonly IndexCopy[];
  readonly place: { readonly table: Table; readonly columns: Readonly<Record<string, string>> };
};

function partsOf(change: Rename, context: PlanContext): Parts {
  const { table, before, after } = change;
  const ordinal = ordinalOf(change, context);
  const { name: quote } = context.spelling;
  const omitted = omittedOf({ ...before, ...runningDefault(before, after) });
  const sync: Sync = {
    table: table.before,
    name: ownName(context, 'sync', ordinal),
    from: { column: before.name, type: before.type, omitted },
    to: {
      column: after.name,
      type: before.type,
      omitted: omitted.kind === 'same' ? omitted : { kind: 'same', sql: 'NULL' },
    },
    up: `new.${quote(before.name)}`,
    down: `new.${quote(after.name)}`,
    lockValues: isUniqueKey(table.before, before),
    searchPath: context.searchPath,
  };
  const place = { table: table.before, columns: { [before.name]: after.name } };
  return { sync, copies: indexCopies(table.before, before, ordinal, context), place };
}

/** The same pair seen from the other side, by the names that hold after contract: the original now bears the new name. */
function mirrored({ sync }: Parts, { table }: Rename): Sync {
  const from = { ...sync.from, column: sync.to.column };
  const to = { ...sync.to, column: sync.from.column };
  return { ...sync, table: table.after, from, to, up: sync.down ?? '', down: sync.up };
}

/** The shadow, and the trigger that keeps it in step, in one transaction: nobody sees one without the other. */
function addShadow(
  table: Table,
  name: string,
  { change, sync }: { readonly change: Rename; readonly sync: Sync },
  context: PlanContext,
): readonly string[] {
  const { spelling } = context;
  const { type, collation, grants } = change.before;
  const omitted = sync.to.omitted;
  const hasDefault = omitted.kind === 'same' && omitted.sql !== 'NULL';
  return [
    spelling.addColumn(table, { name, type, collation }),
    ...(hasDefault ? [spelling.setDefault(table, name, omitted.sql)] : []),
    ...spelling.grants(table, name, grants),
    ...spelling.createSync(sync),
  ];
}

function shadowStep(change: Rename, { sync }: Parts, context: PlanContext): StepDraft {
  const { table, before, after } = change;
  const { spelling, limits } = context;
  const options = { limits, locks: [lock(table.before, 'ACCESS EXCLUSIVE')] };
  return {
    slug: `shadow-${slugOf(after.name)}`,
    stage: 'shadow',
    title: `Add ${after.name} beside ${before.name}, kept in step by a trigger`,
    action: sqlAction(addShadow(table.before, after.name, { change, sync }, context), options),
    rollback: sqlAction([...spelling.dropSync(sync), spelling.dropColumn(table.before, after.name)], options),
    verify: checkAction(
      spelling.columnsAre(table.before, [
        { column: before.name, is: 'present' },
        { column: after.name, is: 'nullable' },
      ]),
      'Somebody else changed the table meanwhile: roll back and plan again.',
    ),
    hazards: [
      hazards.preparedStatements(table.before),
      ...hazards.published(table.before),
      ...(sync.from.omitted.kind === 'volatile'
        ? [hazards.explicitNull(table.before, after.name)]
        : [hazards.disagreement(table.before, [before.name, after.name])]),
      ...(sync.lockValues ? [hazards.valueLocks(table.before, after.name)] : []),
      ...hazards.columnTriggers(table.before, before, after.name),
    ],
  };
}

/** `to` takes the value of `from` wherever it differs. */
function fill(table: Table, from: string, to: string, { spelling }: PlanContext): string {
  const [source, shadow] = [`t.${spelling.name(from)}`, `t.${spelling.name(to)}`];
  return `UPDATE ${spelling.relation(table)} AS t SET ${spelling.name(to)} = ${source} WHERE $range AND ${spelling.isDifferent(shadow, source)}`;
}

function backfillStep({ table, before, after }: Rename, context: PlanContext): StepDraft {
  return {
    slug: `fill-${slugOf(after.name)}`,
    stage: 'backfill',
    title: `Fill ${after.name} from ${before.name}, batch by batch`,
    action: batchesAction(table.before, fill(table.before, before.name, after.name, context), context, {
      isSelfLimiting: true,
    }),
    rollback: nothing,
    verify: nothing,
    hazards: userTriggersFire(table.before, { isQuiet: context.rights.mayQuietTriggers }),
  };
}

function compare(table: Table, { before, after }: Rename, context: PlanContext) {
  const [left, right] = [after, before].map(({ name }) =>
    context.spelling.comparable(`t.${context.spelling.name(name)}`, before.type),
  );
  return compareAction(table, { left: left ?? '', right: right ?? '' }, context);
}

function proveStep(change: Rename, context: PlanContext): StepDraft {
  const { before, after, table } = change;
  return {
    slug: `compare-${slugOf(after.name)}`,
    stage: 'prove',
    title: `Compare ${after.name} with ${before.name}, row by row`,
    action: nothing,
    rollback: nothing,
    verify: compare(table.before, change, context),
    hazards: [],
  };
}

function swapStep(change: Rename, parts: Parts, context: PlanContext): StepDraft {
  const { table, before, after } = change;
  const { spelling, limits } = context;
  const final = table.after;
  return {
    slug: `rename-${slugOf(before.name)}`,
    stage: 'swap',
    title: `Drop the shadow and rename ${before.name} to ${after.name}`,
    action: sqlAction(
      [
        ...spelling.dropSync({ ...parts.sync, table: final }),
        spelling.dropColumn(final, after.name),
        spelling.renameColumn(final, before.name, after.name),
      ],
      { limits, locks: [lock(final, 'ACCESS EXCLUSIVE')] },
    ),
    rollback: sequence(goBack(change, parts, context)),
    verify: checkAction(
      spelling.columnsAre(final, [
        { column: before.name, is: 'absent' },
        { column: after.name, is: 'present' },
      ]),
      'Somebody else changed the table meanwhile: roll back and plan again.',
    ),
    hazards: [
      hazards.preparedStatements(final),
      ...userTriggersFireBack(final, { isQuiet: context.rights.mayQuietTriggers }),
    ],
  };
}

/**
 * Online too: the old name comes as a shadow of the new one, is filled and compared, and only then do the two change
 * names, so that the original column bears its old name again, exactly as before contract.
 */
function goBack(change: Rename, parts: Parts, context: PlanContext) {
  const { before, after } = change;
  const { spelling, limits } = context;
  const final = tableAt(change, context);
  const back = mirrored(parts, change);
  const options = { limits, locks: [lock(final, 'ACCESS EXCLUSIVE')] };
  const aside = ownName(context, 'aside', ordinalOf(change, context));
  const columns = { ...namesAt(final, change.table.before), [before.name]: before.name };
  return [
    sqlAction(addShadow(final, before.name, { change, sync: back }, context), options),
    batchesAction(final, fill(final, after.name, before.name, context), context, { isSelfLimiting: true }),
    ...parts.copies.map((copy) => copyIndexAction(copy, { table: final, columns }, context)),
    compare(final, change, context),
    sqlAction(
      [
        ...spelling.dropSync(back),
        spelling.renameColumn(final, after.name, aside),
        spelling.renameColumn(final, before.name, after.name),
        spelling.renameColumn(final, aside, before.name),
        ...spelling.createSync({ ...parts.sync, table: final }),
      ],
      options,
    ),
  ];
}

function refuseGenerated({ before, table }: Rename): void {
  if (before.generated === undefined) return;
  throw fail('not-built', {
    what: `${plainColumn(table.before, before.name)} is a generated column.`,
    why: 'Renaming a generated column without a stop is not built yet.',
    next: 'Add a second generated column of the new name in one plan, and drop the old one in a later plan.',
  });
}
