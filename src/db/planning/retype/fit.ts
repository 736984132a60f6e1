import type { Action } from '#core/plan';
import type { PlanContext } from '../../operation.ts';
import type { Column, Table } from '../../schema.ts';
import { isLossless } from '../lossless.ts';
import { ownName } from '../names.ts';
import { compareAction } from '../ranges.ts';
import { lock, sequence, sqlAction } from '../steps.ts';
import type { Converter, Fitting, Retype } from './retype.ts';

export type FittingRequest = {
  readonly table: Table;
  readonly wide: Column;
  readonly narrow: Column;
  /** The older form of a value, not cast yet. */
  readonly back: Converter;
  /** The user wrote it: what it gives is wanted, even where it does not lead forth again. */
  readonly isSaid: boolean;
  readonly word: string;
};

/** The nearest value of these is the value: it need not lead forth again. */
const inexact = /^(real|double precision)$/;

/** Undefined where every value has an older form. */
export function fittingOf(request: FittingRequest, context: PlanContext): Fitting | undefined {
  const { table, wide, narrow, back, isSaid, word } = request;
  const { spelling } = context;
  if (!isSaid && takesAll(narrow.type, wide.type)) return undefined;
  const same = (left: string, right: string, type: string) =>
    `${spelling.comparable(left, type)} IS NOT DISTINCT FROM ${spelling.comparable(right, type)}`;
  const holds: Converter = (qualifier, name) => {
    const value = back(qualifier, name);
    const old = spelling.assigned(value, narrow.type);
    if (isSaid || inexact.test(narrow.type)) return same(old, old, narrow.type);
    return same(`cast(${old} AS ${wide.type})`, value, wide.type);
  };
  const read = new Set([wide.name, ...(isSaid ? spelling.columnsIn(back('t', wide.name)) : [])]);
  const columns = [wide, ...table.columns.filter(({ id, name }) => id !== wide.id && read.has(name))];
  const fit = {
    name: ownName(context, 'fits', word),
    columns: columns.map(({ name, type }) => ({ name, type })),
    holds: holds('t', wide.name),
    searchPath: context.searchPath,
  };
  return { fit, wide, narrow, holds };
}

/** True where every value of the wider type is one of the narrower, which it is not then. */
function takesAll(narrow: string, wide: string): boolean {
  if (/^(text|character varying)$/.test(narrow) || isLossless(wide, narrow)) return true;
  const [room, need] = [lengthOf(narrow), lengthOf(wide)];
  return room !== undefined && need !== undefined && need <= room;
}

function lengthOf(type: string): number | undefined {
  const found = /^character(?: varying)?\((\d+)\)$/.exec(type);
  return found === null ? undefined : Number(found[1]);
}

/** The call for a row that has the wider column under this name. */
function call({ fit, wide }: Fitting, place: { readonly name: string; readonly alias?: string }, context: PlanContext) {
  const columns = fit.columns.map((column) => (column.name === wide.name ? { ...column, name: place.name } : column));
  return context.spelling.fits({ ...fit, columns }, place.alias);
}

/** A value that is NULL where there is none, instead of an error; over alias `t`. */
export function whereFits(fitting: Fitting | undefined, value: string, name: string, context: PlanContext): string {
  return fitting === undefined ? value : `CASE WHEN ${call(fitting, { name, alias: 't' }, context)} THEN ${value} END`;
}

/**
 * Counts the rows whose value does not fit, and names some; none may be there when the old type comes back. Asked before
 * new ones are refused, and once more then, since one may have come in between that the server's own proof would not name.
 */
export function everyValueFits(
  { fitting }: Retype,
  place: { readonly table: Table; readonly name: string },
  context: PlanContext,
): readonly Action[] {
  if (fitting === undefined) return [];
  const { table, name } = place;
  const said = `${name} holds a value that ${fitting.narrow.type} does not take`;
  return [compareAction(table, { left: call(fitting, { name, alias: 't' }, context), right: 'true', said }, context)];
}

/** True where a data step of the plan writes the column: the rollback takes that back first, so only then can be asked. */
export function isWrittenByPlan(columnId: string, { target }: PlanContext): boolean {
  return target.data.some(({ touched }) => touched.some(({ id, isWritten }) => isWritten && id === columnId));
}

/** What a step measures before a rollback touches anything. */
export function asBeforeRollback(actions: readonly Action[]): { readonly beforeRollback?: Action } {
  return actions.length === 0 ? {} : { beforeRollback: sequence(actions) };
}

/**
 * From here on values that do not fit are refused, as the old type does in a moment, and no row holds any. A column that
 * is NOT NULL has a guard of its own, which says the same.
 */
export function guardFits(
  retype: Retype,
  place: { readonly table: Table; readonly name: string },
  context: PlanContext,
): readonly Action[] {
  const { fitting, from, guard } = retype;
  if (fitting === undefined || from.isNotNull) return [];
  const { spelling, limits } = context;
  const { table, name } = place;
  const constraint = guardName(guard);
  const check = `CHECK (${call(fitting, { name }, context)})`;
  return [
    sqlAction(
      [
        spelling.dropConstraint(table, constraint),
        spelling.addConstraint(table, constraint, check, { notValid: true }),
      ],
      { limits, locks: [lock(table, 'ACCESS EXCLUSIVE')] },
    ),
    ...everyValueFits(retype, place, context),
    sqlAction([spelling.validateConstraint(table, constraint)], {
      limits,
      locks: [lock(table, 'SHARE UPDATE EXCLUSIVE')],
      scans: true,
    }),
  ];
}

/** Within the transaction in which the old type comes back. */
export function unguardFits({ fitting, from, guard }: Retype, table: Table, { spelling }: PlanContext) {
  return fitting === undefined || from.isNotNull ? [] : [spelling.dropConstraint(table, guardName(guard))];
}

function guardName(guard: string): string {
  return `${guard}_fits`;
}

export function createFit({ fitting }: Retype, { spelling }: PlanContext): readonly string[] {
  return fitting === undefined ? [] : spelling.createFit(fitting.fit);
}

export function dropFit({ fitting }: Retype, { spelling }: PlanContext): readonly string[] {
  return fitting === undefined ? [] : [spelling.dropFit(fitting.fit)];
}
