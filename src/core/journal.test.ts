import { describe, expect, it } from 'vitest';
import { brokenLink, chain, type JournalEntry, type JournalEvent, journalEventSchema } from './journal.ts';

const at = '2026-01-01T00:00:00.000Z';
const events: readonly JournalEvent[] = [
  { kind: 'run-started', planHash: 'h', planId: 'p', godwit: '0', objects: ['public.users'], at },
  { kind: 'step-started', stepId: 's', part: 0, direction: 'forward', at },
  { kind: 'step-done', stepId: 's', part: 0, direction: 'forward', ms: 1.5, detail: undefined, at },
  { kind: 'done', at },
];

function chained(): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const event of events) entries.push(chain(entries.at(-1), event));
  return entries;
}

describe('the hash chain', () => {
  it('holds for what was appended, and after a trip through JSON', () => {
    const entries = chained();
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(brokenLink(entries)).toBeUndefined();
    const stored = entries.map((entry) => {
      const text = JSON.stringify(entry.event);
      return { ...entry, event: journalEventSchema.parse(JSON.parse(text)) };
    });
    expect(brokenLink(stored)).toBeUndefined();
    expect(brokenLink([])).toBeUndefined();
  });

  it('breaks where an event was changed, left out, doubled or put elsewhere', () => {
    const [first, second, third, fourth] = chained();
    if (first === undefined || second === undefined || third === undefined || fourth === undefined)
      throw new Error('four');
    const changed = { ...second, event: { ...second.event, at: '2027-01-01T00:00:00.000Z' } };
    expect(brokenLink([first, changed, third])).toBe(2);
    expect(brokenLink([first, third, fourth])).toBe(3);
    expect(brokenLink([first, second, second])).toBe(2);
    expect(brokenLink([first, third, second])).toBe(3);
    expect(brokenLink([second])).toBe(2);
  });
});
