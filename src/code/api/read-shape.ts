import ts from '../typescript.cts';
import { deprecationOf, isReadonlyMember, keyOf, memberName, qualifiedName } from './declaration.ts';
import type { DeclarationKey, Member, ObjectShape, Parameter, Shape, Signature, TypeParameter } from './shape.ts';
import { isReference, isThisType, isTupleTarget, objectFlagsOf } from './type-kinds.ts';

/** Reads shapes from one program. */
export type ShapeReader = {
  readonly checker: ts.TypeChecker;
  /** The key of a named thing: unlike those of the other version, even where both declare it at the same place. */
  itemKey(declaration: ts.Node): DeclarationKey;
  /** Called for every symbol of a fetched package that a shape names. */
  readonly onNamed: (symbol: ts.Symbol) => void;
  /** True for declarations that belong to what is compared; others (the language, Node) are only named. */
  readonly isCompared: (file: ts.SourceFile) => boolean;
};

/** Type parameters in scope by their name in shapes, and the types that are being read. */
type Scope = { readonly names: ReadonlyMap<ts.Type, string>; readonly open: readonly ts.Type[] };

export const emptyScope: Scope = { names: new Map(), open: [] };

/** Anonymous types nest; deeper ones are compared by their text. */
const depthMax = 8;
const membersMax = 400;
const flags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType |
  ts.TypeFormatFlags.WriteArrowStyleSignature;

/** The shape of a type. Names that are declared in a compared file are not expanded. */
export function readShape(reader: ShapeReader, type: ts.Type, scope: Scope = emptyScope): Shape {
  const alias = type.aliasSymbol;
  if (alias !== undefined) return named(reader, alias, { args: type.aliasTypeArguments ?? [], scope });
  return readUnaliased(reader, type, scope);
}

/** As `readShape`, but looks through the type's own alias: for reading what an alias stands for. */
export function readUnaliased(reader: ShapeReader, type: ts.Type, scope: Scope = emptyScope): Shape {
  const { checker } = reader;
  const parameter = scope.names.get(type);
  if (parameter !== undefined) return { kind: 'parameter', id: parameter, name: type.symbol?.name ?? parameter };
  if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) return outerParameter(type);
  if ((type.flags & ts.TypeFlags.EnumLike) !== 0 && type.symbol !== undefined)
    return named(reader, type.symbol, { args: [], scope });
  if (type.isUnion()) return readUnion(reader, type, scope);
  if (type.isIntersection())
    return { kind: 'intersection', parts: type.types.map((part) => readShape(reader, part, scope)) };
  if ((type.flags & ts.TypeFlags.Object) === 0) return leaf(checker, type);
  return readObject(reader, type, scope);
}

/** A function's or constructor's signature. */
export function readSignature(reader: ShapeReader, signature: ts.Signature, scope: Scope = emptyScope): Signature {
  const { checker } = reader;
  const own = signature.getTypeParameters() ?? [];
  const names = new Map(scope.names);
  for (const [index, parameter] of own.entries()) names.set(parameter, `T${scope.names.size + index}`);
  const inner = { ...scope, names };
  const typeParameters = own.map((parameter) => readTypeParameter(reader, parameter, inner));
  const declaration = signature.getDeclaration();
  const predicate = checker.getTypePredicateOfSignature(signature);
  const deprecated = deprecationOf(signature.getJsDocTags());
  return {
    keys: declaration === undefined ? [] : [keyOf(declaration)],
    typeParameters,
    parameters: signature.parameters.map((parameter) => readParameter(reader, parameter, inner)),
    returns:
      predicate === undefined
        ? readShape(reader, checker.getReturnTypeOfSignature(signature), inner)
        : { kind: 'opaque', text: predicateText(checker, predicate) },
    ...(deprecated === undefined ? {} : { deprecated }),
  };
}

export function readTypeParameter(reader: ShapeReader, parameter: ts.TypeParameter, scope: Scope): TypeParameter {
  const constraint = parameter.getConstraint();
  return {
    name: parameter.symbol.name,
    hasDefault: parameter.getDefault() !== undefined,
    ...(constraint === undefined ? {} : { constraint: readShape(reader, constraint, scope) }),
  };
}

