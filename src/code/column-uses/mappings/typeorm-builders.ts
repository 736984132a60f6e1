import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { NamesInTree } from '../modules/names-in-tree.ts';

const begins = /\b(createQueryBuilder|getQueryBuilder|subQuery)\b/;
const named = /(qb|query|builder)\w*$/i;
const depthMax = 4;

/** Does a chain begin with a query builder of TypeORM: one that is made here, held by a name, or given to a function? */
export function isBuilder(call: TypeScript.CallExpression, names: NamesInTree, depth = 0): boolean {
  if (depth > depthMax || !ts.isPropertyAccessExpression(call.expression)) return false;
  if (begins.test(call.expression.getText())) return true;
  let root: TypeScript.Expression = call.expression.expression;
  while (
    ts.isPropertyAccessExpression(root) ||
    (ts.isCallExpression(root) && ts.isPropertyAccessExpression(root.expression))
  ) {
    if (ts.isPropertyAccessExpression(root) && named.test(root.name.text)) return true;
    root = root.expression;
  }
  return isHeld(root, names, depth);
}

function isHeld(root: TypeScript.Expression, names: NamesInTree, depth: number): boolean {
  if (ts.isCallExpression(root)) {
    const body = names.functionOf(root.expression)?.node.body;
    return named.test(root.expression.getText()) || (body !== undefined && begins.test(body.getText()));
  }
  if (!ts.isIdentifier(root)) return false;
  if (named.test(root.text)) return true;
  const declared = names.declarationOf(root);
  if (declared === undefined) return false;
  if (ts.isVariableDeclaration(declared)) return begins.test(declared.getText());
  return ts.isParameter(declared) && takesBuilder(declared, names, depth);
}

/** `(qb: SelectQueryBuilder<User>) => …`, and what builders and `new Brackets(…)` give to a function. */
function takesBuilder(parameter: TypeScript.ParameterDeclaration, names: NamesInTree, depth: number): boolean {
  if (parameter.type !== undefined) return /QueryBuilder|WhereExpression/.test(parameter.type.getText());
  const { parent } = parameter.parent;
  if (ts.isNewExpression(parent)) return /Brackets$/.test(parent.expression.getText());
  return ts.isCallExpression(parent) && isBuilder(parent, names, depth + 1);
}
