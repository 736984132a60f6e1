import type { Node, RangeVar, TypeName } from 'libpg-query';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { typeNamed } from '../catalog/apply-type.ts';
import { type Catalog, type LintType, type Relation, relationOf } from '../catalog/catalog.ts';
import { columnType } from '../column-type.ts';
import type { Unit } from '../unit.ts';

/** A value of an enum. */
export type Label = { readonly label: string; readonly typeName: readonly Node[]; readonly catalog: Catalog };

/** An expression and what it is meant for: a type that is written, or a column by its name. */
type Meant =
  | { readonly expression: unknown; readonly type: TypeName | undefined }
  | { readonly expression: unknown; readonly column: string };

/**
 * Does a statement use a value of an enum? The same text for a column of another type is none. A column of which
 * nothing is known is taken for one of the enum.
 */
export function usesLabel(unit: Unit, wanted: Label): boolean {
  const tree = unit.command ?? unit.node;
  if (![...nodesIn(tree)].some((node) => isText(node, wanted.label))) return false;
  const relations = relationsIn(unit, wanted.catalog);
  return meanings(unit, wanted.catalog).some(
    (meant) => hasText(meant.expression, wanted) && isOfEnum(meant, { wanted, relations, unit }),
  );
}

function isText(node: Node, label: string): boolean {
  return 'A_Const' in node && node.A_Const.sval?.sval === label;
}

/** Does an expression have the text, without being cast to another type? */
function hasText(expression: unknown, wanted: Label): boolean {
  const cast = new Set<unknown>();
  for (const node of nodesIn([expression])) {
    if ('TypeCast' in node && !isNamed(node.TypeCast.typeName, wanted)) cast.add(node.TypeCast.arg);
    if (isText(node, wanted.label) && !cast.has(node)) return true;
  }
  return false;
}

function isNamed(name: TypeName | undefined, { catalog, typeName }: Label): boolean {
  const written = (name?.names ?? []).filter((node) => !('String' in node) || node.String.sval !== 'pg_catalog');
  const type: LintType | undefined = typeNamed(catalog, typeName);
  return type !== undefined && typeNamed(catalog, written) === type;
}

function isOfEnum(
  meant: Meant,
  place: { readonly wanted: Label; readonly relations: readonly (Relation | undefined)[]; readonly unit: Unit },
): boolean {
  const { wanted, relations, unit } = place;
  if (!('column' in meant)) return isNamed(meant.type, wanted);
  const own = definitionOf(unit, meant.column);
  if (own !== undefined) return isNamed(own, wanted);
  const known = relations.flatMap((relation) => {
    const column = relation?.columns.get(meant.column);
    return column === undefined ? [] : [column];
  });
  const type = typeNamed(wanted.catalog, wanted.typeName);
  if (known.length > 0) return known.some((column) => column.type.name === type?.name);
  return relations.some((relation) => relation === undefined || !relation.isKnown);
}

/** Type of a column that the statement itself makes. */
function definitionOf({ node, command }: Unit, column: string): TypeName | undefined {
  for (const one of nodesIn(command ?? node)) {
    if ('ColumnDef' in one && one.ColumnDef.colname === column && columnType(one.ColumnDef.typeName).name !== '')
      return one.ColumnDef.typeName;
  }
  return undefined;
}

function relationsIn({ node }: Unit, catalog: Catalog): readonly (Relation | undefined)[] {
  return rangesIn(node).map((name) => relationOf(catalog, name));
}

/** Tables that a statement names; those that it is about are no wrapped nodes. */
function rangesIn(node: Node): readonly RangeVar[] {
  const named = [...nodesIn(node)].flatMap((one) => ('RangeVar' in one ? [one.RangeVar] : []));
  return [...named, ...[tableOf(node)].flatMap((name) => (name === undefined ? [] : [name]))];
}

