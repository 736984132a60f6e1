import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { propertyName } from '../syntax.ts';

/** What a statement of a CommonJS module gives; `=` for all of the module. */
export type GivenByCommonJs = { readonly name: string; readonly node: TypeScript.Node };

/** `require('./t')` */
export function isWholeOfCommonJs(node: TypeScript.Node): node is TypeScript.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require';
}

/** `module.exports = …`, `exports.USERS = …` at the top level of a file. */
export function givenByCommonJs(statement: TypeScript.Statement): readonly GivenByCommonJs[] {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return [];
  const { left, right, operatorToken } = statement.expression;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const [, name] = /^(?:module\.)?exports(?:\.([\w$]+))?$/.exec(left.getText()) ?? [undefined, ''];
  if (name === '') return [];
  if (name !== undefined) return [{ name, node: right }];
  if (left.getText() === 'exports') return [];
  const all = { name: '=', node: right };
  return ts.isObjectLiteralExpression(right) ? [all, ...right.properties.flatMap(memberGiven)] : [all];
}

function memberGiven(property: TypeScript.ObjectLiteralElementLike): readonly GivenByCommonJs[] {
  const name = propertyName(property);
  if (name === undefined) return [];
  const node = ts.isShorthandPropertyAssignment(property) ? property.name : property;
  return [{ name, node }];
}

/** Does an identifier stand where a module only hands on what it names? */
export function isHandedOn(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent) || ts.isImportSpecifier(parent)) return true;
  const isMember =
    (ts.isShorthandPropertyAssignment(parent) || (ts.isPropertyAssignment(parent) && parent.initializer === node)) &&
    ts.isObjectLiteralExpression(parent.parent);
  const value = isMember ? parent.parent : node;
  const { parent: assignment } = value;
  return (
    ts.isBinaryExpression(assignment) &&
    assignment.right === value &&
    /^(module\.)?exports\b/.test(assignment.left.getText()) &&
    ts.isExpressionStatement(assignment.parent) &&
    ts.isSourceFile(assignment.parent.parent)
  );
}
