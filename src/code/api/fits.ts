import type { Member, ObjectShape, Shape, Signature } from './shape.ts';
import { spellShape } from './spell-shape.ts';

/** What names mean while two versions are compared. */
export type Meanings = {
  /** True where both names mean the same thing in their own version, so that its own changes are told elsewhere. */
  isSame(source: Named, target: Named): boolean;
  /** What a name stands for: the aliased type, or the members of an interface or class; undefined for what is not compared. */
  expand(named: Named): Shape | undefined;
  /** What was decided of two names, or is being decided: a type that holds itself counts as fitting until a difference is seen. */
  readonly verdicts: Map<string, boolean>;
};
export type Named = Extract<Shape, { kind: 'named' }>;

/** Types nest without end; what is not decided this deep counts as fitting, so that only differences that were seen are told. */
const depthMax = 6;

/**
 * True where a value of `source` can stand where `target` is wanted, as TypeScript's assignability says, with two things
 * that the compiler's own check cannot do across versions: names that mean the same in both count as equal, whatever became
 * of their members, and no declaration is nominal.
 */
export function fits(source: Shape, target: Shape, meanings: Meanings, depth = 0): boolean {
  if (depth > depthMax) return true;
  if (isText(target, 'any', 'unknown') || isText(source, 'any', 'never')) return true;
  if (source.kind === 'union') return source.parts.every((part) => fits(part, target, meanings, depth));
  if (target.kind === 'union') return fitsUnion(source, target.parts, { meanings, depth });
  if (target.kind === 'intersection') return target.parts.every((part) => fits(source, part, meanings, depth));
  if (source.kind === 'named' && target.kind === 'named') return fitsNamed(source, target, { meanings, depth });
  if (source.kind === 'intersection' && source.parts.some((part) => fits(part, target, meanings, depth))) return true;
  if (source.kind === 'plain' && target.kind === 'plain') return fitsPlain(source.text, target.text);
  if (source.kind === 'parameter' || target.kind === 'parameter') return fitsParameter(source, target);
  if (source.kind === 'tuple' || target.kind === 'tuple') return fitsTuple(source, target, { meanings, depth });
  const [from, to] = [expanded(source, meanings), expanded(target, meanings)];
  if (from === undefined || to === undefined) return spellShape(source) === spellShape(target);
  if (from !== source || to !== target) return fits(from, to, meanings, depth + 1);
  if (from.kind === 'object' && to.kind === 'object') return fitsObject(from, to, { meanings, depth });
  if (isText(to, 'object') && from.kind === 'object') return true;
  return spellShape(from) === spellShape(to);
}

type Context = { readonly meanings: Meanings; readonly depth: number };

/** True where a call that fits `source`'s parameters can be made to `target` in its place, results aside. */
export function acceptsCallsOf(source: Signature, target: Signature, meanings: Meanings, depth = 0): boolean {
  const [old, now] = [source.parameters, target.parameters];
  const rest = now.at(-1)?.isRest === true ? now.at(-1) : undefined;
  const required = now.filter(({ isOptional, isRest }) => !isOptional && !isRest).length;
  if (old.filter(({ isOptional, isRest }) => !isOptional && !isRest).length < required) return false;
  return old.every((parameter, index) => {
    const place = now[index] ?? rest;
    if (place === undefined) return false;
    if (parameter.isRest && !place.isRest) return false;
    const wanted = place.isRest && !parameter.isRest ? elementOf(place.shape) : place.shape;
    return fits(parameter.shape, wanted, meanings, depth + 1);
  });
}

/** What an array holds; anything where it is no array. */
export function elementOf(shape: Shape): Shape {
  if (shape.kind === 'named' && /^(Readonly)?Array$/.test(shape.name)) return shape.args[0] ?? shape;
  return { kind: 'plain', text: 'any' };
}

function isText(shape: Shape, ...texts: readonly string[]): boolean {
  return shape.kind === 'plain' && texts.includes(shape.text);
}

function fitsUnion(source: Shape, parts: readonly Shape[], { meanings, depth }: Context): boolean {
  if (isText(source, 'boolean') && ['true', 'false'].every((text) => parts.some((part) => isText(part, text))))
    return true;
  if (parts.some((part) => fits(source, part, meanings, depth))) return true;
  const from = source.kind === 'named' ? meanings.expand(source) : undefined;
  return from?.kind === 'union' && fits(from, { kind: 'union', parts }, meanings, depth + 1);
}

