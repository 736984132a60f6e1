import ts from '../../../typescript.cts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare } from '../reading/walk.ts';

/** Members that a text or an array has; anything else below a value of the query is a nested value. */
const ofTextsAndLists =
  /^(length|at|concat|every|filter|find|forEach|includes|indexOf|join|map|reduce|slice|some|sort|splice|push|charAt|charCodeAt|endsWith|match|normalize|padStart|padEnd|repeat|replace|replaceAll|search|split|startsWith|substr|substring|toLowerCase|toUpperCase|toString|trim|trimStart|trimEnd|valueOf|localeCompare|flat|flatMap|toSorted|constructor)$/;

/** `req.query.price.min`, `req.query.price?.min`, `req.query.filter[name]`: values that only the extended parser makes. */
export function nestedQueryReads(source: ExpressSource): readonly ts.Node[] {
  return source.nodes.filter((node) => {
    if (ts.isVariableDeclaration(node)) return isTakenApart(node, source);
    if (!isAccess(node)) return false;
    const value = bare(node.expression);
    if (!isAccess(value) || !isMember(bare(value.expression), 'query', source)) return false;
    if (ts.isPropertyAccessExpression(node)) return !ofTextsAndLists.test(node.name.text);
    return !/^\d+$/.test(node.argumentExpression.getText());
  });
}

/** `const { min, max } = req.query.price ?? {}` */
function isTakenApart({ name, initializer }: ts.VariableDeclaration, source: ExpressSource): boolean {
  if (!ts.isObjectBindingPattern(name) || initializer === undefined) return false;
  let value = bare(initializer);
  while (ts.isBinaryExpression(value)) value = bare(value.left);
  return isAccess(value) && isMember(bare(value.expression), 'query', source);
}

/** `find(req.query)`, `{ ...req.query }`: where the values go cannot be seen. */
export function wholeQueryReads(source: ExpressSource): readonly ts.Node[] {
  return source.nodes.filter((node) => {
    if (!ts.isPropertyAccessExpression(node) || !isMember(node, 'query', source)) return false;
    const { parent } = node;
    if (ts.isSpreadAssignment(parent)) return true;
    return (
      ts.isCallExpression(parent) &&
      parent.arguments.includes(node) &&
      !/^(console\.|debug|log|Object\.(assign|keys|prototype))/.test(parent.expression.getText())
    );
  });
}

/** Reads of a body that throw, or see another value, where it is undefined. */
export function bodyReads(source: ExpressSource): readonly ts.Node[] {
  return source.nodes.filter((node) => {
    if (!ts.isPropertyAccessExpression(node) || !isMember(node, 'body', source)) return false;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
      return parent.expression === node && parent.questionDotToken === undefined;
    }
    if (ts.isBinaryExpression(parent))
      return parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === node;
    return (
      ts.isVariableDeclaration(parent) ||
      ts.isCallExpression(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isAsExpression(parent) ||
      ts.isReturnStatement(parent)
    );
  });
}

function isAccess(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function isMember(node: ts.Expression, name: string, source: ExpressSource): boolean {
  return ts.isPropertyAccessExpression(node) && node.name.text === name && source.roleOf(node.expression) === 'request';
}