function tableOf(node: Node): RangeVar | undefined {
  if ('InsertStmt' in node) return node.InsertStmt.relation;
  if ('UpdateStmt' in node) return node.UpdateStmt.relation;
  if ('DeleteStmt' in node) return node.DeleteStmt.relation;
  if ('MergeStmt' in node) return node.MergeStmt.relation;
  if ('AlterTableStmt' in node) return node.AlterTableStmt.relation;
  if ('CreateStmt' in node) return node.CreateStmt.relation;
  if ('IndexStmt' in node) return node.IndexStmt.relation;
  if ('CreatePolicyStmt' in node) return node.CreatePolicyStmt.table;
  if ('CreateTrigStmt' in node) return node.CreateTrigStmt.relation;
  return undefined;
}

function meanings({ node, command }: Unit, catalog: Catalog): readonly Meant[] {
  const tree = command ?? node;
  const found: Meant[] = [...nodesIn(tree)].flatMap(meaningsAt);
  if (command?.subtype === 'AT_ColumnDefault') found.push({ expression: command.def, column: command.name ?? '' });
  if ('InsertStmt' in node) found.push(...insertMeanings(node, catalog));
  if ('UpdateStmt' in node) found.push(...assignments(node.UpdateStmt.targetList));
  return found;
}

function meaningsAt(node: Node): readonly Meant[] {
  if ('TypeCast' in node) return [{ expression: node.TypeCast.arg, type: node.TypeCast.typeName }];
  if ('A_Expr' in node) {
    const { lexpr, rexpr } = node.A_Expr;
    return [...comparison(lexpr, rexpr), ...comparison(rexpr, lexpr)];
  }
  if ('ColumnDef' in node) {
    const { constraints, raw_default, typeName: type } = node.ColumnDef;
    const defaults = (constraints ?? []).flatMap((one) =>
      'Constraint' in one && one.Constraint.contype === 'CONSTR_DEFAULT' ? [one.Constraint.raw_expr] : [],
    );
    return [...defaults, raw_default].map((expression) => ({ expression, type }));
  }
  if ('FunctionParameter' in node) {
    return [{ expression: node.FunctionParameter.defexpr, type: node.FunctionParameter.argType }];
  }
  if ('OnConflictClause' in node) return assignments(node.OnConflictClause.targetList);
  return [];
}

function comparison(side: Node | undefined, other: Node | undefined): readonly Meant[] {
  if (side === undefined || !('ColumnRef' in side)) return [];
  const column = stringsOf(side.ColumnRef.fields).at(-1);
  return column === undefined ? [] : [{ expression: other, column }];
}

function assignments(targets: readonly Node[] | undefined): readonly Meant[] {
  return (targets ?? []).flatMap((target) =>
    'ResTarget' in target ? [{ expression: target.ResTarget.val, column: target.ResTarget.name ?? '' }] : [],
  );
}

/** Values of an INSERT stand for its columns in order, or for those of the table. */
function insertMeanings(
  { InsertStmt: stmt }: Extract<Node, { InsertStmt: unknown }>,
  catalog: Catalog,
): readonly Meant[] {
  const table = relationOf(catalog, stmt.relation);
  const listed = (stmt.cols ?? []).flatMap((one) => ('ResTarget' in one ? [one.ResTarget.name ?? ''] : []));
  const columns = listed.length > 0 ? listed : table?.isKnown === true ? [...table.columns.keys()] : undefined;
  const select = stmt.selectStmt !== undefined && 'SelectStmt' in stmt.selectStmt ? stmt.selectStmt.SelectStmt : {};
  const rows = (select.valuesLists ?? []).map((list) => ('List' in list ? (list.List.items ?? []) : []));
  const chosen = (select.targetList ?? []).map((target) => ('ResTarget' in target ? target.ResTarget.val : undefined));
  const onConflict = assignments(stmt.onConflictClause?.targetList);
  return [
    ...onConflict,
    ...[...rows, chosen].flatMap((values) =>
      values.flatMap((expression, place) => {
        // Of a table of which nothing is known any column may be of the enum: no name is one that nobody has.
        const column = columns === undefined ? '' : columns[place];
        return column === undefined ? [] : [{ expression, column }];
      }),
    ),
  ];
}
