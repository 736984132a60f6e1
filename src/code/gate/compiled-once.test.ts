import { expect, it } from 'vitest';
import type { CheckCommand } from './check.ts';
import { compiledOnce } from './compiled-once.ts';
import type { CheckKind } from './measurement.ts';
import type { CheckRunner, Ran } from './run-command.ts';

const runner: CheckRunner = {
  root: '/tree',
  manager: { name: 'npm', words: ['npm'], version: '' },
  run: () => Promise.reject(new Error('nothing is run')),
  envFor: () => ({}),
  timeoutMs: 1,
  nextFile: () => '',
};
const { signal } = new AbortController();

function command(shown: string): CheckCommand {
  const [program = '', ...args] = shown.split(' ');
  const ids: Readonly<Record<string, string>> = { tsc: 'tsc', 'vue-tsc': 'tsc', eslint: 'eslint', vitest: 'vitest' };
  const id = ids[program];
  const tool = id === undefined ? undefined : { id, args, program };
  return { run: { kind: 'line', line: shown }, tool, shown };
}

/** Which of some calls are really made. */
async function made(...calls: readonly (readonly [CheckKind, string, string?])[]): Promise<readonly string[]> {
  const ran: string[] = [];
  const run = compiledOnce(async ({ shown }, { in: folder }): Promise<Ran> => {
    ran.push(folder === '.' ? shown : `${folder}: ${shown}`);
    const result = { exitCode: 0, output: '', errors: '', isTimeout: false, isTooMuch: false };
    return { result, reading: { kind: 'types', problems: [] } };
  });
  for (const [kind, shown, folder = '.'] of calls) await run(command(shown), { kind, in: folder }, runner, signal);
  return ran;
}

it('takes what the build said for the check of types and for what prepares the tests', async () => {
  const calls = [
    ['build', 'tsc'],
    ['types', 'tsc --noEmit'],
    ['lint', 'eslint .'],
    ['test', 'tsc'],
  ] as const;
  expect(await made(...calls)).toEqual(['tsc', 'eslint .']);
  expect(await made(['build', 'tsc -p tsconfig.json'], ['types', 'tsc --noEmit'])).toEqual(['tsc -p tsconfig.json']);
});

it('a check that writes nothing stands for no call that writes', async () => {
  expect(await made(['types', 'tsc --noEmit'], ['test', 'tsc'], ['test', 'tsc'])).toEqual(['tsc --noEmit', 'tsc']);
});

it.each([
  [
    'something that may write',
    [
      ['build', 'tsc'],
      ['test', 'rimraf dist'],
      ['test', 'tsc'],
    ],
  ],
  [
    'tests',
    [
      ['build', 'tsc'],
      ['test', 'vitest run'],
      ['test', 'tsc'],
    ],
  ],
  [
    'other arguments',
    [
      ['build', 'tsc'],
      ['types', 'tsc -p test'],
    ],
  ],
  [
    'another program',
    [
      ['build', 'tsc'],
      ['types', 'vue-tsc --noEmit'],
    ],
  ],
] as const)('runs again after or with %s', async (_, calls) => {
  expect(await made(...calls)).toEqual(calls.map(([, shown]) => shown));
});

it('runs again in another package, whose build may be what the first one reads', async () => {
  expect(await made(['build', 'tsc', 'a'], ['build', 'tsc', 'b'], ['types', 'tsc --noEmit', 'a'])).toEqual([
    'a: tsc',
    'b: tsc',
    'a: tsc --noEmit',
  ]);
});
