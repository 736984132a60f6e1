import type { Range } from './cause-of.ts';
import type { ApiRule, Change } from './change.ts';
import type { Touched } from './join.ts';
import { isOfMember, type NewError } from './new-errors.ts';
import type { Use } from './use.ts';

/** The use that an error of the compiler is about, and the change that explains it, if one does. */
export type Attribution = { readonly error: NewError; readonly use: Use; readonly touched: Touched | undefined };

/** Errors that only follow from another: a value became `any`, and what is done with it cannot be checked any more. */
const consequences = new Set([7005, 7006, 7010, 7011, 7016, 7018, 7019, 7022, 7023, 7024, 7031, 7034, 7053]);

const untypedParameters = new Set([7006, 7019, 7031]);

/** True where a callback's parameter has no type any more: what took the callback is told, and this is no name to look for. */
export function isUntypedParameter(code: number): boolean {
  return untypedParameters.has(code);
}

/** True where the compiler's code tells of a consequence and not of a break of its own. */
export function isConsequence(code: number): boolean {
  return consequences.has(code);
}

/**
 * Finds the use for an error: the nearest one, from what the error marks outward to its
 * statement, then where its values come from; one that a change touches
 * goes before one that none does. Where a value does not fit it is the use that gives the value another type than before. Undefined where nothing of the packages stands there. Pure.
 */
export function attribute(error: NewError, uses: readonly Use[], touched: readonly Touched[]): Attribution | undefined {
  const start = error.place.offset;
  const ranges = [{ start, end: start + error.place.length }, ...error.around, ...error.origins];
  const { callee, isFunction, isGoneFromDefault } = error.cause;
  const names = isOfValue(error.code) ? error.cause.names : [];
  const giving = uses.filter(({ place }) => names.some((name) => name.start === place.offset));
  const explaining = touched.filter(
    ({ use, change }) =>
      isPlausible(change.rule, use, error) &&
      !(isGoneFromDefault && isOfModuleForm(change.rule)) &&
      (giving.length === 0 || giving.includes(use) || !isOfResult(change)),
  );
  const own = uses.find(({ place, role }) => place.offset === start && role.kind === 'option');
  if (own !== undefined && isExcess(error))
    return { error, use: own, touched: explaining.find(({ use }) => use === own) };
  const called = callee !== undefined && arguable.has(error.code) ? [callee] : [];
  for (const range of [...names, ...(isFunction ? called : []), ...ranges]) {
    const found = nearest(
      explaining.map(({ use }) => use),
      range,
      start,
    );
    const mine = explaining.filter(({ use }) => use === found);
    const certain = mine.find(({ change }) => change.replacement?.isCertain === true);
    if (found !== undefined) return { error, use: found, touched: certain ?? mine[0] };
  }
  for (const range of [...names, ...called, ...ranges]) {
    const use = nearest(uses, range, start);
    if (use !== undefined) return { error, use, touched: undefined };
  }
  return undefined;
}

/** What becomes of a module as a whole. */
const moduleRules = new Set<ApiRule>([
  'api/export-equals-to-default',
  'api/default-to-named',
  'api/named-to-default',
  'api/path-removed',
]);

/** True for changes of the form of a module: what was read from it may be somewhere else in it. */
export function isOfModuleForm(rule: ApiRule): boolean {
  return moduleRules.has(rule);
}

const ofValue = new Set([2322, 2345, 2531, 2532, 2533, 2571, 2739, 2740, 2741, 18046, 18047, 18048, 18049]);

/** True where the compiler's code says that a value has not the type that is wanted of it. */
function isOfValue(code: number): boolean {
  return ofValue.has(code);
}

/** True for changes of what a use gives. */
function isOfResult({ trigger }: Change): boolean {
  return trigger.kind === 'result' || trigger.kind === 'read';
}

/** Of the uses inside a range the one nearest to the error; a whole literal only where nothing smaller is there. */
function nearest(uses: readonly Use[], { start, end }: Range, at: number): Use | undefined {
  const inside = uses.filter(({ place }) => place.offset >= start && place.offset + place.length <= end);
  const rank = ({ place, role }: Use): number => Math.abs(place.offset - at) + (role.kind === 'literal' ? 0.5 : 0);
  return [...inside].sort((one, other) => rank(one) - rank(other))[0];
}

