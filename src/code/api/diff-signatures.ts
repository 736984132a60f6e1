import type { ApiRule, Trigger } from './change.ts';
import { acceptsCallsOf, elementOf, fits, type Meanings } from './fits.ts';
import type { DeclarationKey, Parameter, Shape, Signature } from './shape.ts';
import { showSignature, spellSignature } from './spell-shape.ts';

/** What became of one overload. */
export type SignatureChange = {
  readonly rule: ApiRule;
  readonly keys: readonly DeclarationKey[];
  readonly trigger: Trigger;
  readonly before: string;
  readonly after: string;
};

/**
 * What of the calls to `old` the new overloads do not take any more, and what they give back differently. An overload that
 * is gone but whose calls another one takes is no change. Pure.
 */
export function diffSignatures(
  old: readonly Signature[],
  now: readonly Signature[],
  meanings: Meanings,
): readonly SignatureChange[] {
  const known = new Set(now.map(spellSignature));
  return old.flatMap((signature): readonly SignatureChange[] => {
    if (known.has(spellSignature(signature))) return [];
    const accepting = now.filter((candidate) => acceptsCallsOf(signature, candidate, meanings));
    const told = { keys: signature.keys, before: showSignature(signature) };
    if (accepting.length > 0) {
      if (accepting.some((candidate) => isResultKept(signature, candidate, meanings))) return [];
      const [first] = accepting;
      if (first === undefined) return [];
      const isWider = fits(signature.returns, first.returns, meanings);
      const rule = isWider ? 'api/return-widened' : 'api/return-changed';
      return [{ ...told, rule, trigger: { kind: 'result' }, after: showSignature(first) }];
    }
    const nearest = nearestOf(signature, now, meanings);
    if (nearest === undefined) return [{ ...told, rule: 'api/overload-removed', trigger: { kind: 'call' }, after: '' }];
    const faults = faultsOf(signature, nearest, meanings);
    const isOther = faults.length > 1 && now.length > 1;
    if (isOther)
      return [
        {
          ...told,
          rule: 'api/overload-removed',
          trigger: { kind: 'call' },
          after: now.map(showSignature).join('; '),
        },
      ];
    return faults.map((fault) => ({ ...told, ...fault, after: showSignature(nearest) }));
  });
}

function isResultKept(old: Signature, now: Signature, meanings: Meanings): boolean {
  if (now.returns.kind === 'parameter' || old.returns.kind === 'parameter') return true;
  return isVoid(old.returns) || fits(now.returns, old.returns, meanings);
}

function isVoid(shape: Shape): boolean {
  return shape.kind === 'plain' && (shape.text === 'void' || shape.text === 'any' || shape.text === 'unknown');
}

type Fault = Pick<SignatureChange, 'rule' | 'trigger'>;

/** The overload with the fewest faults; of equals the first. */
function nearestOf(old: Signature, now: readonly Signature[], meanings: Meanings): Signature | undefined {
  const ranked = now.map((candidate) => ({ candidate, faults: faultsOf(old, candidate, meanings).length }));
  return ranked.sort((one, other) => one.faults - other.faults)[0]?.candidate;
}

function requiredOf(parameters: readonly Parameter[]): number {
  return parameters.filter(({ isOptional, isRest }) => !isOptional && !isRest).length;
}

function faultsOf(old: Signature, now: Signature, meanings: Meanings): readonly Fault[] {
  const faults: Fault[] = [];
  const [before, after] = [old.parameters, now.parameters];
  const rest = after.at(-1)?.isRest === true ? after.at(-1) : undefined;
  const required = requiredOf(after);
  if (required > requiredOf(before)) {
    const isNew = required > before.length;
    const rule = isNew ? 'api/parameter-added' : 'api/parameter-required';
    faults.push({ rule, trigger: { kind: 'fewer-arguments', than: required } });
  }
  if (before.length > after.length && rest === undefined) {
    faults.push({ rule: 'api/parameter-removed', trigger: { kind: 'more-arguments', than: after.length } });
  }
  for (const [index, parameter] of before.entries()) {
    const place = after[index] ?? rest;
    if (place === undefined) continue;
    const wanted = place.isRest && !parameter.isRest ? elementOf(place.shape) : place.shape;
    if (!fits(parameter.shape, wanted, meanings, 1) || (parameter.isRest && !place.isRest))
      faults.push({ rule: 'api/parameter-narrowed', trigger: { kind: 'argument', index, wanted } });
  }
  return faults;
}
