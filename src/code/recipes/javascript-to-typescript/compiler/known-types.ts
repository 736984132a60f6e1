import type { Project } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';
import type { Known } from '../types/annotate.ts';
import { thisOf } from '../types/type-aliases.ts';
import { isTypedAsWhole } from '../types/whole-type.ts';
import type { Signed, SignedParameter } from '../types/writing.ts';

type Fields = readonly { readonly name: string; readonly type: string }[];

/**
 * What the compiler makes of a file as JavaScript: types of fields that are only set, of objects that grow, and of
 * functions as a whole. Classes, objects and functions are told apart by their order, so that the answer holds for the same file with other specifiers.
 */
export function knownTypes(
  path: string,
  project: Project,
  moved: (path: string) => string,
): (source: ts.SourceFile) => Known {
  const source = project.source(path);
  const classes: Fields[] = [];
  const growing: (string | undefined)[] = [];
  const signed: (Signed | undefined)[] = [];
  const written = (type: ts.Type, at: ts.Node) => typeName(type, { at, project, moved });
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) classes.push(fieldsOf(node, project, written));
    if (isEmptyObject(node)) growing.push(grownType(node, project, written));
    if (isTypedAsWhole(node)) signed.push(signedBy(node, project));
    ts.forEachChild(node, visit);
  };
  if (source !== undefined) visit(source);
  return (other) => {
    const [places, objects, heads] = [
      new Map<ts.Node, number>(),
      new Map<ts.Node, number>(),
      new Map<ts.Node, number>(),
    ];
    const count = (node: ts.Node): void => {
      if (ts.isClassLike(node)) places.set(node, places.size);
      if (isEmptyObject(node)) objects.set(node, objects.size);
      if (isTypedAsWhole(node)) heads.set(node, heads.size);
      ts.forEachChild(node, count);
    };
    count(other);
    return {
      fieldsOf: (node) => classes[places.get(node) ?? -1] ?? [],
      growing: (node) => growing[objects.get(node) ?? -1],
      signed: (node) => signed[heads.get(node) ?? -1],
    };
  };
}

type Written = (type: ts.Type, at: ts.Node) => string;

function fieldsOf(node: ts.ClassLikeDeclaration, { checker }: Project, written: Written): Fields {
  const symbol = checker.getTypeAtLocation(node).symbol;
  if (symbol === undefined) return [];
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const bases = type.isClassOrInterface() ? checker.getBaseTypes(type) : [];
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const declarations = property.declarations ?? [];
    const isAssigned =
      declarations.length > 0 &&
      declarations.every(
        (one) => ts.isBinaryExpression(one.parent) || ts.isPropertyAccessExpression(one) || ts.isBinaryExpression(one),
      );
    const isOwn = declarations.some((one) => isInside(one, node));
    const isInherited = bases.some((base) => checker.getPropertyOfType(base, property.name) !== undefined);
    if (!isAssigned || !isOwn || isInherited || !/^[A-Za-z_$][\w$]*$/.test(property.name)) return [];
    return [{ name: property.name, type: written(checker.getTypeOfSymbolAtLocation(property, node), node) }];
  });
}

function isInside(node: ts.Node, outer: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (at === outer) return true;
    if (ts.isClassLike(at)) return false;
  }
  return false;
}

function isEmptyObject(node: ts.Node): node is ts.VariableDeclaration {
  const value = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  return value !== undefined && ts.isObjectLiteralExpression(value) && value.properties.length === 0;
}

function grownType(node: ts.VariableDeclaration, { checker }: Project, written: Written): string | undefined {
  if (ts.getJSDocType(node) !== undefined || !ts.isIdentifier(node.name)) return undefined;
  const symbol = checker.getSymbolAtLocation(node.name);
  if (symbol?.exports === undefined || symbol.exports.size === 0) return undefined;
  const members = [...symbol.exports.values()].flatMap((property) => {
    if (!/^[A-Za-z_$][\w$]*$/.test(property.name)) return [];
    return [`${property.name}: ${written(checker.getTypeOfSymbolAtLocation(property, node), node)}`];
  });
  return members.length === 0 ? undefined : `{ ${members.join('; ')} }`;
}

/** The compiler takes the type of a function from a comment where it has one signature, and nothing else. */
function signedBy(node: ts.FunctionLikeDeclaration, { checker }: Project): Signed | undefined {
  const tag = ts.getJSDocTypeTag(node);
  const type = tag === undefined ? undefined : checker.getTypeFromTypeNode(tag.typeExpression.type);
  const [signature, ...others] = type?.getCallSignatures() ?? [];
  if (type === undefined || signature === undefined || others.length > 0) return undefined;
  if (type.getConstructSignatures().length > 0 || type.getProperties().length > 0) return undefined;
  const parameters = signature.parameters.map((one, at) => signedParameter(one, at));
  const rest = signature.parameters.at(-1);
  const isSpread = parameters.at(-1)?.isRest === true && rest !== undefined;
  // A rest that is a tuple, or a type parameter, has no element for each place.
  if (isSpread && !checker.isArrayType(checker.getTypeOfSymbol(rest))) return undefined;
  const declaration: ts.SignatureDeclaration | ts.JSDocSignature = signature.getDeclaration();
  const hasThis = ts.isJSDocSignature(declaration)
    ? thisOf(declaration) !== undefined
    : declaration.parameters.some(({ name }) => name?.getText() === 'this');
  return { parameters, hasThis, hasTypeParameters: (signature.typeParameters ?? []).length > 0 };
}

function signedParameter({ name, valueDeclaration: said }: ts.Symbol, at: number): SignedParameter {
  const type =
    said !== undefined && ts.isParameter(said)
      ? said.type
      : said !== undefined && ts.isJSDocParameterTag(said)
        ? said.typeExpression?.type
        : undefined;
  const isMarked =
    said !== undefined &&
    ((ts.isParameter(said) && said.questionToken !== undefined) || (ts.isJSDocParameterTag(said) && said.isBracketed));
  return {
    name: /^[A-Za-z_$][\w$]*$/.test(name) && !name.startsWith('__') ? name : `arg${at}`,
    isOptional: isMarked || (type !== undefined && ts.isJSDocOptionalType(type)),
    isRest:
      (said !== undefined && ts.isParameter(said) && said.dotDotDotToken !== undefined) ||
      (type !== undefined && ts.isJSDocVariadicType(type)),
  };
}

/** A type by name, as the file can say it; `any` where it cannot be said. */
function typeName(
  type: ts.Type,
  { at, project, moved }: { readonly at: ts.Node; readonly project: Project; readonly moved: (path: string) => string },
): string {
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
  const text = project.checker.typeToString(type, at, flags);
  const local = text.replace(/import\(["']\/tree\/([^"']+)["']\)/g, (_, path: string) => `import('${moved(path)}')`);
  if (/\.\.\.|\[x: |typeof |unique symbol|import\(["']\//.test(local) || local.length > 200) return 'any';
  return local === 'never[]' || local === 'undefined[]' ? 'any[]' : local;
}
