import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import { calledName } from '../syntax.ts';
import { type Flow, flowing, noFlow, resultMeeting, returnsOf } from './flow.ts';

/** The literals that make up what is written, with the way of each; and what is not seen of it in this file. */
export type Written = {
  readonly objects: readonly WrittenObject[];
  /** `row.name`, where such an object is changed or read before it is written. */
  readonly members: readonly { readonly name: TypeScript.MemberName; readonly flow: Flow }[];
  readonly unseen: readonly TypeScript.Expression[];
};

export type WrittenObject = {
  readonly object: TypeScript.ObjectLiteralExpression;
  readonly flow: Flow;
  /** Is a column that is looked for set again before it is written? Then it may not have both names. */
  readonly isChanged: boolean;
};

type Look = {
  readonly names: NamesInTree;
  /** Of what is looked for; another member of an object does not matter. */
  readonly columns: ReadonlySet<string>;
};

const stepsMax = 12;
const nothing: Written = { objects: [], members: [], unseen: [] };

/** Where the keys of a value stand that is written to a table: through variables, functions and spreads of this file. */
export function writtenObjects(value: TypeScript.Expression, look: Look): Written {
  return written(value, noFlow, { ...look, step: 0 });
}

type Step = Look & { readonly step: number };

function written(value: TypeScript.Expression, flow: Flow, given: Step): Written {
  const look = { ...given, step: given.step + 1 };
  if (look.step > stepsMax) return { ...nothing, unseen: [value] };
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value))
    return written(value.expression, flowing(flow, { type: isConst(value) ? undefined : value.type }), look);
  if (ts.isParenthesizedExpression(value) || ts.isAwaitExpression(value) || ts.isNonNullExpression(value))
    return written(value.expression, flow, look);
  if (ts.isObjectLiteralExpression(value)) return objectWritten(value, flow, look);
  const parts = partsOf(value);
  if (parts !== undefined) return joined(parts.map((part) => written(part, flow, look)));
  if (ts.isIdentifier(value)) return variableWritten(value, flow, look);
  return ts.isCallExpression(value) ? callWritten(value, flow, look) : { ...nothing, unseen: [value] };
}

function isConst({ type }: TypeScript.AsExpression | TypeScript.SatisfiesExpression): boolean {
  return type.getText() === 'const';
}

function joined(all: readonly Written[]): Written {
  return {
    objects: all.flatMap(({ objects }) => objects),
    members: all.flatMap(({ members }) => members),
    unseen: all.flatMap(({ unseen }) => unseen),
  };
}

/** The values that one of may be it, or that it has as its elements; undefined where it is one value. */
function partsOf(value: TypeScript.Expression): readonly TypeScript.Expression[] | undefined {
  if (ts.isArrayLiteralExpression(value))
    return value.elements.map((one) => (ts.isSpreadElement(one) ? one.expression : one));
  if (ts.isConditionalExpression(value)) return [value.whenTrue, value.whenFalse];
  if (ts.isBinaryExpression(value)) {
    const { kind } = value.operatorToken;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return [value.right];
    if (kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken)
      return [value.left, value.right];
  }
  const isNothing =
    ts.isLiteralExpression(value) ||
    [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(value.kind);
  return isNothing ? [] : undefined;
}

function objectWritten(object: TypeScript.ObjectLiteralExpression, flow: Flow, look: Step): Written {
  const spreads = object.properties.flatMap((one) =>
    ts.isSpreadAssignment(one) ? [written(one.expression, flow, look)] : [],
  );
  return joined([{ ...nothing, objects: [{ object, flow, isChanged: false }] }, ...spreads]);
}

function variableWritten(value: TypeScript.Identifier, flow: Flow, look: Step): Written {
  if (value.text === 'undefined') return nothing;
  const declaration = look.names.declarationOf(value);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
    return { ...nothing, unseen: [value] };
  const uses = look.names.usesOf(declaration);
  const all = look.names.isExposed(declaration) ? undefined : uses.filter((use) => !isOther(use, look.columns));
  const here = flowing(flow, { meeting: { at: declaration, by: value, all }, type: declaration.type });
  const begun = written(declaration.initializer, here, look);
  const members = uses.flatMap((use) =>
    isMemberOf(use, look.columns)
      ? [{ name: use.parent.name, flow: flowing(here, { meeting: { at: declaration, by: use, all } }) }]
      : [],
  );
  const objects = begun.objects.map((one) => (members.length > 0 ? { ...one, isChanged: true } : one));
  const own = { ...begun, objects, members: [...begun.members, ...members] };
  return uses.some(isAssigned) ? joined([own, { ...nothing, unseen: [value] }]) : own;
}

function isMemberOf(
  use: TypeScript.Identifier,
  columns: Look['columns'],
): use is TypeScript.Identifier & { readonly parent: TypeScript.PropertyAccessExpression } {
  const { parent } = use;
  return ts.isPropertyAccessExpression(parent) && parent.expression === use && columns.has(parent.name.text);
}

/** `row.total` where it is another column that is looked for. */
function isOther({ parent }: TypeScript.Identifier, columns: Look['columns']): boolean {
  return ts.isPropertyAccessExpression(parent) && !columns.has(parent.name.text);
}

/** Is it another value later, or does it get keys that are not written? */
function isAssigned(use: TypeScript.Identifier): boolean {
  const { parent } = use;
  if (ts.isElementAccessExpression(parent) && parent.expression === use)
    return !ts.isLiteralExpression(parent.argumentExpression) && isTarget(parent);
  if (ts.isCallExpression(parent) && parent.arguments[0] === use)
    return /^Object\.assign$/.test(parent.expression.getText());
  return isTarget(use);
}

function isTarget(node: TypeScript.Expression): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** `toRow(user)`, and `users.map(toRow)`. */
function callWritten(call: TypeScript.CallExpression, flow: Flow, look: Step): Written {
  const [first] = call.arguments;
  const isMap = /^(map|flatMap)$/.test(calledName(call) ?? '') && first !== undefined;
  const named = isMap ? first : call.expression;
  const meant = look.names.functionOf(named);
  const returned = meant === undefined ? [] : returnsOf(meant.node);
  if (meant === undefined || returned.length === 0) return { ...nothing, unseen: [call] };
  const meeting = resultMeeting(meant, named, look.names);
  const further = flowing(flow, { meeting, type: meant.node.type });
  return joined(returned.map((one) => written(one, further, look)));
}
