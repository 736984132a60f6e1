import type { Action } from '#core/plan';
import type { ChangeOf } from '../diff.ts';
import * as hazards from '../hazards.ts';
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
import { batchesAction, rangeOf } from '../planning/ranges.ts';
import { columnOf, tableOf, withColumn } from '../planning/resolve.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../planning/steps.ts';
import { joinUndo, keyOver, type Undo, undoKeys, undoStep } from '../planning/undo.ts';
import { type Expression, expressionOver, withTable, withTransformation } from '../target.ts';

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
    };
  },
};

function notNullOf(change: Change, context: PlanContext): NotNull {
  const { table, after } = change;
  return { table: table.after, column: after.name, guard: ownName(context, 'not_null', ordinalOf(change, context)) };
}

/** Fills rows that hold NULL, and remembers which they were. */
function fillSteps(change: Change, fill: Expression, context: PlanContext): readonly StepDraft[] {
  const { table, after } = change;
  const { spelling, rights } = context;
  const undo: Undo = {
    name: ownName(context, 'undo', ordinalOf(change, context)).replace(/^godwit_/, ''),
    table: table.after,
    types: { new: after.type },
  };
  const hasKey = rangeOf(table.after).key.length > 0;
  const column = spelling.name(after.name);
  const update = `UPDATE ${spelling.relation(table.after)} AS t SET ${column} = ${expressionIn(fill, { table: table.after, qualifier: 't' }, context)} WHERE $range AND t.${column} IS NULL`;
  const kept = `WITH filled AS (${update} RETURNING ${[...keyOver('t', undo, context), `t.${column}`].join(', ')}) INSERT INTO ${spelling.undoRelation(undo.name)} (${[...undoKeys(undo), 'new'].join(', ')}) SELECT * FROM filled`;
  const step: StepDraft = {
    slug: `fill-${slugOf(after.name)}`,
    stage: 'tighten',
    title: `Fill ${after.name} where it holds NULL, batch by batch`,
    action: batchesAction(table.after, [hasKey ? kept : update], context, { isQuiet: false }),
    rollback: hasKey
      ? emptyAgain(change, undo, context)
      : {
          kind: 'irreversible',
          why: `${table.after.name} has no key by which the filled rows could be told from the others.`,
        },
    verify: noNulls(
      notNullOf(change, context),
      'See that the expression gives a value for every row, roll back and plan again.',
      context,
    ),
    hazards: rights.mayQuietTriggers ? [] : hazards.userTriggersFire(table.after),
  };
  if (!hasKey) return [step];
  return [{ ...undoStep(undo, `the rows of ${after.name} that are filled`, context), stage: 'tighten' }, step];
}

/** Only rows whose value is still ours hold NULL again. The guard goes first: it would not let them. */
function emptyAgain(change: Change, undo: Undo, context: PlanContext): Action {
  const { table, after } = change;
  const { spelling } = context;
  const column = spelling.name(after.name);
  const restore = `UPDATE ${spelling.relation(table.after)} AS t SET ${column} = NULL FROM ${spelling.undoRelation(undo.name)} AS u WHERE $range AND ${joinUndo(undo, context)} AND ${spelling.isSame(`t.${column}`, 'u.new')}`;
  return sequence([
    loosenNotNull(notNullOf(change, context), context),
    batchesAction(table.after, [restore], context, { isQuiet: false }),
  ]);
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
