import type { Finding } from '#core/finding';
import type { Step } from '#core/plan';
import type { PythonSnapshot } from './snapshot.ts';

/** The step that measures a tree before anything is changed, with a minor of Python 3. */
export function baseline(minor: number): Step {
  return {
    id: 'prepare-baseline',
    title: `Measure the tree as it is, with Python 3.${minor} where this machine has it`,
    action: { kind: 'code/baseline', python: minor },
    rollback: { kind: 'none' },
    verify: { kind: 'none' },
    hazards: [],
  };
}

/** What was not looked at, and why, as a finding. */
export function notLookedAt({ what, why }: PythonSnapshot['unknown'][number]): Finding {
  return { rule: 'tree/not-looked-at', severity: 'advice', message: `${what}: ${why}`, object: what };
}

/** What a gate asks of a person: the places that the recipes left, the first twenty by name. */
export function toSee(open: readonly Finding[]): string {
  const places = open.slice(0, 20).map(({ file, line, message }) => `${file ?? ''}:${line ?? 1} ${message}`);
  const more = open.length > 20 ? ` | and ${open.length - 20} more` : '';
  return `A person has to look at ${open.length === 1 ? 'one place' : `${open.length} places`} on the branch: ${places.join(' | ')}${more}`;
}
