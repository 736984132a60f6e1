import { placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { declarationPlace } from './member-comparison.ts';
import { nameStart, nodesNamed } from './nodes-named.ts';
import type { RenameProject } from './rename-project.ts';
import type { RenameObstacle, RenameProof } from './rename-proof.ts';

/** A text that is the name of a member of a type that is known. */
export type KeyAsText = {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  /** False where only some of the types that it may be looked up in have the renamed member. */
  readonly isSure: boolean;
};

export type KeyOptions = {
  readonly root: string;
  readonly from: string;
  /** True for the `file:offset` of a name that gets the new name. */
  readonly isNamed: (place: string) => boolean;
  readonly texts: ReadonlyMap<string, string>;
};

/** `"name" in o`, `Object.hasOwn(o, "name")`, `Pick<T, "name">` and their like, where the member is the renamed one. */
export function keysAsText(project: RenameProject, options: KeyOptions): readonly KeyAsText[] {
  const { root, from, texts, isNamed } = options;
  const checker = project.program.getTypeChecker();
  return project.files.flatMap((path) => {
    const isNaming = texts.get(path)?.includes(from) === true;
    const file = isNaming ? project.program.getSourceFile(`${root}/${path}`) : undefined;
    if (file === undefined) return [];
    return nodesNamed(file, new Set([from])).flatMap((node): readonly KeyAsText[] => {
      const offset = nameStart(node, file);
      if (!ts.isStringLiteralLike(node) || isNamed(`${path}:${offset}`)) return [];
      const owner = lookedUpIn(node, checker);
      const places = owner === undefined ? [] : placesOf(owner, { checker, options });
      if (!places.some(isNamed)) return [];
      return [{ file: path, offset, length: from.length, isSure: places.every(isNamed) }];
    });
  });
}

/** Keys that are looked up in a type with the renamed member, and in another one. */
export function unsureKeys(
  project: RenameProject,
  { root, texts, named, symbols }: RenameProof,
): readonly RenameObstacle[] {
  return symbols.flatMap(({ from, to }) => {
    const isNamed = (place: string): boolean => named.get(place) === to;
    return keysAsText(project, { root, texts, from, isNamed }).map(({ file, offset, length }) => ({
      file,
      line: placeAt(file, texts.get(file) ?? '', { offset, length }).line,
      why: `"${from}" would be a key of only a part of what it is looked up in here`,
    }));
  });
}

/** The type of what a text is looked up in; undefined where it is not said to be a key. */
function lookedUpIn(node: ts.StringLiteralLike, checker: ts.TypeChecker): ts.Type | undefined {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InKeyword)
    return parent.left === node ? checker.getTypeAtLocation(parent.right) : undefined;
  if (ts.isCallExpression(parent)) {
    const { expression: called, arguments: given } = parent;
    const [first, second] = given;
    const isOwnTest = first === node && ts.isPropertyAccessExpression(called) && ownTest.test(called.name.text);
    if (isOwnTest) return checker.getTypeAtLocation(called.expression);
    const isKey = second === node && (lookup.test(called.getText()) || takesKey(parent, checker));
    return isKey && first !== undefined ? checker.getTypeAtLocation(first) : undefined;
  }
  return ts.isLiteralTypeNode(parent) ? pickedFrom(parent, checker) : undefined;
}

const ownTest = /^(hasOwnProperty|propertyIsEnumerable)$/;
const lookup =
  /^(Object\.(hasOwn|getOwnPropertyDescriptor|defineProperty)|Reflect\.(has|get|set|deleteProperty|defineProperty|getOwnPropertyDescriptor)|(vi|jest)\.(spyOn|replaceProperty)|(sinon|sandbox)\.(spy|stub|replace)|(\w+\.)?mock\.method)$/;

/** A function whose second parameter is no text like another: keys of the first, as those of `spyOn`. What fits no key is shown by the compiler. */
function takesKey(call: ts.CallExpression, checker: ts.TypeChecker): boolean {
  const parameter = checker.getResolvedSignature(call)?.getDeclaration()?.parameters?.[1];
  if (parameter?.type === undefined || !ts.isParameter(parameter)) return false;
  const type = checker.getTypeFromTypeNode(parameter.type);
  const widest = checker.getBaseConstraintOfType(type) ?? type;
  const isOfText = (one: ts.Type): boolean =>
    (one.flags & (ts.TypeFlags.String | ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
  const isText = widest.isUnion() ? widest.types.some(isOfText) : isOfText(widest);
  return !isText || (type.flags & ts.TypeFlags.Index) !== 0 || isOfKeys(parameter.type, checker);
}

/** `K` of `K extends keyof T`: of no known `T` every text is a key. */
function isOfKeys(node: ts.TypeNode, checker: ts.TypeChecker): boolean {
  const [declared] = checker.getTypeFromTypeNode(node).getSymbol()?.declarations ?? [];
  const constraint =
    declared !== undefined && ts.isTypeParameterDeclaration(declared) ? declared.constraint : undefined;
  return constraint?.getText().includes('keyof') === true;
}

function pickedFrom(node: ts.TypeNode, checker: ts.TypeChecker): ts.Type | undefined {
  const { parent } = node;
  if (ts.isUnionTypeNode(parent) || ts.isParenthesizedTypeNode(parent)) return pickedFrom(parent, checker);
  if (!ts.isTypeReferenceNode(parent) || parent.typeArguments?.[1] !== node) return undefined;
  const [from] = parent.typeArguments;
  const name = parent.typeName.getText();
  if (from === undefined) return undefined;
  if (/^(Pick|Omit)$/.test(name)) return checker.getTypeFromTypeNode(from);
  const isKeys = ts.isTypeOperatorNode(from) && from.operator === ts.SyntaxKind.KeyOfKeyword;
  return isKeys && /^(Exclude|Extract)$/.test(name) ? checker.getTypeFromTypeNode(from.type) : undefined;
}

type Members = { readonly checker: ts.TypeChecker; readonly options: KeyOptions };

/** Where the members of that name are declared; of one that is declared nowhere the text is empty. */
function placesOf(type: ts.Type, { checker, options: { root, from } }: Members): readonly string[] {
  return (type.isUnion() ? type.types : [type]).flatMap((part) => {
    const symbol = checker.getPropertyOfType(checker.getApparentType(part), from);
    if (symbol === undefined) return [];
    const declared = checker.getRootSymbols(symbol).flatMap(({ declarations }) => declarations ?? []);
    return declared.length === 0 ? [''] : declared.map((one) => declarationPlace(one, root) ?? '');
  });
}
