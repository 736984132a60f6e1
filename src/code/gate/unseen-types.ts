import type { Finding } from '#core/finding';
import { type CheckPair, nameOf } from './compared.ts';
import type { TypeProblem } from './measurement.ts';

/** Faults of a configuration after which the compiler goes on to types. */
const passedOver = new Set(['TS5023', 'TS5024', 'TS5025', 'TS6046']);

/**
 * The compiler looks at types only where its options and global types are in order, so that a fault there which was there
 * before hides all that is new: `emitFilesAndReportErrors` of TypeScript, also in 7.
 */
export function unseenTypes({ before, after }: CheckPair): readonly Finding[] {
  const faults = [before, after].map((check) => (check?.types ?? []).filter(isOfOptions));
  const [first] = faults[1] ?? [];
  if (after === undefined || first === undefined || faults.some(({ length }) => length === 0)) return [];
  if (after.types?.some((problem) => !isOfOptions(problem) && !passedOver.has(problem.code)) === true) return [];
  const object = nameOf(after);
  const message = `${object}: the compiler ends at its options, as before, and looks at no type (${first.code}: ${first.message}): it proves nothing.`;
  return [{ rule: 'gate/check-unreadable', severity: 'warning', message, object }];
}

function isOfOptions({ file, code }: TypeProblem): boolean {
  return !passedOver.has(code) && (file === undefined || /(^|\/)[tj]sconfig[^/]*\.json$/.test(file));
}
