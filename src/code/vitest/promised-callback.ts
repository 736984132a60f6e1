import { inserted, removed, replaced } from '../engine/compiler-edits.ts';
import type { TextEdit } from '../recipe.ts';
import ts from '../typescript.cts';

/** A test or hook as it is written where it is declared. */
export type Callback = ts.ArrowFunction | ts.FunctionExpression;

type SourceKind = { readonly root: ts.SourceFile; readonly isTypescript: boolean };
/**
 * Edits by which a callback answers a promise that its `done` fulfils, or rejects when it is given an error. A function that
 * has no use for a `this` of its own becomes an arrow function.
 */
export function promisedCallback(
  callback: Callback,
  parameter: ts.ParameterDeclaration,
  read: SourceKind,
): readonly TextEdit[] {
  const name = parameter.name.getText();
  const { body } = callback;
  const uses = usesIn(body, name);
  const isPlain = uses.every(
    ({ parent }) =>
      ts.isCallExpression(parent) && parent.expression.getText() === name && parent.arguments.length === 0,
  );
  const [head, tail] = promiseAround(name, { isPlain, isTypescript: read.isTypescript });
  const error = read.isTypescript ? 'error?: unknown' : 'error';
  const end = /;[ \t]*$/m.test(read.root.text) || !read.root.text.includes('\n') ? ';' : '';
  const own = isPlain ? '' : `const ${name} = (${error}) => (error ? reject(error) : resolve())`;
  const failing = uses.flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) ? [replaced(parent, 'reject')] : [],
  );
  const start = body.getStart();
  if (!ts.isBlock(body))
    return [
      withoutParameter(callback, parameter),
      inserted(start, `${head}{ ${own}${own === '' ? '' : '; '}`),
      inserted(body.getEnd(), `; }${tail}`),
      ...failing,
    ];
  const line = own === '' ? [] : [inserted(start + 1, `\n${indentOf(read.root, callback.getStart())}  ${own}${end}`)];
  const isArrow = ts.isArrowFunction(callback);
  const isBound = !isArrow && (callback.name !== undefined || hasOwnThis(body));
  const [open, close] = isBound ? [`{ return ${head}`, `${tail}; }`] : [head, tail];
  const others = callback.parameters.filter((one) => one !== parameter).map((one) => one.getText());
  const header =
    isArrow || isBound
      ? withoutParameter(callback, parameter)
      : { offset: callback.getStart(), length: start - callback.getStart(), text: `(${others.join(', ')}) => ` };
  return [header, inserted(start, open), inserted(body.getEnd(), close), ...line, ...failing];
}

/** A callback without one of its parameters. */
export function withoutParameter(callback: Callback, parameter: ts.ParameterDeclaration): TextEdit {
  const before = callback.parameters[callback.parameters.indexOf(parameter) - 1];
  if (ts.isArrowFunction(callback) && !callback.getText().startsWith('(')) return replaced(parameter, '()');
  return removed(before === undefined ? parameter.getFullStart() : before.getEnd(), parameter.getEnd());
}

/** True where a body uses `this` or `arguments` of its function; those of functions within it are others. */
function hasOwnThis(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && node.text === 'arguments')) return true;
  if ((ts.isFunctionLike(node) && !ts.isArrowFunction(node)) || ts.isClassLike(node)) return false;
  return ts.forEachChild(node, (child) => hasOwnThis(child) || undefined) ?? false;
}

function promiseAround(
  name: string,
  { isPlain, isTypescript }: { readonly isPlain: boolean; readonly isTypescript: boolean },
): readonly [string, string] {
  const parameters = isPlain ? name : 'resolve, reject';
  return [`new Promise${isTypescript ? '<void>' : ''}((${parameters}) => `, ')'];
}

/** Where a name is used below a node, keys and properties of others not counted. */
export function usesIn(body: ts.Node, name: string): readonly ts.Identifier[] {
  const found: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    const isKey =
      (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
      (ts.isPropertyAssignment(node.parent) && node.parent.name === node);
    if (ts.isIdentifier(node) && node.text === name && !isKey) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

function indentOf(root: ts.SourceFile, offset: number): string {
  const start = root.text.lastIndexOf('\n', offset) + 1;
  return /^[ \t]*/.exec(root.text.slice(start))?.[0] ?? '';
}
