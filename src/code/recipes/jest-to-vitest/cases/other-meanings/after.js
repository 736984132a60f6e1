const load = require('./load');

const F = vi.fn(function () { return { a: 1 }; });
const maker = vi.fn(function () { return 2; });
const Later = vi.fn(async () => 3);
const Answering = vi.fn().mockReturnValue({ a: 1 });
const plain = vi.fn(() => 4);

test('constructed', () => {
  expect(new F().a).toBe(1);
  new maker();
  new Later();
  new Answering();
  expect(plain()).toBe(4);
});

test('ticks', () => {
  vi.useFakeTimers();
  const seen = vi.fn();
  process.nextTick(seen);
  queueMicrotask(seen);
  vi.runAllTicks();
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
  expect(vi.fn().getMockName()).toBe('jest.fn()');
  const spy = vi.spyOn(load, 'failure');
  spy.mockRestore();
  vi.resetModules();
  expect(require('./load')).not.toBe(load);
});

test('several of one name', () => {
  const f = vi.fn();
  f.mockReset();
});

test('of them one with an implementation', () => {
  const f = vi.fn(() => 3);
  f.mockReset();
  [plain].forEach((f) => f.mockReset());
});
