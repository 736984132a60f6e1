import { describe, it } from 'vitest';
import assert from 'node:assert/strict';

describe('named', () => {
  it('waits', () => new Promise<void>((resolve, reject) => {
    const done = (error?: unknown) => (error ? reject(error) : resolve());
    setTimeout(done, 1);
  }));
  it('is', () => assert.ok(true));
});
