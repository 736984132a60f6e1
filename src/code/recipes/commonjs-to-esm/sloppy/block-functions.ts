import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Hindrance } from '../reading/hindrance.ts';
import type { Names } from '../reading/scope.ts';
import { holderOf } from './may-follow.ts';
import { isStrictCode } from './strict-code.ts';

/** Sloppy code gives a function that is declared in a block to the function or file around it too. Pure. */
export function blockFunctionReasons(
  nodes: readonly TypeScript.Node[],
  { references, homeOf }: Names,
): readonly Hindrance[] {
  return nodes.flatMap((node): readonly Hindrance[] => {
    if (!ts.isFunctionDeclaration(node) || node.name === undefined || isStrictCode(node)) return [];
    // Only plain functions: https://tc39.es/ecma262/#sec-block-level-function-declarations-web-legacy-compatibility-semantics
    if (node.asteriskToken !== undefined || node.modifiers !== undefined) return [];
    const block = node.parent;
    const around = holderOf(node);
    if (isBodyOf(block, around) || ts.isSourceFile(block)) return [];
    const { text } = node.name;
    if (ts.isFunctionLike(around) && around.parameters.some(({ name }) => name.getText() === text)) return [];
    const outside = references.find(
      (one) =>
        one.node.text === text &&
        !isWithin(one.node, block) &&
        isWithin(one.node, around) &&
        !isBetween(homeOf(one.node)?.node, around),
    );
    return outside === undefined
      ? []
      : [{ node: outside.node, why: `the function \`${text}\` is used outside of the block that declares it` }];
  });
}

function isWithin(node: TypeScript.Node, outer: TypeScript.Node): boolean {
  return ts.findAncestor(node, (one) => one === outer) !== undefined;
}

/** True for a scope of its own within the function or file: what that declares is another name. */
function isBetween(home: TypeScript.Node | undefined, around: TypeScript.Node): boolean {
  if (home === undefined || home === around || isBodyOf(home, around)) return false;
  return isWithin(home, around);
}

/** The names of a function's body are those of the function. */
function isBodyOf(block: TypeScript.Node, around: TypeScript.Node): boolean {
  return ts.isFunctionLike(around) && block.parent === around;
}