/** A member of a type; undefined for what nobody outside can reach. */
export function readMember(
  reader: ShapeReader,
  symbol: ts.Symbol,
  { owner, scope }: { readonly owner: ts.Symbol | undefined; readonly scope: Scope },
): Member | undefined {
  const { checker } = reader;
  const declarations = symbol.declarations ?? [];
  const modifiers = declarations.map((declaration) => ts.getCombinedModifierFlags(declaration));
  if (modifiers.some((flag) => (flag & ts.ModifierFlags.Private) !== 0) || symbol.name.startsWith('__#'))
    return undefined;
  const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
  const isOwn = owner === undefined || declarations.some((declaration) => isIn(declaration, owner));
  const shape: Shape = isOwn
    ? readShape(reader, checker.getTypeOfSymbol(symbol), scope)
    : { kind: 'plain', text: 'any' };
  const deprecated = isOwn ? deprecationOf(symbol.getJsDocTags(checker)) : undefined;
  return {
    name: memberName(symbol),
    keys: declarations.map(keyOf),
    isOptional,
    isReadonly: isReadonlyMember(symbol, modifiers),
    isProtected: modifiers.some((flag) => (flag & ts.ModifierFlags.Protected) !== 0),
    isOwn,
    shape: isOptional ? withoutUndefined(shape) : shape,
    ...(deprecated === undefined ? {} : { deprecated }),
  };
}

/** In JavaScript members are assigned wherever it suits. */
function isIn(declaration: ts.Declaration, owner: ts.Symbol): boolean {
  const holders = owner.declarations ?? [];
  return (
    holders.some((holder) => holder === declaration.parent) || /\.[cm]?js$/.test(declaration.getSourceFile().fileName)
  );
}

/** A parameter of something around, and `this`. */
function outerParameter(type: ts.Type): Shape {
  const name = isThisType(type) ? 'this' : (type.symbol?.name ?? 'infer');
  return { kind: 'parameter', id: name, name };
}

type Named = { readonly args: readonly ts.Type[]; readonly scope: Scope };

function named(reader: ShapeReader, symbol: ts.Symbol, { args, scope }: Named, prefix = ''): Shape {
  const declaration = symbol.declarations?.[0];
  const isCompared = declaration !== undefined && reader.isCompared(declaration.getSourceFile());
  if (isCompared) reader.onNamed(symbol);
  return {
    kind: 'named',
    name: `${prefix}${qualifiedName(symbol)}`,
    ...(isCompared ? { item: reader.itemKey(declaration) } : {}),
    args: args.map((argument) => readShape(reader, argument, scope)),
  };
}

function leaf(checker: ts.TypeChecker, type: ts.Type): Shape {
  const isPlain =
    (type.flags &
      (ts.TypeFlags.Any |
        ts.TypeFlags.Unknown |
        ts.TypeFlags.StringLike |
        ts.TypeFlags.NumberLike |
        ts.TypeFlags.BigIntLike |
        ts.TypeFlags.BooleanLike |
        ts.TypeFlags.ESSymbolLike |
        ts.TypeFlags.Void |
        ts.TypeFlags.Undefined |
        ts.TypeFlags.Null |
        ts.TypeFlags.Never |
        ts.TypeFlags.NonPrimitive)) !==
    0;
  return { kind: isPlain ? 'plain' : 'opaque', text: checker.typeToString(type, undefined, flags) };
}

function readUnion(reader: ShapeReader, type: ts.UnionType, scope: Scope): Shape {
  const parts = type.types.map((part) => readShape(reader, part, scope));
  const texts = new Set(parts.flatMap((part) => (part.kind === 'plain' ? [part.text] : [])));
  if (!texts.has('true') || !texts.has('false')) return { kind: 'union', parts };
  const rest = parts.filter((part) => part.kind !== 'plain' || (part.text !== 'true' && part.text !== 'false'));
  const boolean: Shape = { kind: 'plain', text: 'boolean' };
  return rest.length === 0 ? boolean : { kind: 'union', parts: [...rest, boolean] };
}

/** An optional member's type holds `undefined` already by being optional. */
export function withoutUndefined(shape: Shape): Shape {
  if (shape.kind !== 'union') return shape;
  const parts = shape.parts.filter((part) => part.kind !== 'plain' || part.text !== 'undefined');
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { ...shape, parts };
}

