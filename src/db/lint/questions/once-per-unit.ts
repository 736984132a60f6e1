import type { LintContext } from '../context.ts';
import type { Unit } from '../unit.ts';

/** An answer about a unit that many rules ask for, one after the other: it is worked out once, while nothing changes. */
export function oncePerUnit<T>(
  answer: (unit: Unit, context: LintContext) => T,
): (unit: Unit, context: LintContext) => T {
  let last:
    | { readonly unit: Unit; readonly context: LintContext; readonly unitsBefore: number; readonly said: T }
    | undefined;
  return (unit, context) => {
    const unitsBefore = context.file.units.length;
    if (last?.unit !== unit || last.context !== context || last.unitsBefore !== unitsBefore) {
      last = { unit, context, unitsBefore, said: answer(unit, context) };
    }
    return last.said;
  };
}
