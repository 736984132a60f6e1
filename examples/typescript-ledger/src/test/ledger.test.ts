import * as assert from 'assert';
import { execFileSync } from 'child_process';
import { test } from 'node:test';
import { Ledger } from '../ledger';

const now = new Date('2024-03-03T00:00:00Z');

function filled(): Ledger {
  const ledger = new Ledger();
  ledger.add(new Date('2024-02-01T00:00:00Z'), { cents: 10000, currency: 'EUR' }, 'rent');
  ledger.add(new Date('2024-03-02T12:00:00Z'), { cents: 1250, currency: 'EUR' }, 'work', 'lunch');
  return ledger;
}

test('what was added is found', () => {
  const entry = filled().add(now, { cents: 1, currency: 'CHF' });
  assert.equal(entry.id.length, 8);
  assert.equal(filled().find(entry.id), undefined);
});

test('only what is young is summed', () => {
  assert.deepEqual(filled().sumWithin('2 days', now), { cents: 1250, currency: 'EUR' });
});

test('lines name amounts and tags', () => {
  assert.match([...filled().lines()][1], /^[0-9a-f]{8} 12\.50 EUR lunch, work$/);
});

test('the report runs from source', () => {
  const printed = execFileSync(process.execPath, ['node_modules/ts-node/dist/bin.js', 'src/report.ts'], { encoding: 'utf8' });
  assert.equal(printed.split('\n').length, 3);
});
