import type { Action } from '#core/plan';
import type { ChangeOf } from '../../diff.ts';
import type { Draft, PlanContext, StepDraft } from '../../operation.ts';
import { ordinalOf, ownName } from '../../planning/names.ts';
import { keyIndexOf } from '../../planning/new-constraint.ts';
import { indexAction, indexDefinition, rebuildAction } from '../../planning/new-index.ts';
import { areThereBefore, statedNames } from '../../planning/stated-names.ts';
import { checkAction, lock, sequence, slugOf, sqlAction } from '../../planning/steps.ts';
import { duplicatesQuery, early, noDuplicates, type UniqueKeys } from '../../planning/violations.ts';
import type { Index, Table } from '../../schema.ts';
import { tightened } from '../../table-hazards.ts';

type Add = ChangeOf<'add-constraint'>;

/**
 * A unique index is built while the application writes, and made the constraint in an instant. The columns of a primary
 * key become NOT NULL by changes of their own, before it.
 */
export function keyDraft(change: Add, context: PlanContext): Draft {
  const { constraint, table, stated } = change;
  const { name } = constraint;
  if (stated.usingIndex !== undefined) return { contract: [attachStep(change, context)] };
  const look = {
    slug: `no-duplicates-${slugOf(name)}`,
    title: `Look for duplicates that ${name} would not take`,
    action: noDuplicates(table.before, keysAt(change, table.before, context), context),
  };
  return {
    ...(areThereBefore(constraint.columns, table, context) ? early(look, table, context) : {}),
    deployNeeds: [
      `Deploy the version that writes no duplicates of ${stated.columns.join(', ')} into ${table.after.name}, and end the last instance of the old one.`,
    ],
    contract: [buildStep(change, context), attachStep(change, context)],
  };
}

function buildStep(change: Add, context: PlanContext): StepDraft {
  const { constraint, stated, columns, table } = change;
  const { spelling } = context;
  const { name } = constraint;
  const create = spelling.copyIndex(indexDefinition(table.after, keyIndexOf(stated, name)), {
    name,
    table: table.after,
    columns: statedNames(columns, table.after, table),
  });
  const duplicates = duplicatesQuery(table.after, keysAt(change, table.after, context), context);
  return {
    slug: `index-${slugOf(name)}`,
    stage: 'tighten',
    title: `Build the unique index of ${name} while the application writes`,
    action: indexAction(name, table.after, context, { create, duplicates }),
    rollback: indexAction(name, table.after, context),
    verify: checkAction(spelling.indexIsValid(table.after.schema, name), 'Apply again: the index is built anew.'),
    hazards: [tightened(table.after, `${name} is unique`, ['23505'])],
  };
}

function attachStep(change: Add, context: PlanContext): StepDraft {
  const { constraint, table, stated } = change;
  const { spelling, limits } = context;
  const { name } = constraint;
  const kind = constraint.kind === 'primary-key' ? 'primary-key' : 'unique';
  const used = indexBefore(change);
  const using = { kind, index: used?.name ?? name, definition: stated.definition } as const;
  const options = { limits, locks: [lock(table.after, 'ACCESS EXCLUSIVE')] };
  return {
    slug: `attach-${slugOf(name)}`,
    stage: 'tighten',
    title: `Make the unique index ${using.index} the constraint ${name}`,
    action: sqlAction([spelling.addConstraintUsingIndex(table.after, name, using)], options),
    rollback:
      used === undefined
        ? sqlAction([spelling.dropConstraint(table.after, name)], options)
        : releaseIndex(change, used, context),
    verify: checkAction(spelling.constraintIs(table.after, name, 'valid'), 'Roll back and plan again.'),
    hazards: [],
  };
}

/** A constraint takes its index with it, so that another of the kind is built before: the rows stay unique throughout. */
function releaseIndex(change: Add, used: Index, context: PlanContext): Action {
  const { constraint, table } = change;
  const { spelling, limits } = context;
  const { schema } = table.after;
  const copy = ownName(context, 'index', ordinalOf(change, context));
  const statements = [
    spelling.dropConstraint(table.after, constraint.name),
    spelling.renameIndex(schema, copy, used.name),
    ...(used.comment === undefined ? [] : [spelling.commentOnIndex(schema, used.name, used.comment)]),
  ];
  return sequence([
    rebuildAction({ ...used, name: copy }, table.after, table.before, context),
    sqlAction(statements, { limits, locks: [lock(table.after, 'ACCESS EXCLUSIVE')] }),
  ]);
}

/** The index that USING INDEX names, where it is there before the plan. */
function indexBefore({ constraint, table }: Add): Index | undefined {
  const id = table.after.indexes.find(({ name }) => name === constraint.index)?.id;
  return table.before.indexes.find((index) => index.id === id);
}

function keysAt({ stated, columns, table }: Add, view: Table, { spelling }: PlanContext): UniqueKeys {
  const names = statedNames(columns, view, table);
  return {
    keys: stated.columns.map((column) => spelling.name(names[column] ?? column)),
    predicate: undefined,
    nullsNotDistinct: stated.nullsNotDistinct,
  };
}
