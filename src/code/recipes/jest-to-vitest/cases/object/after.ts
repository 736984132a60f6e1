import type { Mock } from 'vitest';
vi.setConfig({ testTimeout: 5000, hookTimeout: 5000 });
vi.useFakeTimers();
vi.useFakeTimers({ now: 5, shouldAdvanceTime: true });
vi.useFakeTimers({ loopLimit: 10 });
jest.useFakeTimers('legacy');
jest.useFakeTimers({ doNotFake: ['Date'] });
const { fn, spyOn } = vi;
const real = (await vi.importActual<typeof import('./a')>('./a')).real;
const made = await vi.importMock<typeof import('./b')>('./b');
vi.doUnmock('./c');
jest.isolateModules(() => {});
jest.replaceProperty(process, 'env', {});
vi.advanceTimersToNextTimer();
jest.advanceTimersToNextTimer(2);
helper(jest);
function helper(it: unknown): unknown {
  return jest.requireActual('./d') ?? it ?? real ?? made ?? fn ?? spyOn;
}
test('waits', async () => {
  expect(await vi.importActual<typeof import('./e')>('./e')).toBeDefined();
});
const Store = vi.fn(function (name: string) { return { name }; });
(Client as Mock).mockImplementation(function () {
  return { close: vi.fn() };
});
const plain = vi.fn(() => 1);
