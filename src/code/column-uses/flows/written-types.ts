import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import { propertyName } from '../syntax.ts';

/** The members of that name in types that are written out where they stand: `(row: { name: string })`. */
export function membersWritten(name: string, types: readonly TypeScript.TypeNode[]): readonly TypeScript.TypeElement[] {
  return types
    .flatMap(partsOf)
    .flatMap((type) => (ts.isTypeLiteralNode(type) ? [...type.members] : []))
    .filter((member) => propertyName(member) === name);
}

/** The first type with a name that has a member of that name, or that may have: it stands in another file. */
export function namedTypeWith(
  name: string,
  types: readonly TypeScript.TypeNode[],
  names: NamesInTree | undefined,
): string | undefined {
  return types
    .flatMap(partsOf)
    .find((type) => ts.isTypeReferenceNode(type) && mayHave(name, type, names))
    ?.getText();
}

const around = new Set(['Array', 'ReadonlyArray', 'Promise', 'Partial', 'Readonly', 'Required', 'NonNullable']);
const open = new Set(['Record', 'Map', 'any', 'object', 'const']);

/** What a type is made of: of a list its elements, of a union its members. */
function partsOf(type: TypeScript.TypeNode): readonly TypeScript.TypeNode[] {
  if (ts.isArrayTypeNode(type)) return partsOf(type.elementType);
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type)) return partsOf(type.type);
  if (ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type)) return type.types.flatMap(partsOf);
  if (ts.isTypeReferenceNode(type) && around.has(type.typeName.getText()))
    return (type.typeArguments ?? []).flatMap(partsOf);
  return [type];
}

function mayHave(name: string, type: TypeScript.TypeReferenceNode, names: NamesInTree | undefined): boolean {
  if (open.has(type.typeName.getText())) return false;
  const declared = names?.declarationOf(type.typeName);
  if (declared !== undefined && ts.isInterfaceDeclaration(declared))
    return declared.heritageClauses !== undefined || declared.members.some((member) => propertyName(member) === name);
  if (declared !== undefined && ts.isTypeAliasDeclaration(declared) && ts.isTypeLiteralNode(declared.type))
    return declared.type.members.some((member) => propertyName(member) === name);
  return true;
}
