import type { ColumnDef, Constraint, Node } from 'libpg-query';
import type { NewColumn, NewConstraint } from '../../../edit.ts';
import { collationText } from './definition-text.ts';
import { printExpression } from './print.ts';
import { constraintKind, readConstraint, type Standing } from './read-constraint.ts';
import { type Reading, refused } from './reading.ts';
import { isSerial, typeText } from './type-text.ts';
import { volatilityOfTree } from './volatility.ts';

/** A column with the constraints written at it, which become constraints of the table. */
export type ReadColumn = { readonly column: NewColumn; readonly constraints: readonly NewConstraint[] };

/** Reads a column definition. With `isWhole` the statement itself is run, so that what only it says may stay in it. */
export function readColumn(
  definition: ColumnDef,
  reading: Reading,
  standing: Standing & { readonly isWhole: boolean },
): ReadColumn {
  const name = definition.colname ?? '';
  const written = joinedAttributes(
    (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : [])),
  );
  refuseUnplanned(definition, written, { reading, standing });
  const type = definition.typeName ?? {};
  const find = (contype: Constraint['contype']) => written.find((constraint) => constraint.contype === contype);
  const identity = find('CONSTR_IDENTITY')?.generated_when;
  const isNotNull = find('CONSTR_NOTNULL') !== undefined || find('CONSTR_PRIMARY') !== undefined;
  const column: NewColumn = {
    name,
    type: typeText(type),
    collation: collationText(definition.collClause?.collname),
    isNotNull: isNotNull || identity !== undefined || isSerial(type),
    ...defaultOf(find('CONSTR_DEFAULT')?.raw_expr, reading),
    identity: identity === undefined ? undefined : identity === 'a' ? 'always' : 'by default',
    generated: generatedOf(find('CONSTR_GENERATED')),
    isSerial: isSerial(type),
  };
  const own = written.filter((constraint) => constraintKind(constraint) !== undefined);
  return {
    column,
    constraints: own.map((constraint) => readConstraint(constraint, reading, { ...standing, column: name })),
  };
}

/** The default of a column; DEFAULT NULL is none, as the server keeps it. */
export function defaultOf(
  expression: Node | undefined,
  reading: Reading,
): Pick<NewColumn, 'defaultExpression' | 'defaultVolatility'> {
  if (expression === undefined || isNull(expression))
    return { defaultExpression: undefined, defaultVolatility: undefined };
  return {
    defaultExpression: printExpression(expression),
    defaultVolatility: volatilityOfTree(expression, reading.functionVolatility),
  };
}

/** NULL, also with a cast around it. */
export function isNull(expression: Node): boolean {
  if ('TypeCast' in expression) return expression.TypeCast.arg !== undefined && isNull(expression.TypeCast.arg);
  return 'A_Const' in expression && expression.A_Const.isnull === true;
}

/** DEFERRABLE and its like stand as nodes of their own behind the constraint that they belong to. */
function joinedAttributes(constraints: readonly Constraint[]): readonly Constraint[] {
  const joined: Constraint[] = [];
  for (const constraint of constraints) {
    const last = joined.at(-1);
    const change = attributes[constraint.contype ?? ''];
    if (change === undefined || last === undefined) joined.push(constraint);
    else joined[joined.length - 1] = { ...last, ...change };
  }
  return joined;
}

const attributes: Readonly<Record<string, Partial<Constraint>>> = {
  CONSTR_ATTR_DEFERRABLE: { deferrable: true },
  CONSTR_ATTR_NOT_DEFERRABLE: { deferrable: false },
  // INITIALLY DEFERRED alone implies DEFERRABLE: https://www.postgresql.org/docs/18/sql-createtable.html
  CONSTR_ATTR_DEFERRED: { deferrable: true, initdeferred: true },
  CONSTR_ATTR_IMMEDIATE: { initdeferred: false },
  CONSTR_ATTR_ENFORCED: { is_enforced: true },
  CONSTR_ATTR_NOT_ENFORCED: { is_enforced: false },
};

function generatedOf(constraint: Constraint | undefined): NewColumn['generated'] {
  if (constraint?.raw_expr === undefined) return undefined;
  const kind = constraint.generated_kind === 's' ? 'stored' : 'virtual';
  return { kind, expression: printExpression(constraint.raw_expr) };
}

type Context = { readonly reading: Reading; readonly standing: Standing & { readonly isWhole: boolean } };

function refuseUnplanned(definition: ColumnDef, constraints: readonly Constraint[], context: Context): void {
  const { reading, standing } = context;
  const name = definition.colname ?? '';
  const reason = unplannedIn(definition, constraints);
  if (reason === undefined || (standing.isWhole && reason.isHarmlessInWhole)) return;
  throw refused(reading.statement, {
    what: `${reason.what} of column ${name}`,
    why: 'godwit does not carry it over when it adds a column step by step.',
    next: `Leave it away here, and set it afterwards.`,
    ...(standing.piece === undefined ? {} : { piece: standing.piece }),
  });
}

type Reason = { readonly what: string; readonly isHarmlessInWhole: boolean };

function unplannedIn(definition: ColumnDef, constraints: readonly Constraint[]): Reason | undefined {
  if (definition.storage_name !== undefined) return { what: 'STORAGE', isHarmlessInWhole: false };
  if (definition.compression !== undefined) return { what: 'COMPRESSION', isHarmlessInWhole: false };
  if ((definition.fdwoptions ?? []).length > 0) return { what: 'OPTIONS', isHarmlessInWhole: false };
  const identity = constraints.find(({ contype }) => contype === 'CONSTR_IDENTITY');
  if ((identity?.options ?? []).length > 0) return { what: 'Sequence options', isHarmlessInWhole: true };
  const notNull = constraints.find(({ contype }) => contype === 'CONSTR_NOTNULL');
  if (notNull?.conname !== undefined)
    return { what: `The name ${notNull.conname} for NOT NULL`, isHarmlessInWhole: true };
  if (notNull?.is_no_inherit === true) return { what: 'NOT NULL NO INHERIT', isHarmlessInWhole: true };
  return undefined;
}
