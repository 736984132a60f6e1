import type { Constraint, Node } from 'libpg-query';
import type { NewConstraint } from '../../../edit.ts';
import type { ConstraintKind, QualifiedName } from '../../../schema.ts';
import { automaticConstraintName } from './automatic-name.ts';
import { checkText, foreignKeyText, keyText, optionsText, referentialAction } from './definition-text.ts';
import { columnsOf } from './expression.ts';
import { printExpression } from './print.ts';
import { type Reading, type Refusal, refused } from './reading.ts';
import { printName } from './type-text.ts';
import { stringsOf } from './walk.ts';

const kinds: Readonly<Record<string, ConstraintKind>> = {
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_CHECK: 'check',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_EXCLUSION: 'exclusion',
};

/** The kind of a constraint, or undefined for what the grammar also calls so (NOT NULL, DEFAULT …). */
export function constraintKind(constraint: Constraint): ConstraintKind | undefined {
  return kinds[constraint.contype ?? ''];
}

/** Where a constraint stands: its table, the column when it is written at one, and the command of the statement. */
export type Standing = { readonly table: QualifiedName; readonly column?: string; readonly piece?: number };

/**
 * Reads a constraint; without a name of its own it gets the one that the server would choose. Its definition leaves NOT
 * VALID out, which stands in `isNotValid`. Throws `not-built` for what is not planned.
 */
export function readConstraint(constraint: Constraint, reading: Reading, standing: Standing): NewConstraint {
  const kind = constraintKind(constraint);
  const refusal = kind === undefined ? unknownKind(constraint) : refusalOf(constraint, kind);
  if (kind === undefined || refusal !== undefined) throw refused(reading.statement, placed(refusal, standing));
  const columns = constrainedColumns(constraint, standing);
  const name = constraint.conname ?? automaticName(kind, columns, { constraint, reading, standing });
  return {
    name,
    kind,
    definition: definitionOf(constraint, columns, reading),
    columns,
    include: stringsOf(constraint.including),
    references: referencesOf(constraint, reading),
    usingIndex: constraint.indexname,
    nullsNotDistinct: constraint.nulls_not_distinct === true,
    with: optionsText(constraint.options),
    tablespace: constraint.indexspace,
    isNotValid: constraint.skip_validation === true,
    isDeferrable: constraint.deferrable === true,
  };
}

function constrainedColumns(constraint: Constraint, { column }: Standing): readonly string[] {
  if (constraint.contype === 'CONSTR_CHECK') return columnsOf(constraint.raw_expr).filter((name) => name !== '*');
  if (constraint.contype === 'CONSTR_EXCLUSION') return excludedColumns(constraint.exclusions ?? []);
  const written = stringsOf(constraint.contype === 'CONSTR_FOREIGN' ? constraint.fk_attrs : constraint.keys);
  return written.length === 0 && column !== undefined ? [column] : written;
}

function excludedColumns(exclusions: readonly Node[]): readonly string[] {
  return exclusions.flatMap((pair) => {
    const [element] = 'List' in pair ? (pair.List.items ?? []) : [];
    if (element === undefined || !('IndexElem' in element)) return [];
    return element.IndexElem.name === undefined ? columnsOf(element.IndexElem.expr) : [element.IndexElem.name];
  });
}

type Naming = { readonly constraint: Constraint; readonly reading: Reading; readonly standing: Standing };

function automaticName(kind: ConstraintKind, columns: readonly string[], naming: Naming): string {
  const { constraint, reading, standing } = naming;
  // A constraint made from an index takes its name: https://www.postgresql.org/docs/18/sql-altertable.html
  if (constraint.indexname !== undefined) return constraint.indexname;
  const { schema, name } = standing.table;
  const parts = kind === 'unique' ? [...columns, ...stringsOf(constraint.including)] : columns;
  return reading.automatic(schema, (isTaken) => automaticConstraintName(name, { kind, columns: parts }, isTaken));
}

function definitionOf(constraint: Constraint, columns: readonly string[], reading: Reading): string {
  const { contype, raw_expr, pktable } = constraint;
  if (contype === 'CONSTR_CHECK' && raw_expr !== undefined) return checkText(constraint, printExpression(raw_expr));
  if (contype !== 'CONSTR_FOREIGN') return keyText(constraint, columns);
  const { schema, name } = reading.relation(pktable);
  return foreignKeyText(constraint, columns, `${printName(schema)}.${printName(name)}`);
}

function referencesOf(constraint: Constraint, reading: Reading): NewConstraint['references'] {
  if (constraint.contype !== 'CONSTR_FOREIGN') return undefined;
  return {
    table: reading.relation(constraint.pktable),
    columns: stringsOf(constraint.pk_attrs),
    onDelete: referentialAction(constraint.fk_del_action).toLowerCase(),
    onUpdate: referentialAction(constraint.fk_upd_action).toLowerCase(),
  };
}

function refusalOf(constraint: Constraint, kind: ConstraintKind): Refusal | undefined {
  const name = constraint.conname === undefined ? '' : ` ${constraint.conname}`;
  if (kind === 'exclusion') {
    return {
      what: `The exclusion constraint${name}`,
      why: 'The server can only build it under a lock that stops all writes, and has no NOT VALID form of it.',
      next: 'Add it while the application is stopped.',
    };
  }
  if (constraint.without_overlaps === true || constraint.fk_with_period === true) {
    return {
      what: `The temporal constraint${name} (WITHOUT OVERLAPS, PERIOD)`,
      why: 'Its index cannot be built CONCURRENTLY and attached.',
      next: 'Add it while the application is stopped.',
    };
  }
  // The server marks what is enforced; a unique or primary key always is, and is not marked.
  if ((kind === 'check' || kind === 'foreign-key') && constraint.is_enforced !== true) {
    return {
      what: `The constraint${name} that is NOT ENFORCED`,
      why: 'godwit plans constraints that hold.',
      next: 'Leave NOT ENFORCED away.',
    };
  }
  return undefined;
}

function unknownKind(constraint: Constraint): Refusal {
  return {
    what: `The constraint ${constraint.conname ?? constraint.contype ?? ''}`,
    why: 'There is no online way for its kind in godwit yet.',
    next: 'Leave it out of this intent.',
  };
}

function placed(refusal: Refusal | undefined, standing: Standing): Refusal {
  const said = refusal ?? unknownKind({});
  return standing.piece === undefined ? said : { ...said, piece: standing.piece };
}