function readObject(reader: ShapeReader, type: ts.Type, scope: Scope): Shape {
  const { checker } = reader;
  const symbol = type.getSymbol();
  if (checker.isTupleType(type)) return readTuple(reader, type, scope);
  if (isReference(type) && symbol !== undefined) {
    const args = checker.getTypeArguments(type).filter((argument) => !isThisType(argument));
    return named(reader, symbol, { args, scope });
  }
  if (
    symbol !== undefined &&
    (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0 &&
    type.isClassOrInterface()
  )
    return named(reader, symbol, { args: [], scope });
  const values = ts.SymbolFlags.Class | ts.SymbolFlags.Function | ts.SymbolFlags.ValueModule | ts.SymbolFlags.Enum;
  if (symbol !== undefined && (symbol.flags & values) !== 0)
    return named(reader, symbol, { args: [], scope }, 'typeof ');
  const isMapped = objectFlagsOf(type) & ts.ObjectFlags.Mapped;
  if (isMapped || scope.open.includes(type) || scope.open.length >= depthMax)
    return { kind: 'opaque', text: checker.typeToString(type, undefined, flags) };
  return readObjectMembers(reader, type, { owner: undefined, scope: { ...scope, open: [...scope.open, type] } });
}

/** Members and signatures of an object type, whatever its name. */
export function readObjectMembers(
  reader: ShapeReader,
  type: ts.Type,
  { owner, scope }: { readonly owner: ts.Symbol | undefined; readonly scope: Scope },
): ObjectShape {
  const { checker } = reader;
  const properties = checker.getPropertiesOfType(type).slice(0, membersMax);
  return {
    kind: 'object',
    members: properties.flatMap((property) => readMember(reader, property, { owner, scope }) ?? []),
    calls: checker
      .getSignaturesOfType(type, ts.SignatureKind.Call)
      .map((signature) => readSignature(reader, signature, scope)),
    constructs: checker
      .getSignaturesOfType(type, ts.SignatureKind.Construct)
      .map((signature) => readSignature(reader, signature, scope)),
    indexes: checker.getIndexInfosOfType(type).map((info) => ({
      key: readShape(reader, info.keyType, scope),
      value: readShape(reader, info.type, scope),
    })),
  };
}

function readTuple(reader: ShapeReader, type: ts.Type, scope: Scope): Shape {
  if (!isReference(type) || !isTupleTarget(type.target)) return leaf(reader.checker, type);
  const { elementFlags, readonly: isReadonly } = type.target;
  return {
    kind: 'tuple',
    isReadonly,
    elements: reader.checker.getTypeArguments(type).map((element, index) => ({
      shape: readShape(reader, element, scope),
      isOptional: ((elementFlags[index] ?? 0) & ts.ElementFlags.Optional) !== 0,
      isRest: ((elementFlags[index] ?? 0) & ts.ElementFlags.Variable) !== 0,
    })),
  };
}

function readParameter(reader: ShapeReader, symbol: ts.Symbol, scope: Scope): Parameter {
  const { checker } = reader;
  const declaration = symbol.valueDeclaration;
  const isParameter = declaration !== undefined && ts.isParameter(declaration);
  const isOptional = isParameter && checker.isOptionalParameter(declaration);
  const shape = readShape(reader, checker.getTypeOfSymbol(symbol), scope);
  return {
    name: symbol.name,
    isOptional,
    isRest: isParameter && declaration.dotDotDotToken !== undefined,
    shape: isOptional ? withoutUndefined(shape) : shape,
  };
}

function predicateText(checker: ts.TypeChecker, predicate: ts.TypePredicate): string {
  const type = predicate.type === undefined ? '' : ` is ${checker.typeToString(predicate.type, undefined, flags)}`;
  const isAssertion =
    predicate.kind === ts.TypePredicateKind.AssertsIdentifier || predicate.kind === ts.TypePredicateKind.AssertsThis;
  const subject =
    'parameterIndex' in predicate && predicate.parameterIndex !== undefined ? `#${predicate.parameterIndex}` : 'this';
  return `${isAssertion ? 'asserts ' : ''}${subject}${type}`;
}
