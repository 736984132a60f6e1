jest.setTimeout(5000);
jest.useFakeTimers('modern');
jest.useFakeTimers({ now: 5, advanceTimers: true, legacyFakeTimers: false });
jest.useFakeTimers({ doNotFake: ['nextTick'], timerLimit: 10 });
jest.useFakeTimers('legacy');
jest.useFakeTimers({ doNotFake: ['Date'] });
const { fn, spyOn } = jest;
const real = jest.requireActual<typeof import('./a')>('./a').real;
const made = jest.createMockFromModule('./b');
jest.dontMock('./c');
jest.isolateModules(() => {});
jest.replaceProperty(process, 'env', {});
jest.advanceTimersToNextTimer();
jest.advanceTimersToNextTimer(2);
helper(jest);
function helper(it: unknown): unknown {
  return jest.requireActual('./d') ?? it ?? real ?? made ?? fn ?? spyOn;
}
test('waits', () => {
  expect(jest.requireActual('./e')).toBeDefined();
});
const Store = jest.fn((name: string) => ({ name }));
(Client as jest.Mock).mockImplementation(() => {
  return { close: jest.fn() };
});
const plain = jest.fn(() => 1);
