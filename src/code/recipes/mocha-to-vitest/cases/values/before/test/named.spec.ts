import { describe, it } from 'mocha';
import assert from 'node:assert/strict';

describe('named', () => {
  it('waits', (done: (error?: unknown) => void) => {
    setTimeout(done, 1);
  });
  it('is', () => assert.ok(true));
});
