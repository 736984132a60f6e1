import type { DropStmt, Node } from 'libpg-query';
import { nodesIn, stringsOf } from '../../drivers/postgres/sql/walk.ts';
import { rangeOf } from '../catalog/apply-drop.ts';
import {
  type Catalog,
  fullName,
  keyOf,
  type Relation,
  referencesTo,
  relationOf,
  viewsOf,
  withPartitions,
} from '../catalog/catalog.ts';
import { type Effects, effects, type Lock, locksOn, noEffects } from './effects.ts';
import { tablesOfType } from './object-effects.ts';
import { indexLocks, reached } from './relations.ts';

const relationKinds = ['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_FOREIGN_TABLE'];
const onTable = ['OBJECT_TRIGGER', 'OBJECT_RULE', 'OBJECT_POLICY'];

/** DROP of everything but indexes; undefined for other statements. */
export function dropEffects(node: Node, catalog: Catalog): Effects | undefined {
  if (!('DropStmt' in node)) return undefined;
  const stmt = node.DropStmt;
  const type = stmt.removeType ?? '';
  if (relationKinds.includes(type)) {
    const isRefused = stmt.behavior !== 'DROP_CASCADE' && keepersOf(stmt, catalog).length > 0;
    return effects({ locks: relationLocks(stmt, catalog), fails: isRefused ? '2BP01' : undefined });
  }
  if (type === 'OBJECT_SEQUENCE') return effects({ locks: sequenceLocks(stmt, catalog) });
  if (onTable.includes(type)) {
    const tables = (stmt.objects ?? []).flatMap((object) => tablesOfPart(object, stmt, catalog));
    return effects({ locks: locksOn(tables, 'ACCESS EXCLUSIVE') });
  }
  if (type === 'OBJECT_FUNCTION' || type === 'OBJECT_TYPE' || type === 'OBJECT_DOMAIN') {
    return stmt.behavior === 'DROP_CASCADE' ? effects({ locks: cascadeLocks(stmt, catalog) }) : noEffects;
  }
  if (type === 'OBJECT_SCHEMA') return effects({ locks: schemaLocks(stmt, catalog) });
  return noEffects;
}

function sequenceLocks({ objects, missing_ok }: DropStmt, catalog: Catalog): readonly Lock[] {
  // Whether it is there is not known.
  if (missing_ok === true) return [];
  return (objects ?? []).map((object) => ({
    relation: fullName(catalog, rangeOf(object)),
    kind: 'sequence',
    mode: 'ACCESS EXCLUSIVE',
  }));
}

/**
 * The table that a trigger, rule or policy belongs to: all names but the last. A trigger goes from partitions too. Where
 * IF EXISTS finds no trigger nothing is locked.
 */
function tablesOfPart(object: Node, { removeType, missing_ok }: DropStmt, catalog: Catalog): readonly string[] {
  const names = 'List' in object ? stringsOf(object.List.items) : [];
  const [part = '', relname = '', schemaname] = names.toReversed();
  const name = schemaname === undefined ? { relname } : { relname, schemaname };
  if (removeType !== 'OBJECT_TRIGGER') return [fullName(catalog, name)];
  const relation = relationOf(catalog, name);
  const isNothing = missing_ok === true && relation?.isKnown === true && !relation.triggers.has(part);
  return isNothing ? [] : reached(catalog, { ...name, inh: true });
}

/** Tables whose triggers, defaults or columns go with a function or a type. */
function cascadeLocks(stmt: DropStmt, catalog: Catalog): readonly Lock[] {
  const tables = (stmt.objects ?? []).flatMap((object) => {
    if ('TypeName' in object) return tablesOfType(object.TypeName.names, catalog);
    const name = 'ObjectWithArgs' in object ? stringsOf(object.ObjectWithArgs.objname).at(-1) : undefined;
    return name === undefined ? [] : callersOf(name, catalog).map(keyOf);
  });
  return locksOn([...new Set(tables)], 'ACCESS EXCLUSIVE');
}

/** Tables with a trigger or a default that calls a function of the name. */
export function callersOf(name: string, catalog: Catalog): readonly Relation[] {
  return [...catalog.relations.values()].filter(
    ({ triggers, columns }) =>
      [...triggers.values()].includes(name) || [...columns.values()].some((column) => calls(column.default, name)),
  );
}

function calls(expression: Node | undefined, name: string): boolean {
  if (expression === undefined) return false;
  return [...nodesIn(expression)].some(
    (node) => 'FuncCall' in node && stringsOf(node.FuncCall.funcname).at(-1) === name,
  );
}

function relationLocks(stmt: DropStmt, catalog: Catalog): readonly Lock[] {
  const isCascading = stmt.behavior === 'DROP_CASCADE';
  return (stmt.objects ?? []).flatMap((object) => {
    const relation = relationOf(catalog, rangeOf(object));
    if (relation === undefined) {
      const isNothing = stmt.missing_ok === true && catalog.isWhole;
      return isNothing ? [] : locksOn([fullName(catalog, rangeOf(object))], 'ACCESS EXCLUSIVE');
    }
    return lockedWith(relation, catalog, isCascading);
  });
}

/** A table goes with its partitions, and locks its parent, what it refers to and, CASCADE, what refers to it. */
function lockedWith(relation: Relation, catalog: Catalog, isCascading: boolean): readonly Lock[] {
  const own = withPartitions(relation);
  const referenced = own.flatMap(({ constraints }) =>
    [...constraints.values()].flatMap(({ references }) =>
      references === undefined
        ? []
        : [references.relation === undefined ? references.name : keyOf(references.relation)],
    ),
  );
  const referring = isCascading ? referencesTo(catalog, relation).map((found) => keyOf(found.relation)) : [];
  const views = isCascading ? viewsOf(catalog, relation).map(keyOf) : [];
  const parents = relation.parent === undefined ? [] : [keyOf(relation.parent)];
  const rest = [...(relation.parent?.partitions ?? [])]
    .filter(({ isDefaultPartition }) => isDefaultPartition)
    .map(keyOf);
  const all = new Set([...own.map(keyOf), ...referenced, ...referring, ...views, ...parents, ...rest]);
  return [...locksOn([...all], 'ACCESS EXCLUSIVE'), ...own.flatMap((one) => indexLocks(one))];
}

function schemaLocks(stmt: DropStmt, catalog: Catalog): readonly Lock[] {
  const names = stringsOf(stmt.objects);
  const inside = [...catalog.relations.values()].filter(({ schema }) => names.includes(schema));
  return inside.flatMap((relation) => lockedWith(relation, catalog, true));
}

/** Relations outside of a DROP that depend on what it drops: without CASCADE it fails for them. */
export function keepersOf(stmt: DropStmt, catalog: Catalog): readonly Relation[] {
  const dropped = (stmt.objects ?? []).flatMap((object) => {
    const relation = relationOf(catalog, rangeOf(object));
    return relation === undefined ? [] : withPartitions(relation);
  });
  const others = dropped.flatMap((relation) => [
    ...viewsOf(catalog, relation),
    ...referencesTo(catalog, relation).map((found) => found.relation),
  ]);
  return [...new Set(others)].filter((relation) => !dropped.includes(relation));
}
