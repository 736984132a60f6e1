import type { Constraint, Node, RenameStmt } from 'libpg-query';
import { stringsOf } from '../../drivers/postgres/sql/walk.ts';
import type { LintContext } from '../context.ts';
import type { Unit } from '../unit.ts';
import { declaredColumns } from './declared-columns.ts';
import { declaredConstraints } from './declared-constraints.ts';
import type { NameKind } from './name-kinds.ts';

/** A name that a statement gives; `at` is the byte location where it is not that of the unit. */
export type MadeName = { readonly kind: NameKind; readonly name: string; readonly at: number | undefined };

/** The names that a unit gives to what it makes or renames. What gets its name from the server is not among them. */
export function madeNames(unit: Unit, context: LintContext): readonly MadeName[] {
  const columns = declaredColumns(unit, context).map(({ definition, name, isOfNewTable }) => ({
    kind: 'column' as const,
    name,
    at: isOfNewTable ? definition.location : undefined,
  }));
  const constraints = declaredConstraints(unit, context).flatMap(({ constraint, at }) =>
    constraint.conname === undefined ? [] : [{ kind: constraintKind(constraint), name: constraint.conname, at }],
  );
  const whole = nameOfWhole(unit.node);
  return [...(whole === undefined ? [] : [{ ...whole, at: undefined }]), ...columns, ...constraints];
}

function constraintKind({ contype }: Constraint): NameKind {
  switch (contype) {
    case 'CONSTR_PRIMARY':
      return 'primary-key';
    case 'CONSTR_UNIQUE':
      return 'unique';
    case 'CONSTR_FOREIGN':
      return 'foreign-key';
    case 'CONSTR_CHECK':
      return 'check';
    default:
      return 'constraint';
  }
}

type Name = { readonly kind: NameKind; readonly name: string };

function nameOfWhole(node: Node): Name | undefined {
  if ('RenameStmt' in node) return renamed(node.RenameStmt);
  if ('CreateStmt' in node) return called('table', node.CreateStmt.relation?.relname);
  if ('CreateTableAsStmt' in node) {
    const { objtype, into } = node.CreateTableAsStmt;
    return called(objtype === 'OBJECT_MATVIEW' ? 'view' : 'table', into?.rel?.relname);
  }
  if ('IndexStmt' in node) return called('index', node.IndexStmt.idxname);
  if ('ViewStmt' in node) return called('view', node.ViewStmt.view?.relname);
  if ('CreateSeqStmt' in node) return called('sequence', node.CreateSeqStmt.sequence?.relname);
  if ('CreateSchemaStmt' in node) return called('schema', node.CreateSchemaStmt.schemaname);
  if ('CreateEnumStmt' in node) return called('type', stringsOf(node.CreateEnumStmt.typeName).at(-1));
  if ('CompositeTypeStmt' in node) return called('type', node.CompositeTypeStmt.typevar?.relname);
  if ('CreateDomainStmt' in node) return called('type', stringsOf(node.CreateDomainStmt.domainname).at(-1));
  if ('CreateFunctionStmt' in node) return called('function', stringsOf(node.CreateFunctionStmt.funcname).at(-1));
  if ('CreateTrigStmt' in node) return called('trigger', node.CreateTrigStmt.trigname);
  return undefined;
}

function called(kind: NameKind, name: string | undefined): Name | undefined {
  return name === undefined ? undefined : { kind, name };
}

function renamed({ renameType, newname }: RenameStmt): Name | undefined {
  const kind = renameType === undefined ? undefined : renamedKinds.get(renameType);
  return kind === undefined ? undefined : called(kind, newname);
}

const renamedKinds: ReadonlyMap<string, NameKind> = new Map([
  ['OBJECT_TABLE', 'table'],
  ['OBJECT_COLUMN', 'column'],
  ['OBJECT_INDEX', 'index'],
  ['OBJECT_TABCONSTRAINT', 'constraint'],
  ['OBJECT_VIEW', 'view'],
  ['OBJECT_MATVIEW', 'view'],
  ['OBJECT_SEQUENCE', 'sequence'],
  ['OBJECT_SCHEMA', 'schema'],
  ['OBJECT_TYPE', 'type'],
  ['OBJECT_DOMAIN', 'type'],
  ['OBJECT_FUNCTION', 'function'],
  ['OBJECT_TRIGGER', 'trigger'],
]);
