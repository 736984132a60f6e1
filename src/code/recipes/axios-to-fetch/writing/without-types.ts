import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** A text in TypeScript without its types, laid out as before; only syntax that goes without a trace is known. Pure. */
export function withoutTypes(text: string): string {
  const source = ts.createSourceFile('client.ts', text, ts.ScriptTarget.Latest, true);
  const gone: (readonly [number, number])[] = [];
  visit(source, text, gone);
  let result = text;
  for (const [start, end] of gone.sort((one, other) => other[0] - one[0]))
    result = result.slice(0, start) + result.slice(end);
  return result;
}

function visit(node: TypeScript.Node, text: string, gone: (readonly [number, number])[]): void {
  if (ts.isTypeAliasDeclaration(node) || isDeclared(node)) {
    const indent = /[ \t]*$/.exec(text.slice(0, node.getStart(undefined, true)))?.[0].length ?? 0;
    const behind = /^[ \t]*\n\n?/.exec(text.slice(node.end))?.[0].length ?? 0;
    gone.push([node.getStart(undefined, true) - indent, node.end + behind]);
    return;
  }
  if (ts.isAsExpression(node)) gone.push([node.expression.end, node.end]);
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) {
    const { typeParameters } = node;
    if (typeParameters !== undefined) gone.push([typeParameters.pos - 1, typeParameters.end + 1]);
  }
  if (hasType(node)) {
    if (ts.isParameter(node) && node.questionToken !== undefined) gone.push([node.questionToken.pos, node.type.end]);
    else gone.push([colonBefore(node.type, text), node.type.end]);
  }
  ts.forEachChild(node, (child) => {
    if (!ts.isTypeNode(child) && !ts.isTypeParameterDeclaration(child)) visit(child, text, gone);
  });
}

type Typed = TypeScript.Node & { readonly type: TypeScript.TypeNode };

function hasType(node: TypeScript.Node): node is Typed {
  const isTyped =
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isArrowFunction(node);
  return isTyped && node.type !== undefined;
}

function colonBefore(type: TypeScript.TypeNode, text: string): number {
  return text.lastIndexOf(':', type.getStart());
}

function isDeclared(node: TypeScript.Node): boolean {
  return (
    ts.isPropertyDeclaration(node) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true
  );
}
