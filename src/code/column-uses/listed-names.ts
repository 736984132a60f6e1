import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';
import type { Constant } from './modules/constants.ts';
import { plain } from './modules/members.ts';
import type { NamesInTree } from './modules/names-in-tree.ts';

/** The lists that a variable may be, and the places that use it. */
export type ListNamed = Pick<Constant, 'meetings'> & {
  readonly lists: readonly TypeScript.ArrayLiteralExpression[];
};

/** The lists that a variable of names may be: what it begins as, and what it becomes. Undefined for anything else. */
export function listNamed(node: TypeScript.Expression, names: NamesInTree | undefined): ListNamed | undefined {
  const declaration = ts.isIdentifier(node) ? names?.declarationOf(node) : undefined;
  if (names === undefined || declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  const uses = names.usesOf(declaration);
  const lists = [declaration.initializer, ...uses.flatMap(assignedTo)].flatMap((value) => {
    const list = value === undefined ? undefined : plain(value);
    return list !== undefined && ts.isArrayLiteralExpression(list) ? [list] : [];
  });
  if (lists.length === 0) return undefined;
  const isOwn = (use: TypeScript.Identifier) =>
    assignedTo(use).length > 0 || lists.some((list) => list === use.parent.parent && ts.isSpreadElement(use.parent));
  const meetings = () => {
    const all = names.isExposed(declaration) ? undefined : uses.filter((use) => !isOwn(use));
    return [{ at: declaration, by: node, all, isConstant: true }];
  };
  return { lists, meetings };
}

/** What a place sets a variable to. */
function assignedTo(use: TypeScript.Identifier): readonly TypeScript.Expression[] {
  const { parent } = use;
  const isSet =
    ts.isBinaryExpression(parent) && parent.left === use && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isSet ? [parent.right] : [];
}
