import { inserted, removed, spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import { keyOf } from '../../../engine/literals.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { testFile } from '../reading/test-file.ts';

/** Mocks of classes. */
export const constructedMocks: FileTransform = {
  kind: 'file',
  id: 'constructed-mocks',
  why: 'Since Vitest 4 a mock is constructed by its implementation, which an arrow function does not allow; one without `this` is the same as a function (Vitest, Migration Guide, Spies and Mocks support constructors).',
  files: sourceFiles,
  mentions: ['jest', 'mockImplementation', 'vi.fn'],
  transform(file) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const { nodes } = testFile(file);
    const constructed = new Set(nodes.flatMap((node) => (ts.isNewExpression(node) ? [node.expression.getText()] : [])));
    for (const node of nodes) {
      if (!ts.isCallExpression(node)) continue;
      const name = nameOf(node);
      const isConstructed = name !== undefined && constructed.has(name);
      if (isConstructed && isValueOfMock(node)) unresolved.push(notConstructed(node, name));
      if (!isImplementation(node) || !(isConstructed || isOfClass(node))) continue;
      const [arrow] = node.arguments;
      if (arrow === undefined || !ts.isArrowFunction(arrow)) continue;
      const made = asFunction(arrow);
      edits.push(...made);
      if (isConstructed && made.length === 0) unresolved.push(notConstructed(arrow, name));
    }
    return { edits, unresolved };
  },
};

function notConstructed(node: ts.Node, name: string): Unresolved {
  return {
    ...spanOf(node),
    message: `\`new ${name}()\` fails in Vitest: a mock is constructed by its implementation, and this one is no constructor.`,
    cure: 'Give it a function or a class: `vi.fn(function () { … })`.',
    evidence: 'Migration Guide, Spies and Mocks support constructors',
  };
}

/** `mockReturnValue(…)` and its like are arrow functions within. */
function isValueOfMock({ expression }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) &&
    /^mock(Return|Resolved|Rejected)Value(Once)?$/.test(expression.name.text)
  );
}

/** The plain name of a mock: the variable that it is given to, or what a method is called on. */
function nameOf(call: ts.CallExpression): string | undefined {
  let at: ts.Node = call;
  while (ts.isPropertyAccessExpression(at.parent) || ts.isCallExpression(at.parent) || ts.isAsExpression(at.parent)) {
    if (ts.isCallExpression(at.parent) && at.parent.expression !== at) break;
    at = at.parent;
  }
  if (ts.isVariableDeclaration(at.parent) && ts.isIdentifier(at.parent.name)) return at.parent.name.text;
  let callee: ts.Node = call.expression;
  while (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) callee = callee.expression;
  return ts.isIdentifier(callee) && !/^(jest|vi)$/.test(callee.text) ? callee.text : undefined;
}

/** `jest.fn(…)`, or `mockImplementation(…)` of anything. */
function isImplementation({ expression }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression)) return false;
  if (/^mockImplementation(Once)?$/.test(expression.name.text)) return true;
  return expression.name.text === 'fn' && /^(jest|vi)$/.test(expression.expression.getText());
}

/** By its name: what it is called on, else what its value is given to. */
function isOfClass(call: ts.CallExpression): boolean {
  const isClassName = (name: string | undefined): boolean => name !== undefined && /^[A-Z][A-Za-z0-9]*[a-z]/.test(name);
  let at: ts.Expression = call.expression;
  while (!ts.isIdentifier(at)) {
    if (ts.isPropertyAccessExpression(at) && isClassName(at.name.text)) return true;
    if (ts.isCallExpression(at) && /\bmocked$/.test(at.expression.getText())) at = at.arguments[0] ?? at.expression;
    else if (
      ts.isPropertyAccessExpression(at) ||
      ts.isCallExpression(at) ||
      ts.isParenthesizedExpression(at) ||
      ts.isAsExpression(at) ||
      ts.isNonNullExpression(at)
    )
      at = at.expression;
    else return false;
  }
  if (isClassName(at.text)) return true;
  let value: ts.Node = call;
  while (
    ts.isPropertyAccessExpression(value.parent) ||
    ts.isCallExpression(value.parent) ||
    ts.isAsExpression(value.parent)
  ) {
    if (ts.isCallExpression(value.parent) && value.parent.expression !== value) break;
    value = value.parent;
  }
  const { parent } = value;
  if (ts.isPropertyAssignment(parent)) return isClassName(keyOf(parent));
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) && isClassName(parent.name.text);
}

function asFunction(arrow: ts.ArrowFunction): readonly TextEdit[] {
  const isOwn = [...nodesBelow(arrow)].some(
    (node) => node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && node.text === 'arguments'),
  );
  const isAsync = arrow.modifiers !== undefined && arrow.modifiers.length > 0;
  if (isOwn || isAsync) return [];
  const token = arrow.equalsGreaterThanToken;
  const [parameter] = arrow.parameters;
  const isBare = parameter !== undefined && !arrow.getText().startsWith('(') && arrow.typeParameters === undefined;
  const head = isBare
    ? [inserted(arrow.getStart(), 'function ('), inserted(parameter.getEnd(), ')')]
    : [inserted(arrow.getStart(), 'function ')];
  if (ts.isBlock(arrow.body)) return [...head, removed(token.getStart(), arrow.body.getStart())];
  const value = ts.isParenthesizedExpression(arrow.body) ? arrow.body.expression : arrow.body;
  const from = token.getStart();
  return [...head, { offset: from, length: arrow.body.getEnd() - from, text: `{ return ${value.getText()}; }` }];
}
