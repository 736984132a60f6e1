import ts from '../typescript.cts';
import { memberReach } from './member-reach.ts';
import { nameStart } from './nodes-named.ts';
import { relativeIn } from './rename-project.ts';

/** One member in two types, or twice in one, of which a rename takes only one along. */
export type Parting = { readonly name: string; readonly symbols: readonly ts.Symbol[] };

export type ComparisonOptions = {
  readonly root: string;
  /** Old and new names. */
  readonly words: readonly string[];
  /** New name of what is declared at each `file:offset`. */
  readonly named: ReadonlyMap<string, string>;
};

/** Members within members are compared down to here. */
const depthMax = 6;
const signaturesMax = 6;

type Memo = Map<ts.Type, Map<ts.Type, { readonly depth: number; readonly found: Parting | undefined }>>;
type Comparison = (source: ts.Type, target: ts.Type) => Parting | undefined;
type Within = { readonly checker: ts.TypeChecker; readonly next: Comparison };

/**
 * What a rename parts of two types that meet: each member of either has to be the same one of the other afterwards as before.
 * Which of both types takes the other does not matter.
 */
export function memberComparison(checker: ts.TypeChecker, options: ComparisonOptions): Comparison {
  const memo: Memo = new Map();
  const reaches = memberReach(checker, (type) => isRenamedIn(type, { checker, options }));
  const compare = (source: ts.Type, target: ts.Type, depth: number): Parting | undefined => {
    if (depth > depthMax || !isHolder(source) || !isHolder(target)) return undefined;
    const left = depthMax - depth;
    if (!reaches(source, left) && !reaches(target, left)) return undefined;
    const row = memo.get(source) ?? new Map();
    memo.set(source, row);
    const known = row.get(target);
    if (known !== undefined && (known.found !== undefined || known.depth <= depth)) return known.found;
    row.set(target, { depth, found: undefined });
    const next: Comparison = (one, other) => compare(one, other, depth + 1);
    const found = source === target ? twiceIn(source, { checker, options }) : compareParts(source, target);
    row.set(target, { depth, found });
    return found;

    function compareParts(one: ts.Type, other: ts.Type): Parting | undefined {
      if (!one.isUnion() && !other.isUnion())
        return (
          parted(checker.getApparentType(one), checker.getApparentType(other), { checker, options }) ??
          within(checker.getApparentType(one), checker.getApparentType(other), { checker, next })
        );
      const others = (other.isUnion() ? other.types : [other]).filter(isHolder);
      return firstOf((one.isUnion() ? one.types : [one]).filter(isHolder), (part) =>
        firstOf(meant(part, others, checker), (counterpart) => compare(part, counterpart, depth)),
      );
    }
  };
  return (source, target) => compare(source, target, 0);
}

/** True for what may have members that somebody declared. */
function isHolder(type: ts.Type): boolean {
  const { Any, Unknown, Never, Object: Plain, Instantiable, UnionOrIntersection } = ts.TypeFlags;
  return (
    (type.flags & (Any | Unknown | Never)) === 0 && (type.flags & (Plain | Instantiable | UnionOrIntersection)) !== 0
  );
}

/** Of a union those that a value may be taken as. */
function meant(part: ts.Type, others: readonly ts.Type[], checker: ts.TypeChecker): readonly ts.Type[] {
  if (others.includes(part)) return [part];
  const fitting = others.filter(
    (one) => checker.isTypeAssignableTo(part, one) || checker.isTypeAssignableTo(one, part),
  );
  return fitting.length > 0 ? fitting : others;
}