const missing = new Set([
  1192, 2305, 2306, 2339, 2459, 2460, 2503, 2304, 2551, 2552, 2613, 2614, 2616, 2617, 2694, 2702, 2709, 2724, 2749,
  2693,
]);
const excess = new Set([2353, 2561]);
/** That an argument is not taken. */
const arguable = new Set([2345, 2769]);
const arity = new Set([2554, 2555, 2556]);
const typeArity = new Set([2314, 2315, 2558, 2707, 2743]);
const forms = new Set([1192, 1259, 1471, 1479, 1541, 1542, 1543, 2497, 2594, 2595, 2596, 2597, 2598, 2613, 2616, 2617]);
/** That a file which is run as `require` imports an ES module: of what the module exports they say nothing. */
const requires = new Set([1471, 1479, 1541, 1542, 1543]);
const maybe = new Set([2531, 2532, 2533, 18046, 18047, 18048, 18049, 2571]);
const callable = new Set([2348, 2349, 2351, 2511]);
const paths = new Set([2307, 2792, 7016]);

const shapes: readonly ApiRule[] = [
  'api/member-removed',
  'api/removed',
  'api/renamed',
  'api/moved',
  'api/option-removed',
  'api/value-to-type',
  'api/class-to-type',
  'api/default-to-named',
  'api/named-to-default',
  'api/export-equals-to-default',
  'api/path-removed',
];

/** True for changes that take something away, or give it another name or form. */
export function isGone(rule: ApiRule): boolean {
  return shapes.includes(rule);
}

/** True where the compiler's code says that something is not there, or not what it is called as. */
export function isMissing(code: number): boolean {
  return missing.has(code) || callable.has(code);
}

/** A change of one kind does not explain an error of another: a name that is gone is no matter of arguments. */
function isPlausible(rule: ApiRule, { role }: Use, error: NewError): boolean {
  const { code } = error;
  if (rule === 'api/require-of-esm' || requires.has(code)) return rule === 'api/require-of-esm' && requires.has(code);
  const isShape = isGone(rule);
  if (missing.has(code) || paths.has(code) || forms.has(code)) return isShape;
  if (typeArity.has(code))
    return (
      rule === 'api/type-parameter-required' || rule === 'api/type-parameter-removed' || rule === 'api/overload-removed'
    );
  if (arity.has(code)) return !isShape && rule !== 'api/option-required';
  if (isConsequence(code)) return isShape;
  if (isShape) return role.kind === 'option' || role.kind === 'override' || isExcess(error);
  return true;
}

/** What kind of change an error tells of, where the comparison of both versions did not find one. */
export function ruleOf(error: NewError, { role, exported }: Use): ApiRule {
  const { code, message } = error;
  if (code === onlyType) return 'api/value-to-type';
  if (paths.has(code)) return 'api/path-removed';
  if (forms.has(code) && role.kind === 'import')
    return code === 1192 || code === 2613 ? 'api/default-to-named' : 'api/export-equals-to-default';
  const isMember = isOfMember(code) && role.kind !== 'import' && exported === undefined;
  if (missing.has(code))
    return isMember || role.kind === 'read' || role.kind === 'call' || role.kind === 'write'
      ? 'api/member-removed'
      : 'api/removed';
  if (isExcess(error) && (excess.has(code) || role.kind === 'option')) return 'api/option-removed';
  if (arity.has(code)) return isTooFew(message) ? 'api/parameter-required' : 'api/parameter-removed';
  if (typeArity.has(code))
    return isTooFew(message) || code === 2314 ? 'api/type-parameter-required' : 'api/type-parameter-removed';
  if (code === 2540 || code === 2542) return 'api/became-readonly';
  if (code === 4113 || code === 4117) return 'api/member-removed';
  if (callable.has(code)) return 'api/value-to-type';
  if (maybe.has(code)) return role.kind === 'call' ? 'api/return-widened' : 'api/member-widened';
  if (code === 2739 || code === 2740 || code === 2741)
    return role.kind === 'literal' || role.kind === 'type' ? 'api/option-required' : 'api/parameter-narrowed';
  if (code === 2345 || code === 2769) return 'api/parameter-narrowed';
  if (role.kind === 'option') return 'api/parameter-narrowed';
  return role.kind === 'call' || role.kind === 'new' ? 'api/return-changed' : 'api/type-changed';
}

/** That what is written as a value is there as a type. */
const onlyType = 2693;

/** True where a property is given that is not known; of a call with overloads the compiler says it in the lines below. */
function isExcess({ code, message }: NewError): boolean {
  return excess.has(code) || (code === 2769 && /Object literal may only specify known properties/.test(message));
}

/** `Expected 2 arguments, but got 1.` */
function isTooFew(message: string): boolean {
  const found = /Expected (\d+)\D.*but got (\d+)/.exec(message);
  return found !== null && Number(found[2]) < Number(found[1]);
}
