import assert from 'node:assert';
import { beforeAll, describe, it } from 'vitest';

const wait = 20;

describe('a suite', { timeout: 5000 }, () => {
  beforeAll(() => {});
  it('is like its suite', async () => {});
  it('says it itself', { timeout: 30 }, async function () {
  });
});

it('waits', { timeout: wait * 2 }, async () => {
  assert.ok(wait);
});

it('waits, and is tried again', { retry: 2, timeout: 1000 }, async () => {
  assert.ok(wait);
});

it('says it twice', { timeout: 30 }, async function () {
});

it('is only slow', () => {});
it('has a function', named).timeout(5);

function named() {}
