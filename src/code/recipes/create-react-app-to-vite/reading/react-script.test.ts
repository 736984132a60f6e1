import { expect, it } from 'vitest';
import { reactScript, testCalls } from './react-script.ts';

it.each([
  ['react-scripts start', 'vite'],
  ['PORT=3001 react-scripts start', 'PORT=3001 vite'],
  ['cross-env CI=true react-scripts build && rm -rf docs', 'cross-env CI=true vite build && rm -rf docs'],
  ['npx react-scripts --openssl-legacy-provider build', 'vite build'],
  [
    'react-scripts --max_old_space_size=4096 build',
    'node --max_old_space_size=4096 node_modules/vite/bin/vite.js build',
  ],
  ['react-scripts test', 'vitest'],
  ['react-scripts test --env=jsdom', 'vitest --environment=jsdom'],
  ['CI=true react-scripts test --coverage', 'CI=true vitest --coverage'],
  ['react-scripts test --watchAll=false --verbose', 'vitest run --reporter=verbose'],
  ['react-scripts --inspect-brk test --runInBand --no-cache', 'vitest --inspect-brk --no-file-parallelism'],
])('%s becomes %s', (before, after) => {
  expect(reactScript(before, { isChecked: false })).toEqual({ script: after, left: [] });
});

it('looks at types behind a build, where react-scripts does it within', () => {
  const made = reactScript('GENERATE_SOURCEMAP=false react-scripts build', { isChecked: true });
  expect(made?.script).toBe('GENERATE_SOURCEMAP=false vite build && tsc --noEmit');
});

it('names a flag that has no counterpart', () => {
  expect(reactScript('react-scripts build --stats', { isChecked: false })).toEqual({
    script: 'vite build',
    left: ['--stats'],
  });
});

it.each([
  ['npm test -- --watchAll=false', 'npm test -- --run'],
  ['npm run test -- --coverage --watchAll=false && npm run build', 'npm run test -- --run --coverage && npm run build'],
  ['yarn test --ci', 'yarn test'],
  ['npm test', 'npm test'],
  ['npm test -- src/App', 'npm test -- src/App'],
  ['npm run testing -- --watchAll=false', 'npm run testing -- --watchAll=false'],
])('%s in a workflow becomes %s', (before, after) => {
  expect(testCalls(before, ['test'])).toBe(after);
});