function firstOf<T>(all: readonly T[], look: (one: T) => Parting | undefined): Parting | undefined {
  for (const one of all) {
    const found = look(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Names = { readonly checker: ts.TypeChecker; readonly options: ComparisonOptions };

/** A member that several types brought into one, of which not all get the same name. */
function twiceIn(type: ts.Type, { checker, options }: Names): Parting | undefined {
  if (type.isUnion()) return firstOf(type.types.filter(isHolder), (part) => twiceIn(part, { checker, options }));
  return firstOf(options.words, (name) => {
    const symbol = checker.getPropertyOfType(type, name);
    if (symbol === undefined || namesAfter(symbol, { checker, options }).size < 2) return undefined;
    return { name, symbols: [symbol] };
  });
}

function isRenamedIn(type: ts.Type, { checker, options }: Names): boolean {
  const apparent = checker.getApparentType(type);
  return options.words.some((name) => {
    const symbol = checker.getPropertyOfType(apparent, name);
    return symbol !== undefined && [...namesAfter(symbol, { checker, options })].some((after) => after !== name);
  });
}

/** Members of the old and the new names, which have to be each other's counterparts before and after. */
function parted(one: ts.Type, other: ts.Type, names: Names): Parting | undefined {
  const { checker, options } = names;
  return firstOf(options.words, (name) => {
    const [mine, theirs] = [checker.getPropertyOfType(one, name), checker.getPropertyOfType(other, name)];
    if (mine === theirs) return undefined;
    if (mine !== undefined && theirs !== undefined) {
      const after = new Set([...namesAfter(mine, names), ...namesAfter(theirs, names)]);
      return after.size < 2 ? undefined : { name, symbols: [mine, theirs] };
    }
    const alone = mine ?? theirs;
    const against = mine === undefined ? one : other;
    return alone === undefined ? undefined : metAnew(alone, { ...names, name, against });
  });
}

/** A member without a counterpart, which gets one by its new name. */
function metAnew(
  symbol: ts.Symbol,
  { checker, options, name, against }: Names & { readonly name: string; readonly against: ts.Type },
): Parting | undefined {
  return firstOf([...namesAfter(symbol, { checker, options })], (after) => {
    const met = after === name ? undefined : checker.getPropertyOfType(against, after);
    if (met === undefined || !namesAfter(met, { checker, options }).has(after)) return undefined;
    return { name: after, symbols: [symbol, met] };
  });
}

function namesAfter(symbol: ts.Symbol, { checker, options: { named, root } }: Names): ReadonlySet<string> {
  const declared = checker.getRootSymbols(symbol).flatMap(({ declarations }) => declarations ?? []);
  if (declared.length === 0) return new Set([symbol.name]);
  return new Set(declared.map((one) => named.get(declarationPlace(one, root) ?? '') ?? symbol.name));
}

/** Where the name of a declaration stands, as `file:offset`. */
export function declarationPlace(declaration: ts.Declaration, root: string): string | undefined {
  const own = ts.getNameOfDeclaration(declaration);
  const name = own !== undefined && ts.isComputedPropertyName(own) ? own.expression : own;
  if (name === undefined) return undefined;
  const file = declaration.getSourceFile();
  const isName = ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name);
  return `${relativeIn(root, file.fileName)}:${isName ? nameStart(name, file) : name.getStart(file)}`;
}

/** What two types hold: arguments of one generic type, elements, members, and what functions take and give. */
function within(one: ts.Type, other: ts.Type, { checker, next }: Within): Parting | undefined {
  const [mine, theirs] = [argumentsOf(one, checker), argumentsOf(other, checker)];
  if (mine !== undefined && theirs !== undefined && mine.target === theirs.target)
    return pairwise(mine.given, theirs.given, next);
  const elements = [one, other].map((type) => checker.getIndexTypeOfType(type, ts.IndexKind.Number));
  const [own, their] = elements;
  if (own !== undefined && their !== undefined && [one, other].every((type) => checker.isArrayLikeType(type)))
    return next(own, their);
  return members(one, other, { checker, next }) ?? signatures(one, other, { checker, next });
}

function argumentsOf(type: ts.Type, checker: ts.TypeChecker) {
  return isReference(type) ? { target: type.target, given: checker.getTypeArguments(type) } : undefined;
}

function isReference(type: ts.Type): type is ts.TypeReference {
  return isObject(type) && (type.objectFlags & ts.ObjectFlags.Reference) !== 0;
}

function isObject(type: ts.Type): type is ts.ObjectType {
  return (type.flags & ts.TypeFlags.Object) !== 0;
}

function pairwise(mine: readonly ts.Type[], theirs: readonly ts.Type[], next: Comparison): Parting | undefined {
  return firstOf([...mine.entries()], ([at, one]) => {
    const other = theirs[at];
    return other === undefined ? undefined : next(one, other);
  });
}

function members(one: ts.Type, other: ts.Type, { checker, next }: Within): Parting | undefined {
  const mine = new Map(checker.getPropertiesOfType(one).map((symbol) => [symbol.escapedName, symbol]));
  const wanted = checker.getPropertiesOfType(other);
  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbol(symbol);
  const [own, their] = [one, other].map((type) => checker.getIndexTypeOfType(type, ts.IndexKind.String));
  return (
    firstOf(wanted, (symbol) => {
      const counterpart = mine.get(symbol.escapedName);
      if (counterpart === symbol) return undefined;
      if (counterpart !== undefined) return next(typeOf(counterpart), typeOf(symbol));
      return own === undefined ? undefined : next(own, typeOf(symbol));
    }) ??
    (their === undefined ? undefined : firstOf([...mine.values()], (symbol) => next(typeOf(symbol), their))) ??
    (own === undefined || their === undefined ? undefined : next(own, their))
  );
}

function signatures(one: ts.Type, other: ts.Type, { checker, next }: Within): Parting | undefined {
  return firstOf([ts.SignatureKind.Call, ts.SignatureKind.Construct], (kind) =>
    firstOf(checker.getSignaturesOfType(one, kind).slice(0, signaturesMax), (mine) =>
      firstOf(checker.getSignaturesOfType(other, kind).slice(0, signaturesMax), (theirs) => {
        const [own, their] = [mine, theirs].map((signature) => takenBy(signature, checker));
        return (
          pairwise(own ?? [], their ?? [], next) ??
          next(checker.getReturnTypeOfSignature(mine), checker.getReturnTypeOfSignature(theirs))
        );
      }),
    ),
  );
}

/** The types of parameters; the last of a variable number is what it holds. */
function takenBy(signature: ts.Signature, checker: ts.TypeChecker): readonly ts.Type[] {
  return signature.getParameters().map((parameter) => {
    const type = checker.getTypeOfSymbol(parameter);
    const declaration = parameter.valueDeclaration;
    const isRest = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
    return isRest ? (checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type) : type;
  });
}
