import { expect, it } from 'vitest';
import { definePlan } from '#core/plan';
import type { Observed } from '#db/watch/watch';
import { judge, type Measured } from './judge.ts';

const nothing = { kind: 'none' };
const claim = (mode: string) => ({
  kind: 'db/sql',
  statements: ['SELECT'],
  locks: [{ relation: 'public.users', mode }],
  lockTimeoutMs: 1,
  statementTimeoutMs: 1,
});
const plan = definePlan(
  {
    domain: 'postgres',
    title: 't',
    why: 'w',
    intent: { kind: 'sql', text: 't', options: {} },
    origin: { kind: 'database', fingerprint: 'f', objects: ['public.users'] },
    current: [],
    target: [],
    risks: [],
    estimates: [],
    phases: [
      {
        id: 'expand',
        kind: 'expand',
        title: 'e',
        steps: [
          {
            id: 'expand-1',
            title: 's',
            action: claim('SHARE ROW EXCLUSIVE'),
            rollback: { kind: 'sequence', actions: [nothing, claim('ACCESS EXCLUSIVE')] },
            verify: nothing,
            hazards: [],
          },
        ],
      },
    ],
  },
  { day: '20260101', slug: 's' },
);
const calm: Observed = { ms: 1, locks: [], rewrites: [], scans: [], longestWaitMs: 0 };
const held = (mode: string, heldMs = 1) => ({ relation: 'public.users', mode, heldMs });

function rulesOf(observed: Partial<Observed>, direction: Measured['direction'] = 'forward'): readonly string[] {
  return judge(plan, [{ stepId: 'expand-1', direction, leg: 0, observed: { ...calm, ...observed } }]).map(
    ({ rule, severity }) => `${severity} ${rule}`,
  );
}

it('a lock that is claimed, or weaker, or keeps no reader or writer waiting, is as the plan says', () => {
  const locks = ['ShareRowExclusiveLock', 'ShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock'];
  expect(rulesOf({ locks: locks.map((mode) => held(mode)) })).toEqual([]);
  expect(rulesOf({ locks: [held('AccessExclusiveLock')] }, 'back')).toEqual([]);
});

it('a stronger lock, another table, and any strong lock of a check, are not', () => {
  expect(rulesOf({ locks: [held('AccessExclusiveLock')] })).toEqual(['error rehearsal/lock']);
  expect(rulesOf({ locks: [{ ...held('ShareLock'), relation: 'public.orders' }] })).toEqual(['error rehearsal/lock']);
  expect(rulesOf({ locks: [held('ShareLock')] }, 'check')).toEqual(['error rehearsal/lock']);
});

it('a rewrite that no hazard names, and a long scan under a lock', () => {
  expect(rulesOf({ rewrites: ['public.users'] })).toEqual(['error rehearsal/rewrite']);
  expect(rulesOf({ scans: ['public.users'], locks: [held('ShareLock', 500)] })).toEqual([
    'warning rehearsal/scan-under-lock',
  ]);
  expect(rulesOf({ scans: ['public.users'], locks: [held('ShareLock', 3)] })).toEqual([]);
  expect(rulesOf({ scans: ['public.users'], locks: [held('AccessShareLock', 500)] })).toEqual([]);
});
