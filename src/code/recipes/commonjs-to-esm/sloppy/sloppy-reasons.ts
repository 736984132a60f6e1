import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Hindrance } from '../reading/hindrance.ts';
import type { Names } from '../reading/scope.ts';
import { blockFunctionReasons } from './block-functions.ts';
import { directEvalReasons } from './direct-eval.ts';
import { mappedArgumentsReasons } from './mapped-arguments.ts';
import { plainThisReasons } from './plain-this.ts';
import { silentWriteReasons } from './silent-writes.ts';
import { isStrictCode } from './strict-code.ts';

/** What only runs as sloppy code, or not as a module at all. ES modules are strict. */
export function sloppyReasons(source: TypeScript.SourceFile, names: Names, isStrict: boolean): readonly Hindrance[] {
  const found: Hindrance[] = [];
  const nodes: TypeScript.Node[] = [];
  const visit = (
    node: TypeScript.Node,
    { isOwn, isOutside }: { readonly isOwn: boolean; readonly isOutside: boolean },
  ): void => {
    nodes.push(node);
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
  found.push(...directEvalReasons(nodes, names, isStrict));
  if (isStrict) return found;
  for (const { node, scope, isWrite } of names.references) {
    const isUndeclared = scope === 'free' && isWrite && !ts.isDeleteExpression(node.parent) && !isStrictCode(node);
    if (isUndeclared && !['require', 'module', 'exports'].includes(node.text))
      found.push({ node, why: `it gives \`${node.text}\` a value without declaring it, which throws in an ES module` });
  }
  return [
    ...found,
    ...nodes.flatMap(sameParameter),
    ...blockFunctionReasons(nodes, names),
    ...plainThisReasons(nodes, names),
    ...mappedArgumentsReasons(nodes, names),
    ...silentWriteReasons(nodes, names),
  ];
}

function sameParameter(node: TypeScript.Node): readonly Hindrance[] {
  if (!ts.isFunctionLike(node) || isStrictCode(node)) return [];
  const all = node.parameters.map(({ name }) => name.getText());
  const again = node.parameters.find(({ name }, at) => all.indexOf(name.getText()) !== at);
  return again === undefined
    ? []
    : [{ node: again, why: `a function has two parameters \`${again.getText()}\`, which is an error in an ES module` }];
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
