import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Hindrance } from './hindrance.ts';
import type { Names } from './scope.ts';

/** What only runs as sloppy code, or not as a module at all. ES modules are strict. */
export function sloppyReasons(
  source: TypeScript.SourceFile,
  { references, declared, inner }: Names,
  isStrict: boolean,
): readonly Hindrance[] {
  const found: Hindrance[] = [];
  const visit = (
    node: TypeScript.Node,
    { isOwn, isOutside }: { readonly isOwn: boolean; readonly isOutside: boolean },
  ): void => {
    if (isOwn && node.kind === ts.SyntaxKind.ThisKeyword)
      found.push({ node, why: '`this` is the exports at the level of the file, and undefined in an ES module' });
    if (isOutside && ts.isReturnStatement(node))
      found.push({ node, why: 'it returns at the level of the file, which an ES module cannot' });
    if (isOwn && ts.isIdentifier(node) && node.text === 'arguments' && !ts.isPropertyAccessExpression(node.parent))
      found.push({ node, why: '`arguments` at the level of the file is of CommonJS alone' });
    if (ts.isWithStatement(node)) found.push({ node, why: '`with` is not there in an ES module' });
    if (isCallee(node)) found.push({ node, why: '`arguments.callee` throws in an ES module, which is strict' });
    if (ts.isIdentifier(node) && node.text === 'await' && !ts.isPropertyAccessExpression(node.parent))
      found.push({ node, why: '`await` is no name in an ES module' });
    const within = { isOwn: isOwn && !opensThis(node), isOutside: isOutside && !ts.isFunctionLike(node) };
    ts.forEachChild(node, (child) => visit(child, within));
  };
  visit(source, { isOwn: true, isOutside: true });
  if (isStrict) return found;
  for (const { node, scope, isWrite } of references) {
    if (scope !== 'free') continue;
    if (isWrite && !['require', 'module', 'exports'].includes(node.text))
      found.push({ node, why: `it gives \`${node.text}\` a value without declaring it, which throws in an ES module` });
    else if (inner.has(node.text) && !declared.has(node.text) && isBlockFunction(source, node.text))
      found.push({ node, why: `the function \`${node.text}\` is used outside of the block that declares it` });
  }
  return found;
}

function isCallee(node: TypeScript.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'arguments' &&
    ['callee', 'caller'].includes(node.name.text)
  );
}

function opensThis(node: TypeScript.Node): boolean {
  return (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) || ts.isClassLike(node);
}

function isBlockFunction(source: TypeScript.SourceFile, name: string): boolean {
  let isFound = false;
  const visit = (node: TypeScript.Node): void => {
    if (ts.isFunctionDeclaration(node) && node.name?.text === name && !ts.isSourceFile(node.parent)) {
      const holder = node.parent.parent;
      if (!ts.isFunctionLike(holder)) isFound = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return isFound;
}
