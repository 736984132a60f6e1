import { inserted, replaced } from '../engine/compiler-edits.ts';
import type { TextEdit } from '../recipe.ts';
import ts from '../typescript.cts';

/** A test or hook as it is written where it is declared. */
export type Callback = ts.ArrowFunction | ts.FunctionExpression;
type SourceKind = { readonly root: ts.SourceFile; readonly isTypescript: boolean };
/** The parameter that ends it, and where it is used. */
type Waiting = { readonly name: string; readonly uses: readonly ts.Identifier[] };

/** Edits by which a callback answers a promise that its `done` fulfils, or rejects when it is given an error. */
export function promisedCallback(callback: Callback, { name, uses }: Waiting, read: SourceKind): readonly TextEdit[] {
  const isPlain = uses.every(
    ({ parent }) =>
      ts.isCallExpression(parent) && parent.expression.getText() === name && parent.arguments.length === 0,
  );
  const { body } = callback;
  const [head, tail] = promiseAround(name, { isPlain, isTypescript: read.isTypescript });
  const error = read.isTypescript ? 'error?: unknown' : 'error';
  const own = isPlain ? '' : `const ${name} = (${error}) => (error ? reject(error) : resolve());`;
  const failing = uses.flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) ? [replaced(parent, 'reject')] : [],
  );
  const start = body.getStart();
  if (!ts.isBlock(body))
    return [
      inserted(start, `${head}{ ${own}${own === '' ? '' : ' '}`),
      inserted(body.getEnd(), `; }${tail}`),
      ...failing,
    ];
  const line = own === '' ? [] : [inserted(start + 1, `\n${indentOf(read.root, callback.getStart())}  ${own}`)];
  const [open, close] = ts.isArrowFunction(callback) ? [head, tail] : [`{ return ${head}`, `${tail}; }`];
  return [inserted(start, open), inserted(body.getEnd(), close), ...line, ...failing];
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
