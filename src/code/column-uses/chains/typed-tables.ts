import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import type { ChainTable } from './chain-table.ts';

const builders = /^((Select|Insert|Update|Delete)QueryBuilder|ExpressionBuilder|expressionBuilder)$/;

/** The tables that the type of a builder names: `qb: SelectQueryBuilder<Database, 'users', Row>`. */
export function typedTables(root: TypeScript.Node, names: NamesInTree): readonly ChainTable[] {
  const name = ts.isCallExpression(root) ? root.expression : root;
  const declared = ts.isIdentifier(name) ? names.declarationOf(name) : undefined;
  if (declared === undefined || !(ts.isParameter(declared) || ts.isVariableDeclaration(declared))) return [];
  const [, tables] = typeArgumentsOf(declared);
  const parts = tables === undefined ? [] : ts.isUnionTypeNode(tables) ? tables.types : [tables];
  return parts.flatMap((part) => {
    const literal = ts.isLiteralTypeNode(part) ? part.literal : undefined;
    if (literal === undefined || !ts.isStringLiteralLike(literal)) return [];
    return [{ literal, name: literal.text, alias: undefined, isRaw: false, through: [] }];
  });
}

function typeArgumentsOf({
  type,
  initializer,
}: TypeScript.ParameterDeclaration | TypeScript.VariableDeclaration): readonly TypeScript.TypeNode[] {
  if (type !== undefined && ts.isTypeReferenceNode(type))
    return builders.test(type.typeName.getText()) ? [...(type.typeArguments ?? [])] : [];
  const isMade = initializer !== undefined && ts.isCallExpression(initializer);
  return isMade && builders.test(initializer.expression.getText()) ? [...(initializer.typeArguments ?? [])] : [];
}
