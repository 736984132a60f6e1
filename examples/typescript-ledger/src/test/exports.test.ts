import { deepEqual } from 'assert';
import { test } from 'node:test';
import { exportedNames } from '../tools/exports';

test('the compiler reads what a module exports', () => {
  deepEqual(exportedNames('src/ledger.ts'), ['Ledger']);
  deepEqual(exportedNames('src/model/entry.ts'), ['Entry']);
});
