import type { ColumnDef, Constraint, RangeVar } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { relationOf } from '../catalog/catalog.ts';
import type { LintContext } from '../context.ts';
import { addedConstraint } from '../effects/constraint-effects.ts';
import { constraintsIn } from '../effects/create.ts';
import type { Unit } from '../unit.ts';
import { declaredColumns } from './declared-columns.ts';
import { oncePerUnit } from './once-per-unit.ts';

/** A constraint that a CREATE TABLE, an ADD COLUMN or an ADD CONSTRAINT makes. */
export type DeclaredConstraint = {
  readonly constraint: Constraint;
  readonly table: RangeVar | undefined;
  /** The column at which it stands. */
  readonly column: ColumnDef | undefined;
  /** Columns of a key or a foreign key. */
  readonly columns: readonly string[];
  /** Byte location, for a hit; undefined where the unit is meant. */
  readonly at: number | undefined;
};

/** Units that can make a constraint. */
export const declaring: readonly string[] = ['CreateStmt', 'AT_AddColumn', 'AT_AddConstraint'];

/** The constraints that a unit makes; none where IF NOT EXISTS passes it over. */
export const declaredConstraints = oncePerUnit(constraintsDeclaredBy);

function constraintsDeclaredBy(unit: Unit, context: LintContext): readonly DeclaredConstraint[] {
  const { node, command } = unit;
  if ('CreateStmt' in node) {
    const { relation: table, if_not_exists } = node.CreateStmt;
    if (if_not_exists === true && relationOf(context.catalog, table) !== undefined) return [];
    return constraintsIn(node.CreateStmt).map(({ constraint, column }) => ({
      ...{ constraint, table, column },
      columns: columnsOf(constraint, column),
      at: column?.location ?? constraint.location,
    }));
  }
  if (!('AlterTableStmt' in node) || command === undefined) return [];
  const { relation: table } = node.AlterTableStmt;
  const added = addedConstraint(command);
  if (added !== undefined) {
    return [{ constraint: added, table, column: undefined, columns: columnsOf(added, undefined), at: undefined }];
  }
  return declaredColumns(unit, context).flatMap(({ definition: column }) =>
    (column.constraints ?? []).flatMap((one) =>
      'Constraint' in one
        ? [{ constraint: one.Constraint, table, column, columns: columnsOf(one.Constraint, column), at: undefined }]
        : [],
    ),
  );
}

function columnsOf(constraint: Constraint, column: ColumnDef | undefined): readonly string[] {
  if (column !== undefined) return [column.colname ?? ''];
  return stringsOf(constraint.contype === 'CONSTR_FOREIGN' ? constraint.fk_attrs : constraint.keys);
}
