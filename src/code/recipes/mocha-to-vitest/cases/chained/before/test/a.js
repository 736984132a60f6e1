import assert from 'node:assert';

const wait = 20;

describe('a suite', () => {
  before(() => {});
  it('is like its suite', async () => {}).timeout(9);
  it('says it itself', async function () {
    this.timeout(30);
  });
})
  .timeout(5000)
  .retries(3);

it('waits', async () => {
  assert.ok(wait);
}).timeout(wait * 2);

it('waits, and is tried again', async () => {
  assert.ok(wait);
})
  .timeout('1s')
  .slow(100)
  .retries(2);

it('says it twice', async function () {
  this.timeout(30);
}).timeout(10);

it('is only slow', () => {}).slow(5);
it('has a function', named).timeout(5);

function named() {}
