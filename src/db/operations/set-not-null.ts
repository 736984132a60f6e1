import type { Action } from '#core/plan';
import type { ChangeOf } from '../diff.ts';
import type { Look } from '../look.ts';
import type { Operation, PlanContext, StepDraft } from '../operation.ts';
import { expressionIn } from '../planning/expression.ts';
import { ordinalOf, ownName } from '../planning/names.ts';
import {
  guardNotNull,
  loosenNotNull,
  type NotNull,
  noNulls,
  setNotNull as set,
  validateNotNull,
} from '../planning/not-null.ts';
import { batchesAction, undoBatchesAction } from '../planning/ranges.ts';
import { columnOf, tableOf, withColumn } from '../planning/resolve.ts';
import { areThereBefore } from '../planning/stated-names.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../planning/steps.ts';
import { undoStep, valuesUndoOf } from '../planning/undo.ts';
import { noNullRows } from '../planning/violations.ts';
import { type Expression, expressionOver, withTable, withTransformation } from '../target.ts';
import { userTriggersFire } from '../trigger-hazards.ts';
import { overwriteRows, restoreValues, type ValuesUndo } from '../undo.ts';

type Change = ChangeOf<'set-not-null'>;

/** A check that is not validated guards new rows, old ones are filled or counted, and the valid check spares the scan. */
export const setNotNull: Operation<'set-not-null'> = {
  id: 'set-not-null',
  summary: 'ALTER TABLE … ALTER COLUMN … SET NOT NULL',
  examples: [
    {
      title: 'a column without NULL',
      setup: `CREATE TABLE users (id bigint PRIMARY KEY, name text);
        INSERT INTO users SELECT n, 'name ' || n FROM generate_series(1, 100) AS n`,
      sql: 'ALTER TABLE users ALTER COLUMN name SET NOT NULL',
    },
    {
      title: 'NULLs are filled, and hold NULL again after a rollback',
      setup: `CREATE TABLE users (id bigint, part text, name text, PRIMARY KEY (part, id));
        INSERT INTO users SELECT n, 'a', CASE WHEN n % 3 = 0 THEN 'name ' || n END FROM generate_series(1, 100) AS n`,
      sql: `-- godwit: up 'user ' || id
        ALTER TABLE users ALTER COLUMN name SET NOT NULL`,
      equals: `UPDATE users SET name = 'user ' || id WHERE name IS NULL; ALTER TABLE users ALTER COLUMN name SET NOT NULL`,
    },
    {
      title: 'a column that is NOT NULL already',
      setup: 'CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL)',
      sql: 'ALTER TABLE users ALTER COLUMN name SET NOT NULL',
      refused: 'nothing-to-do',
    },
  ],

  simulate(target, edit, { up }) {
    const table = tableOf(target, edit.table);
    const column = columnOf(table, edit.column);
    const tightened = withTable(target, withColumn(table, { ...column, isNotNull: true }));
    return up === undefined ? tightened : withTransformation(tightened, column.id, { fill: expressionOver(table, up) });
  },

  plan(change, context) {
    const { table, after, fill } = change;
    return {
      deployNeeds: [
        `Deploy the version that writes no NULL into ${after.name} of ${table.after.name}, and end the last instance of the old one.`,
      ],
      contract: [
        ...(fill === undefined ? [] : fillSteps(change, fill, context)),
        guardStep(change, context),
        setStep(change, context),
      ],
      looks: looksOf(change, context),
    };
  },
};

/** What an expression or a statement of the intent fills is no more in the way when it counts. */
function looksOf({ table, before, fill }: Change, context: PlanContext): readonly Look[] {
  const isChanged = context.target.data.some((statement) => statement.table === table.before.id);
  if (fill !== undefined || isChanged || !areThereBefore([before.id], table, context)) return [];
  return [
    {
      title: `Look for rows without a value in ${before.name}`,
      table: table.before,
      action: noNullRows(table.before, before.name, context),
      cure: 'Fill them before contract, or plan again with -- godwit: up <expression> before SET NOT NULL.',
    },
  ];
}

