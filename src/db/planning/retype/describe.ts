import type { PlanContext } from '../../operation.ts';
import type { Column, Constraint, Table } from '../../schema.ts';
import type { Omitted, Sync } from '../../spelling.ts';
import { standing } from '../dependents.ts';
import { namesAt } from '../moment.ts';
import { ownName } from '../names.ts';
import { isUniqueKey, omittedOf } from '../shadow.ts';
import { fittingOf, whereFits } from './fit.ts';
import type { ConstraintPair, Converter, Fitting, IndexPair, Retype } from './retype.ts';

export type RetypeRequest = {
  readonly from: Column;
  readonly to: Column;
  /** Default in force before the swap. */
  readonly running: Pick<Column, 'defaultExpression' | 'defaultVolatility'>;
  readonly up: Converter;
  readonly down: Converter | undefined;
  /** Which of the two leads to the older type, and may be wanting for some values; and whether the user wrote that one. */
  readonly back: 'up' | 'down';
  readonly isBackSaid: boolean;
  readonly growing: Table;
  readonly swapped: Table;
  readonly final: Table;
  /** Distinguishes the names of its objects from those of other changes of the plan. */
  readonly word: string;
};

/** Works out names, triggers and copies for replacing a column. */
export function describeRetype(request: RetypeRequest, context: PlanContext): Retype {
  const { from, to, running, growing, swapped, final, word } = request;
  const { assigned } = context.spelling;
  const up: Converter = (qualifier, name) => assigned(request.up(qualifier, name), to.type);
  const down: Converter | undefined =
    request.down && ((qualifier, name) => assigned(request.down?.(qualifier, name) ?? '', from.type));
  const fitting = fittingIn(request, context);
  const [isUpBack, isDownBack] = [request.back === 'up', request.back === 'down'];
  const names = {
    shadow: from.name === to.name ? ownName(context, word, from.name) : to.name,
    aside: ownName(context, word, 'old', from.name),
    shadowDefault: to.defaultVolatility === 'volatile' ? undefined : to.defaultExpression,
  };
  const owned = context.before.sequences.find(
    ({ schema, name }) => schema === from.sequence?.schema && name === from.sequence.name,
  );
  return {
    from,
    to,
    ...names,
    ...syncsOf({ request, up, down, fitting, ...names }, context),
    fitting,
    back: request.back,
    up: (name) => whereFits(isUpBack ? fitting : undefined, up('t', name), name, context),
    down: (name) => down && whereFits(isDownBack ? fitting : undefined, down('t', name), name, context),
    runningDefault: running.defaultExpression,
    isNotNull: from.isNotNull && to.isNotNull,
    guard: ownName(context, word, 'not_null'),
    sequence: owned?.isIdentity === true ? undefined : owned,
    identity: owned?.isIdentity === true ? { sequence: owned, aside: ownName(context, word, 'sequence') } : undefined,
    ...attachments(growing, from, word, context),
    growing,
    swapped,
    final,
    columnsGrowing: {},
    columnsSwapped: without(namesAt(swapped, growing), from.name),
    columnsFinal: without(namesAt(final, growing), from.name),
  };
}

/** After the change of places the wider column bears the final name; on the way back from a free change, the old one. */
function fittingIn(request: RetypeRequest, context: PlanContext): Fitting | undefined {
  const { from, to, up, down, back, isBackSaid: isSaid, growing: table, word } = request;
  if (back === 'up') return fittingOf({ table, wide: from, narrow: to, back: up, isSaid, word }, context);
  return down && fittingOf({ table, wide: to, narrow: from, back: down, isSaid, word }, context);
}

type Syncing = Pick<Retype, 'shadow' | 'aside' | 'shadowDefault' | 'fitting'> & {
  readonly request: RetypeRequest;
  readonly up: Converter;
  readonly down: Converter | undefined;
};

/** The trigger before the swap, two-way where both names are to work, and the one after it. */
function syncsOf(syncing: Syncing, context: PlanContext): Pick<Retype, 'forward' | 'backward'> {
  const { request, up, down, fitting, shadow, aside, shadowDefault } = syncing;
  const { from, to, running, growing, final, word } = request;
  const sync = {
    name: ownName(context, 'sync', word),
    lockValues: isUniqueKey(growing, from),
    searchPath: context.searchPath,
  };
  const sides = {
    old: { column: from.name, type: from.type, omitted: omittedOf({ ...from, ...running }) },
    new: { column: shadow, type: to.type, omitted: sameOr(shadowDefault) },
  };
  const forward: Sync = {
    ...sync,
    table: growing,
    from: sides.old,
    to: sides.new,
    up: up('new', from.name),
    down: shadow === to.name ? down?.('new', shadow) : undefined,
    fits: request.back === 'up' ? fitting?.holds('new', from.name) : undefined,
  };
  const backward: Sync | undefined = down && {
    ...sync,
    name: `${sync.name}_back`,
    table: final,
    from: { ...sides.new, column: to.name },
    to: { ...sides.old, column: aside },
    up: down('new', to.name),
    down: undefined,
    fits: request.back === 'down' ? fitting?.holds('new', to.name) : undefined,
  };
  return { forward, backward };
}

function sameOr(expression: string | undefined): Omitted {
  return { kind: 'same', sql: expression ?? 'NULL' };
}

function without(names: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(names).filter(([from]) => from !== name));
}

type Attachments = Pick<Retype, 'indexes' | 'uniques' | 'checks' | 'primaryKey'>;

function attachments(table: Table, column: Column, word: string, context: PlanContext): Attachments {
  const names = (kind: string, place: number) => ({
    copy: ownName(context, word, kind, place + 1),
    aside: ownName(context, word, 'old', kind, place + 1),
  });
  const indexes = table.indexes
    .filter((index) => index.isValid && index.constraint === undefined && index.dependsOn.includes(column.id))
    .map((index, place): IndexPair => ({ index, ...names('index', place) }));
  const pairs = (kind: Constraint['kind']) =>
    // A check that the intent drops is gone from expand on; keys go at the end, and until then come along.
    (kind === 'check' ? standing(table.constraints, context) : table.constraints)
      .filter((constraint) => constraint.kind === kind && constraint.columns.includes(column.id))
      .map((constraint, place): ConstraintPair => ({ constraint, ...names(kind.replace('-', '_'), place) }));
  return { indexes, uniques: pairs('unique'), checks: pairs('check'), primaryKey: pairs('primary-key')[0] };
}
