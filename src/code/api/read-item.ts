import ts from '../typescript.cts';
import { deprecationOf, keyOf, qualifiedName } from './declaration.ts';
import {
  emptyScope,
  readObjectMembers,
  readShape,
  readTypeParameter,
  readUnaliased,
  type ShapeReader,
} from './read-shape.ts';
import type { DeclarationKey, Member, TypeParameter } from './shape.ts';
import type { Item, ItemKind } from './surface.ts';

const kindFlags: readonly (readonly [ItemKind, ts.SymbolFlags])[] = [
  ['function', ts.SymbolFlags.Function | ts.SymbolFlags.Method],
  ['class', ts.SymbolFlags.Class],
  ['interface', ts.SymbolFlags.Interface],
  ['type', ts.SymbolFlags.TypeAlias],
  ['enum', ts.SymbolFlags.Enum],
  ['namespace', ts.SymbolFlags.Namespace],
  ['variable', ts.SymbolFlags.Variable | ts.SymbolFlags.Property | ts.SymbolFlags.Accessor],
];

/** Reads one named thing; undefined for what has no declaration. */
export function readItem(reader: ShapeReader, symbol: ts.Symbol): Item | undefined {
  const { checker } = reader;
  const declarations = symbol.declarations ?? [];
  const [first] = declarations;
  if (first === undefined) return undefined;
  const kinds = kindFlags.flatMap(([kind, flags]) => ((symbol.flags & flags) === 0 ? [] : [kind]));
  const asType = typeSide(reader, symbol, kinds);
  const asValue = valueSide(reader, symbol, kinds);
  const deprecated = deprecationOf(symbol.getJsDocTags(checker));
  return {
    key: reader.itemKey(first),
    keys: declarations.map(keyOf),
    name: qualifiedName(symbol),
    kinds,
    isAbstract: declarations.some(
      (declaration) => (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Abstract) !== 0,
    ),
    typeParameters: asType.typeParameters,
    calls: [...asValue.calls, ...asType.calls],
    constructs: asValue.constructs,
    members: asType.members,
    statics: asValue.statics,
    ...(asType.alias === undefined ? {} : { alias: asType.alias }),
    ...(asValue.value === undefined ? {} : { value: asValue.value }),
    exports: namespaceExports(reader, symbol),
    ...(deprecated === undefined ? {} : { deprecated }),
  };
}

type TypeSide = Pick<Item, 'typeParameters' | 'members' | 'alias' | 'calls'>;

function typeSide(reader: ShapeReader, symbol: ts.Symbol, kinds: readonly ItemKind[]): TypeSide {
  const none: TypeSide = { typeParameters: [], members: [], calls: [] };
  const isNamedType = kinds.some((kind) => kind === 'class' || kind === 'interface' || kind === 'type');
  if (!isNamedType) return none;
  const { checker } = reader;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const parameters = parametersOf(checker, symbol, type);
  const scope = { ...emptyScope, names: new Map(parameters.map((parameter, index) => [parameter, `P${index}`])) };
  const typeParameters: readonly TypeParameter[] = parameters.map((parameter) =>
    readTypeParameter(reader, parameter, scope),
  );
  if (kinds.includes('type'))
    return { typeParameters, members: [], calls: [], alias: readUnaliased(reader, type, scope) };
  const { members, calls } = readObjectMembers(reader, type, { owner: symbol, scope });
  return { typeParameters, calls, members: members.filter((member) => isOurs(reader, member, type)) };
}

/** Members that come from the language or from Node (`extends Error`) are not the package's to change. */
function isOurs({ checker, isCompared }: ShapeReader, member: Member, type: ts.Type): boolean {
  const declarations = checker.getPropertyOfType(type, member.name)?.declarations;
  return declarations === undefined || declarations.some((declaration) => isCompared(declaration.getSourceFile()));
}

/** Type parameters of a class, interface or alias, as the checker knows them. */
function parametersOf(checker: ts.TypeChecker, symbol: ts.Symbol, type: ts.Type): readonly ts.TypeParameter[] {
  const declarations = (symbol.declarations ?? []).filter(
    (declaration) =>
      ts.isClassLike(declaration) || ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration),
  );
  if (type.isClassOrInterface())
    return type.typeParameters?.filter((parameter) => !isOuter(parameter, declarations)) ?? [];
  return declarations.flatMap((declaration) =>
    (declaration.typeParameters ?? []).flatMap((parameter) => {
      const declared = checker.getTypeAtLocation(parameter.name);
      return isTypeParameter(declared) ? [declared] : [];
    }),
  );
}

function isOuter(parameter: ts.TypeParameter, declarations: readonly ts.Node[]): boolean {
  return !(parameter.symbol.declarations ?? []).some((declaration) =>
    declarations.some((holder) => holder === declaration.parent),
  );
}

function isTypeParameter(type: ts.Type): type is ts.TypeParameter {
  return (type.flags & ts.TypeFlags.TypeParameter) !== 0;
}

type ValueSide = Pick<Item, 'calls' | 'constructs' | 'statics' | 'value'>;

function valueSide(reader: ShapeReader, symbol: ts.Symbol, kinds: readonly ItemKind[]): ValueSide {
  const { checker } = reader;
  const type = checker.getTypeOfSymbol(symbol);
  if (kinds.includes('variable')) {
    const value = readShape(reader, type);
    if (value.kind !== 'object') return { calls: [], constructs: [], statics: [], value };
    return {
      calls: value.calls,
      constructs: value.constructs,
      statics: value.members,
      value: { ...value, members: [], calls: [], constructs: [] },
    };
  }
  if (!kinds.some((kind) => kind === 'function' || kind === 'class' || kind === 'enum'))
    return { calls: [], constructs: [], statics: [] };
  const own = new Set<string>(symbol.exports === undefined ? [] : [...symbol.exports.keys()].map(String));
  const isNested = (member: Member): boolean =>
    kinds.includes('namespace') && own.has(member.name) && !kinds.includes('enum');
  const { calls, constructs, members } = readObjectMembers(reader, type, { owner: symbol, scope: emptyScope });
  return {
    calls,
    constructs,
    statics: members.filter(
      (member) => member.name !== 'prototype' && !isNested(member) && isOurs(reader, member, type),
    ),
  };
}

function namespaceExports(reader: ShapeReader, symbol: ts.Symbol): ReadonlyMap<string, DeclarationKey> {
  const exports = new Map<string, DeclarationKey>();
  const isNamespace = (symbol.flags & ts.SymbolFlags.Namespace) !== 0 && (symbol.flags & ts.SymbolFlags.Enum) === 0;
  if (!isNamespace) return exports;
  for (const exported of reader.checker.getExportsOfModule(symbol)) {
    const meant = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : reader.checker.getAliasedSymbol(exported);
    const declaration = meant.declarations?.[0];
    if (declaration === undefined || !reader.isCompared(declaration.getSourceFile())) continue;
    const isStatic = (symbol.flags & ts.SymbolFlags.Class) !== 0 && (meant.flags & ts.SymbolFlags.ClassMember) !== 0;
    if (isStatic || exported.name === 'prototype') continue;
    reader.onNamed(meant);
    exports.set(exported.name, reader.itemKey(declaration));
  }
  return exports;
}
