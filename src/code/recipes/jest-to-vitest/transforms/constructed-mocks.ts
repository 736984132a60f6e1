import { inserted, removed } from '../../../engine/compiler-edits.ts';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import { keyOf } from '../../../engine/literals.ts';
import { type FileTransform, sourceFiles, type TextEdit } from '../../../recipe.ts';
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
    for (const node of testFile(file).nodes) {
      if (!ts.isCallExpression(node) || !isImplementation(node) || !isOfClass(node)) continue;
      const [arrow] = node.arguments;
      if (arrow !== undefined && ts.isArrowFunction(arrow)) edits.push(...asFunction(arrow));
    }
    return { edits, unresolved: [] };
  },
};

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