function notNullOf(change: Change, context: PlanContext): NotNull {
  const { table, after } = change;
  return { table: table.after, column: after.name, guard: ownName(context, 'not_null', ordinalOf(change, context)) };
}

/** Fills rows that hold NULL, and remembers which they were. */
function fillSteps(change: Change, fill: Expression, context: PlanContext): readonly StepDraft[] {
  const { table, after } = change;
  const { spelling, tag } = context;
  const column = spelling.name(after.name);
  const value = `(${expressionIn(fill, { table: table.after, qualifier: 't' }, context)})`;
  const where = `t.${column} IS NULL AND ${value} IS NOT NULL`;
  const values = { column: after.name, oldType: after.type, newType: after.type };
  const undo = valuesUndoOf(table.after, values, { ordinal: ordinalOf(change, context), tag });
  const batching = { isQuiet: false, isSelfLimiting: true };
  const plain = `UPDATE ${spelling.relation(table.after)} AS t SET ${column} = ${value} WHERE $range AND ${where}`;
  const step: StepDraft = {
    slug: `fill-${slugOf(after.name)}`,
    stage: 'tighten',
    title: `Fill ${after.name} where it holds NULL, batch by batch`,
    action:
      undo === undefined
        ? batchesAction(table.after, plain, context, batching)
        : undoBatchesAction(overwriteRows(undo, { assignments: [value], where }, spelling), context, batching),
    rollback: undo === undefined ? noWayBack(change) : emptyAgain(change, undo, context),
    verify: noNulls(
      notNullOf(change, context),
      'See that the expression gives a value for every row; roll back, plan again.',
      context,
    ),
    hazards: userTriggersFire(table.after, { isQuiet: false, columnId: after.id }),
  };
  return undo === undefined ? [step] : [undoStep(undo, 'tighten', context), step];
}

/** Only rows whose value is still ours hold NULL again. The guard goes first: it would not let them. */
function emptyAgain(change: Change, undo: ValuesUndo, context: PlanContext): Action {
  return sequence([
    loosenNotNull(notNullOf(change, context), context),
    undoBatchesAction(restoreValues(undo, {}, context.spelling), context, { isQuiet: false }),
  ]);
}

function noWayBack({ table }: Change) {
  const why = `${table.after.name} has no key by which the filled rows could be told from the others.`;
  return { kind: 'irreversible' as const, why };
}

function guardStep(change: Change, context: PlanContext): StepDraft {
  const { spelling, limits } = context;
  const notNull = notNullOf(change, context);
  return {
    slug: `guard-${slugOf(notNull.column)}`,
    stage: 'tighten',
    title: `Let no more NULL into ${notNull.column}`,
    action: guardNotNull(notNull, context),
    rollback: sqlAction([spelling.dropConstraint(notNull.table, notNull.guard)], {
      limits,
      locks: [lock(notNull.table, 'ACCESS EXCLUSIVE')],
    }),
    verify: noNulls(notNull, `Fill them, or plan again with -- godwit: up <expression> before SET NOT NULL.`, context),
    hazards: [],
  };
}

function setStep(change: Change, context: PlanContext): StepDraft {
  const notNull = notNullOf(change, context);
  return {
    slug: `not-null-${slugOf(notNull.column)}`,
    stage: 'tighten',
    title: `Prove that ${notNull.column} holds no NULL, and make it NOT NULL`,
    action: sequence([validateNotNull(notNull, context), set(notNull, context)]),
    rollback: loosenNotNull(notNull, context),
    verify: checkAction(
      context.spelling.columnsAre(notNull.table, [{ column: notNull.column, is: 'not null' }]),
      'Roll back and plan again.',
    ),
    hazards: [],
  };
}
