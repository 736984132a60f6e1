const load = require('./load');

const F = jest.fn(() => ({ a: 1 }));
const maker = jest.fn(() => 2);
const Later = jest.fn(async () => 3);
const Answering = jest.fn().mockReturnValue({ a: 1 });
const plain = jest.fn(() => 4);

test('constructed', () => {
  expect(new F().a).toBe(1);
  new maker();
  new Later();
  new Answering();
  expect(plain()).toBe(4);
});

test('ticks', () => {
  jest.useFakeTimers();
  const seen = jest.fn();
  process.nextTick(seen);
  queueMicrotask(seen);
  jest.runAllTicks();
  expect(seen).toHaveBeenCalledTimes(2);
});

test('errors', () => {
  const wanted = new TypeError('no');
  expect(load.failure()).toEqual(wanted);
  expect(() => load()).toThrow(new Error('no'));
  expect(() => load()).toThrow('no');
});

test('state', () => {
  plain.mockRestore();
  plain.mockReset();
  expect(plain()).toBe(undefined);
  expect(jest.fn().getMockName()).toBe('jest.fn()');
  const spy = jest.spyOn(load, 'failure');
  spy.mockRestore();
  jest.resetModules();
  expect(require('./load')).not.toBe(load);
});

test('several of one name', () => {
  const f = jest.fn();
  f.mockReset();
});

test('of them one with an implementation', () => {
  const f = jest.fn(() => 3);
  f.mockReset();
  [plain].forEach((f) => f.mockReset());
});
