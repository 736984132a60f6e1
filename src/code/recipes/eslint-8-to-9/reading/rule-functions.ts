import { nodesBelow } from '../../../engine/compiler-tree.ts';
import { keyOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';

export type RuleFunction = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration | ts.MethodDeclaration;

/** A function that makes the visitors of a rule, and how it calls its context. */
export type RuleCreate = { readonly create: RuleFunction; readonly context: string };

/** True for a function with a body that is written as a value or a declaration. */
export function isRuleFunction(node: ts.Node): node is RuleFunction {
  return (
    ts.isArrowFunction(node) ||
    ts.isFunctionExpression(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node)
  );
}

/**
 * The functions of a file that make visitors of rules: one that answers an object by types of nodes, and is called
 * `create`, or uses its only parameter as a rule does its context.
 */
export function ruleCreates(root: ts.SourceFile): readonly RuleCreate[] {
  return [...nodesBelow(root)].flatMap((node) => {
    if (!isRuleFunction(node)) return [];
    const [parameter] = node.parameters;
    if (parameter === undefined || !ts.isIdentifier(parameter.name)) return [];
    const context = parameter.name.text;
    const isNamed = nameOf(node) === 'create';
    const isRule = visitorsOf(node).length > 0 && (isNamed || usesContext(node, context));
    return isRule || (isNamed && usesContext(node, context)) ? [{ create: node, context }] : [];
  });
}

function nameOf(node: RuleFunction): string | undefined {
  if (ts.isMethodDeclaration(node)) return ts.isIdentifier(node.name) ? node.name.text : undefined;
  return ts.isPropertyAssignment(node.parent) ? keyOf(node.parent) : undefined;
}

const contextMembers =
  /^(report|getSourceCode|getScope|getAncestors|getFilename|getCwd|getSource|sourceCode|options|getDeclaredVariables|markVariableAsUsed)$/;

function usesContext(node: RuleFunction, context: string): boolean {
  return [...nodesBelow(node)].some(
    (one) =>
      ts.isPropertyAccessExpression(one) &&
      ts.isIdentifier(one.expression) &&
      one.expression.text === context &&
      contextMembers.test(one.name.text),
  );
}

/** The objects of visitors that a function answers. */
export function visitorsOf(node: RuleFunction): readonly ts.ObjectLiteralExpression[] {
  const { body } = node;
  if (body === undefined) return [];
  const answers = ts.isBlock(body) ? returnsOf(body) : [body];
  return answers.map(withoutParentheses).filter(ts.isObjectLiteralExpression).filter(isVisitors);
}

function returnsOf(body: ts.Node): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isRuleFunction(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return found;
}

function withoutParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;
}

/** Keys of visitors are selectors: they name types of nodes, which begin with a capital, or code paths. */
function isVisitors(object: ts.ObjectLiteralExpression): boolean {
  const keys = object.properties.map(keyOf).filter((key) => key !== undefined);
  return keys.length > 0 && keys.every((key) => /(^|[\s,:(>+~])[A-Z][A-Za-z]+|^on[A-Z]|^[*:[]/.test(key));
}

/** The visitor that a node stands in: its function, which is called with the node that is visited. */
export function visitorAround(
  node: ts.Node,
  visitors: readonly ts.ObjectLiteralExpression[],
): RuleFunction | undefined {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!isRuleFunction(at)) continue;
    const holder = ts.isMethodDeclaration(at) ? at.parent : at.parent.parent;
    if (visitors.some((object) => object === holder)) return at;
  }
  return undefined;
}