/** Of the language: what each may stand for besides itself. */
const widerNames: Readonly<Record<string, readonly string[]>> = {
  Array: ['ReadonlyArray', 'ArrayLike', 'Iterable'],
  ReadonlyArray: ['ArrayLike', 'Iterable'],
  Promise: ['PromiseLike'],
  Buffer: ['Uint8Array', 'ArrayLike', 'Iterable'],
  Uint8Array: ['ArrayLike', 'Iterable'],
  Set: ['ReadonlySet', 'Iterable'],
  Map: ['ReadonlyMap', 'Iterable'],
};

function fitsNamed(source: Named, target: Named, { meanings, depth }: Context): boolean {
  if (meanings.isSame(source, target)) {
    return target.args.every((argument, index) => {
      const given = source.args[index];
      return given === undefined || fits(given, argument, meanings, depth + 1);
    });
  }
  const isLanguage = source.item === undefined && target.item === undefined;
  if (isLanguage && widerNames[source.name]?.includes(target.name) === true) {
    const [given, wanted] = [source.args[0], target.args[0]];
    return given === undefined || wanted === undefined || fits(given, wanted, meanings, depth + 1);
  }
  const [from, to] = [meanings.expand(source), meanings.expand(target)];
  if (from === undefined && to === undefined) return spellShape(source) === spellShape(target);
  const question = `${spellShape(source)} ${source.item ?? ''} > ${spellShape(target)} ${target.item ?? ''}`;
  const known = meanings.verdicts.get(question);
  if (known !== undefined) return known;
  meanings.verdicts.set(question, true);
  const verdict = fits(from ?? source, to ?? target, meanings, depth + 1);
  meanings.verdicts.set(question, verdict);
  return verdict;
}

/** A parameter of the target takes what is inferred; one of the source may be anything. */
function fitsParameter(source: Shape, target: Shape): boolean {
  if (target.kind !== 'parameter') return false;
  return source.kind !== 'parameter' || source.id === 'this' || target.id !== 'this';
}

function fitsPlain(source: string, target: string): boolean {
  if (source === target || (source === 'undefined' && target === 'void')) return true;
  if (target === 'string') return /^['"`]/.test(source);
  if (target === 'number') return /^-?[\d.]+(e[+-]?\d+)?$/.test(source);
  if (target === 'boolean') return source === 'true' || source === 'false';
  return target === 'bigint' && /^-?\d+n$/.test(source);
}

function fitsTuple(source: Shape, target: Shape, { meanings, depth }: Context): boolean {
  if (source.kind === 'tuple' && target.kind === 'tuple') {
    return target.elements.every(({ shape, isOptional, isRest }, index) => {
      const given = source.elements[index];
      return given === undefined ? isOptional || isRest : fits(given.shape, shape, meanings, depth + 1);
    });
  }
  if (source.kind !== 'tuple' || target.kind !== 'named') return false;
  const element = elementOf(target);
  return source.elements.every(({ shape }) => fits(shape, element, meanings, depth + 1));
}

function expanded(shape: Shape, meanings: Meanings): Shape | undefined {
  return shape.kind === 'named' ? meanings.expand(shape) : shape;
}

function fitsObject(source: ObjectShape, target: ObjectShape, { meanings, depth }: Context): boolean {
  const given = new Map(source.members.map((member) => [member.name, member]));
  const hasMembers = target.members.every((member) => fitsMember(given.get(member.name), member, { meanings, depth }));
  const answers = (from: readonly Signature[], to: readonly Signature[]): boolean =>
    to.every((wanted) =>
      from.some(
        (offered) =>
          acceptsCallsOf(asCaller(wanted, offered), offered, meanings, depth + 1) &&
          (isText(wanted.returns, 'void') || fits(offered.returns, wanted.returns, meanings, depth + 1)),
      ),
    );
  return hasMembers && answers(source.calls, target.calls) && answers(source.constructs, target.constructs);
}

/** A function may leave out parameters that its caller gives. */
function asCaller(wanted: Signature, offered: Signature): Signature {
  const isOpen = offered.parameters.at(-1)?.isRest === true;
  return isOpen ? wanted : { ...wanted, parameters: wanted.parameters.slice(0, offered.parameters.length) };
}

function fitsMember(given: Member | undefined, wanted: Member, { meanings, depth }: Context): boolean {
  if (given === undefined) return wanted.isOptional;
  if (given.isOptional && !wanted.isOptional) return false;
  return fits(given.shape, wanted.shape, meanings, depth + 1);
}
