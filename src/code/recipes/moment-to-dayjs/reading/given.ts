import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Given } from '../equal/fit.ts';

/** What is known of an argument by how it is written, and by its type. */
export function givenBy(node: TypeScript.Expression, checker: TypeScript.TypeChecker): Given {
  if (ts.isParenthesizedExpression(node)) return givenBy(node.expression, checker);
  if (ts.isStringLiteralLike(node)) return { kind: 'text', value: node.text };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { kind: 'boolean', value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'boolean', value: false };
  if (/^-?\d{1,15}$/.test(node.getText())) return { kind: 'integer', value: Number(node.getText()) };
  if (/^(new Date\(\)|Date\.now\(\))$/.test(node.getText())) return { kind: 'now' };
  if (isFraction(node, checker)) return { kind: 'number', isFraction: true };
  const text = constantText(node, checker);
  if (text !== undefined) return { kind: 'text', value: text };
  const kind = kindOf(checker.getTypeAtLocation(node));
  const isTrusted = kind === 'other' || isTypeScript(node) || isMade(node, checker, constantsMax);
  return { kind: isTrusted ? kind : 'unknown' };
}

function isFraction(node: TypeScript.Expression, checker: TypeScript.TypeChecker): boolean {
  const written = Number(node.getText());
  const type = checker.getTypeAtLocation(node);
  const value = Number.isNaN(written) && type.isNumberLiteral() ? type.value : written;
  return Number.isFinite(value) && !Number.isInteger(value);
}

function isTypeScript(node: TypeScript.Expression): boolean {
  return !/\.[cm]?jsx?\.tsx$/.test(node.getSourceFile().fileName);
}

const constantsMax = 5;
const makers = /^(Number|String|parseInt|parseFloat|Math\.\w+|Date\.(now|UTC|parse))$/;

/** In JavaScript a parameter may be anything: only what makes its own kind of value is believed. */
function isMade(node: TypeScript.Expression, checker: TypeScript.TypeChecker, left: number): boolean {
  if (ts.isParenthesizedExpression(node)) return isMade(node.expression, checker, left);
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date';
  if (ts.isTemplateExpression(node) || ts.isNumericLiteral(node)) return true;
  if (ts.isPrefixUnaryExpression(node)) return true;
  if (ts.isBinaryExpression(node)) return /^(-|\*|\/|%|\*\*)$/.test(node.operatorToken.getText());
  if (ts.isCallExpression(node)) return makers.test(node.expression.getText());
  const declaration = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || left === 0) return false;
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return isConst && declaration.initializer !== undefined && isMade(declaration.initializer, checker, left - 1);
}

/** The string that a name stands for, which is bound once by `const`. */
function constantText(node: TypeScript.Expression, checker: TypeScript.TypeChecker): string | undefined {
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  const { initializer } = declaration;
  return isConst && initializer !== undefined && ts.isStringLiteralLike(initializer) ? initializer.text : undefined;
}

function kindOf(type: TypeScript.Type): 'number' | 'date' | 'string' | 'unknown' | 'other' {
  if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return 'number';
  if ((type.flags & ts.TypeFlags.StringLike) !== 0) return 'string';
  if (type.symbol?.name === 'Date' && isOfLibrary(type.symbol)) return 'date';
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.BooleanLike)) !== 0 ? 'other' : 'unknown';
}

function isOfLibrary(symbol: TypeScript.Symbol): boolean {
  return symbol.declarations?.some((one) => /\/lib\.[\w.]+\.d\.ts$/.test(one.getSourceFile().fileName)) === true;
}
