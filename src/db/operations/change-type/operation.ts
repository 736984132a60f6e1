import { fail } from '#core/error';
import type { ChangeOf, TablePair } from '../../diff.ts';
import type { Draft, Operation, PlanContext } from '../../operation.ts';
import { expressionIn, refuseReplaced } from '../../planning/expression.ts';
import { linkedChanges } from '../../planning/linked-changes.ts';
import { otherTableAt, refuseSharedIndex, tableAt } from '../../planning/moment.ts';
import { ordinalOf } from '../../planning/names.ts';
import { columnOf, tableOf, withColumn } from '../../planning/resolve.ts';
import { describeRetype, type RetypeRequest } from '../../planning/retype/describe.ts';
import { movingKeys } from '../../planning/retype/moving-keys.ts';
import type { Converter, Retype } from '../../planning/retype/retype.ts';
import type { Linked } from '../../planning/retype/swap.ts';
import { plainColumn } from '../../planning/shadow.ts';
import { type Expression, expressionOver, withTable, withTransformation } from '../../target.ts';
import { examples } from './examples.ts';
import { freeSteps } from './free.ts';
import { refuseKeys } from './key-refusals.ts';
import { refuseAttached } from './refusals.ts';
import { replaceSteps } from './replace.ts';

type Change = ChangeOf<'change-type'>;

/**
 * Free where the server changes the catalog alone. Else a column of the new type grows beside the old one, filled and
 * indexed while both are kept in step; they change places behind the deploy gate, and the old one is dropped last.
 */
export const changeType: Operation<'change-type'> = {
  id: 'change-type',
  summary: 'ALTER TABLE … ALTER COLUMN … TYPE … [USING …]',
  examples,

  simulate(target, edit, { up, down }) {
    const table = tableOf(target, edit.table);
    const column = columnOf(table, edit.column);
    // Without COLLATE the server takes the collation of the new type, whatever the column had.
    const after = { ...column, type: edit.type, collation: edit.collation };
    const retyped = withTable(target, withColumn(table, after));
    if (target.newColumns[column.id] !== undefined) return retyped;
    const using = edit.using ?? up;
    return withTransformation(retyped, column.id, {
      ...(using === undefined ? {} : { up: expressionOver(table, using) }),
      ...(down === undefined ? {} : { down: down === 'none' ? 'none' : expressionOver(table, down) }),
    });
  },

  plan(change, context): Draft {
    refuseAttached(change, context);
    refuseKeys(change, context);
    if (change.isFree) return freeSteps(change, context);
    refuseSharedIndex(change, context);
    return replaceSteps(change, { retype: retypeOf(change, context), linked: linkedOf(change, context) }, context);
  },
};

/** What changes places together; none where another change comes before this one and carries it. */
function linkedOf(change: Change, context: PlanContext): Linked | undefined {
  const { members, keys } = linkedChanges(change, context);
  if (members[0]?.before.id !== change.before.id) return undefined;
  const retypes = members.map((member) => retypeOf(member, context));
  const views = {
    growing: ({ before }: TablePair) => before,
    swapped: (table: TablePair) => otherTableAt(table, change, context),
  };
  const word = String(ordinalOf(change, context));
  return { retypes, keys: movingKeys(keys, retypes, { views, word }, context) };
}

function retypeOf(change: Change, context: PlanContext): Retype {
  const { table, before, after } = change;
  return describeRetype(
    {
      from: before,
      to: after,
      running: before,
      ...convertersOf(change, context),
      growing: table.before,
      swapped: tableAt(change, context),
      final: table.after,
      word: String(ordinalOf(change, context)),
    },
    context,
  );
}

/** Throws `unsafe-change` where nothing says how to come back. */
function convertersOf(
  change: Change,
  context: PlanContext,
): Pick<RetypeRequest, 'up' | 'down' | 'back' | 'isBackSaid'> {
  const { before, after, up, down, table } = change;
  const { spelling } = context;
  for (const given of [up, down])
    if (given !== undefined && given !== 'none') refuseReplaced(given, before.id, context);
  const said =
    (expression: Expression): Converter =>
    (qualifier, name) =>
      `(${expressionIn(expression, { table: table.before, qualifier, instead: { [before.id]: name } }, context)})`;
  const plain: Converter = (qualifier, name) => `${qualifier}.${spelling.name(name)}`;
  const ownName = Object.entries(up?.columns ?? {}).find(([, id]) => id === before.id)?.[0] ?? '';
  const isPlain = up === undefined || spelling.isPlainCast(up.sql, ownName, after.type);
  if (!isPlain && down === undefined) throw noWayBack(change, up);
  const back = down === 'none' ? undefined : down === undefined ? plain : said(down);
  return { up: up === undefined ? plain : said(up), down: back, back: 'down', isBackSaid: down !== undefined };
}

function noWayBack({ table, before, after }: Change, up: Expression | undefined) {
  return fail('unsafe-change', {
    what: `${plainColumn(table.before, before.name)} becomes ${after.type} by ${up?.sql ?? ''}, and nothing says how to come back.`,
    why: 'Old and new values are kept in step in both directions until the old version is gone, and for the rollback after that.',
    next: `Write "-- godwit: down <expression over ${after.name}>" before the statement, or "-- godwit: down none" to do without a way back.`,
  });
}
