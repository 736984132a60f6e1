import type { Node, RangeVar } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import {
  type Catalog,
  fullName,
  keyOf,
  type LintConstraint,
  type Relation,
  relationOf,
  withPartitions,
} from '../catalog/catalog.ts';
import type { Lock } from './effects.ts';

/**
 * Names of a relation and, unless ONLY is said, of its partitions. One that is not known stands for itself. The parser
 * leaves out what is false, so ONLY is a name without `inh`.
 */
export function reached(catalog: Catalog, name: RangeVar | undefined): readonly string[] {
  const relation = relationOf(catalog, name);
  if (relation === undefined) return [fullName(catalog, name)];
  // The parser leaves `inh` out where ONLY is said.
  return (name?.inh === true ? withPartitions(relation) : [relation]).map(keyOf);
}

/** The most strictly locked indexes of a relation. */
export function indexLocks(relation: Relation | undefined, names?: readonly string[]): readonly Lock[] {
  if (relation === undefined) return [];
  const indexes = [...relation.indexes.values()].filter(({ name }) => names?.includes(name) ?? true);
  return indexes.map(({ name }) => ({
    relation: keyOf({ schema: relation.schema, name }),
    kind: 'index',
    mode: 'ACCESS EXCLUSIVE',
  }));
}

/**
 * Does a valid CHECK of the relation, one of `gone` left out, say that the column is not null? Then the server need not
 * look at the rows.
 */
export function isProvenNotNull(
  relation: Relation | undefined,
  column: string,
  gone: ReadonlySet<string> = new Set(),
): boolean {
  if (relation === undefined) return false;
  return [...relation.constraints.values()].some(
    (constraint) =>
      isProof(constraint) &&
      !gone.has(constraint.name) &&
      conjuncts(constraint.expression).some((part) => saysNotNull(part, column)),
  );
}

function isProof({ kind, isValid, isEnforced }: LintConstraint): boolean {
  return kind === 'check' && isValid && isEnforced;
}

/** Parts of an expression that all hold where it holds. */
export function conjuncts(expression: Node | undefined): readonly Node[] {
  if (expression === undefined) return [];
  if ('BoolExpr' in expression && expression.BoolExpr.boolop === 'AND_EXPR') {
    return (expression.BoolExpr.args ?? []).flatMap(conjuncts);
  }
  return [expression];
}

/** Is it `column IS NOT NULL`? */
export function saysNotNull(part: Node, column: string): boolean {
  if (!('NullTest' in part) || part.NullTest.nulltesttype !== 'IS_NOT_NULL') return false;
  const { arg } = part.NullTest;
  return arg !== undefined && 'ColumnRef' in arg && stringsOf(arg.ColumnRef.fields).at(-1) === column;
}

/** The column of a relation, or undefined where either is not known. */
export function isKnownNotNull(relation: Relation | undefined, column: string): boolean {
  return relation?.columns.get(column)?.isNotNull === true;
}
