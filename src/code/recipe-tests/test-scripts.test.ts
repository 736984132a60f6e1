import { expect, it } from 'vitest';
import { testsInScripts } from './test-scripts.ts';

/** What a script `test` comes to, in short. */
function read(test: string, others: Readonly<Record<string, string>> = {}) {
  const { tests, workflows, others: rest } = testsInScripts({ test, ...others }, '/p');
  return {
    tests: tests.map(({ script, testFolder, language, filter, strictness }) =>
      [script, testFolder, language, filter, strictness].join(' ').trim(),
    ),
    workflows,
    rest,
  };
}

it.each([
  ['npx codemod jssg test -l typescript ./src/workflow.ts ./tests', ['/p/src/workflow.ts /p/tests typescript  strict']],
  [
    'npx codemod@latest jssg test --language tsx --strictness cst ./a.ts --filter "some case"',
    ['/p/a.ts /p/tests tsx some case cst'],
  ],
  ['pnpm dlx codemod@latest jssg test --allow-fs -l json ./a.ts ./ --allow-child-process', ['/p/a.ts /p json  strict']],
])('reads %s', (line, tests) => {
  expect(read(line)).toEqual({ tests, workflows: [], rest: [] });
});

it('follows other scripts, in order, and names what is no test of a transform', () => {
  const found = read('npm run test:a && node --run test:b && vitest run', {
    'test:a': 'codemod jssg test -l ts a.ts && yarn exec codemod workflow validate -w workflow.yaml',
    'test:b': 'codemod jssg test -l ts b.ts',
  });
  expect(found).toEqual({
    tests: ['/p/a.ts /p/tests ts  strict', '/p/b.ts /p/tests ts  strict'],
    workflows: ['/p/workflow.yaml'],
    rest: ['vitest run'],
  });
});

it('ends where scripts call each other', () => {
  expect(read('npm run test:a', { 'test:a': 'npm run test:a' })).toEqual({ tests: [], workflows: [], rest: [] });
});
