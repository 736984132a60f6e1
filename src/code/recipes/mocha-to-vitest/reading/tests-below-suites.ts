import { spanOf } from '../../../engine/compiler-edits.ts';
import type { Unresolved } from '../../../recipe.ts';
import { type Declaration, type MochaFile, suiteAround } from './mocha-file.ts';

/** Of each suite the first test that stands below a suite within it: Mocha runs the tests of a suite before the suites in it. */
export function testsBelowSuites(file: MochaFile): readonly Unresolved[] {
  const withSuites = new Set<Declaration | undefined>();
  const named = new Set<Declaration | undefined>();
  const found: Unresolved[] = [];
  for (const one of file.declarations) {
    if (one.role === 'hook') continue;
    const around = suiteAround(one.call, file);
    if (one.role === 'suite') withSuites.add(around);
    else if (withSuites.has(around) && !named.has(around)) {
      named.add(around);
      found.push({
        ...spanOf(one.call.expression),
        message:
          'Mocha runs this test before the suites above it, as it runs the tests of a suite first; Vitest runs what stands in a suite from top to bottom.',
        cure: 'Where the suites above leave something behind that the test sees, move the test above them.',
        isAdvice: true,
      });
    }
  }
  return found;
}
