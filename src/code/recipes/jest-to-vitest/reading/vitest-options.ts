import { opened, raw, text } from '../../../engine/code.ts';
import { keyOf, literalOf, textsOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import { add, type VitestOptions } from '../../../vitest/vitest-options.ts';
import { coverageHandlers } from './coverage-options.ts';
import { aliasOf } from './module-names.ts';
import {
  asIs,
  computed,
  type Handler,
  ignored,
  jestTests,
  leave,
  literalCode,
  nothing,
  paths,
  rooted,
  shortened,
} from './option-parts.ts';

/** What becomes of each option. Sources: Configuring Jest; Configuring Vitest. */
export const handlers: Readonly<Record<string, Handler>> = {
  ...coverageHandlers,
  automock: (value, { left }) => {
    if (literalOf(value) !== false)
      left.push({
        node: value,
        message: 'Vitest does not mock everything.',
        cure: 'Name modules with `vi.mock(path)`.',
      });
  },
  bail: (value, { test }) => {
    const is = literalOf(value);
    if (is !== false && is !== 0) test.push({ key: 'bail', value: raw(is === true ? '1' : value.getText()) });
  },
  cacheDirectory: nothing,
  ci: nothing,
  clearMocks: asIs('clearMocks'),
  displayName: (value, { test, left }) => {
    const known = literalOf(value);
    if (typeof known === 'string') test.push({ key: 'name', value: text(known) });
    else left.push(computed(value));
  },
  errorOnDeprecated: nothing,
  extensionsToTreatAsEsm: nothing,
  fakeTimers: (value, { left }) => {
    if (/enableGlobally:\s*true/.test(value.getText()))
      left.push({
        node: value,
        message: 'Vitest has no option by which timers are fake in every test.',
        cure: 'Call `vi.useFakeTimers()` in a file of `setupFiles`.',
      });
  },
  forceExit: nothing,
  globalSetup: (value, { test, left }, { base }) => {
    const known = literalOf(value);
    if (typeof known === 'string') test.push({ key: 'globalSetup', value: text(rooted(known, base)) });
    else left.push(computed(value));
  },
  globalTeardown: leave(
    'Vitest has no module of its own for the end.',
    'Answer the function from `globalSetup`, or export `teardown` there.',
  ),
  globals: defines,
  haste: nothing,
  injectGlobals: nothing,
  logHeapUsage: nothing,
  maxConcurrency: asIs('maxConcurrency'),
  maxWorkers: asIs('maxWorkers'),
  moduleDirectories: (value, { left }) => {
    const list = textsOf(value)?.filter((one) => one !== 'node_modules');
    if (list === undefined || list.length > 0)
      left.push({
        node: value,
        message: 'Vite looks for modules in node_modules alone.',
        cure: 'Give what is named without a path an alias.',
      });
  },
  moduleFileExtensions: nothing,
  moduleNameMapper: (value, out, { base }) => {
    if (!ts.isObjectLiteralExpression(value)) return void out.left.push(computed(value));
    if (value.properties.some((one) => one.getText().includes('identity-obj-proxy'))) out.test.push(plainNames);
    for (const property of value.properties) {
      const made = aliasOf(property, base);
      if (made === undefined) continue;
      if ('kind' in made) out.aliases.push(made);
      else out.left.push(made);
    }
  },
  modulePaths: leave('Vite looks for modules in node_modules alone.', 'Give what is named without a path an alias.'),
  modulePathIgnorePatterns: (value, out) => ignored(value, out, 'test'),
  notify: nothing,
  passWithNoTests: asIs('passWithNoTests'),
  preset: (value, { left }) => {
    if (!/^(ts-jest|jest-preset-\w+|@swc\/jest)(\/.*)?$/.test(String(literalOf(value))))
      left.push({
        node: value,
        message: `What the preset ${value.getText()} sets is not seen here.`,
        cure: 'Write what the tests need of it into the configuration.',
      });
  },
  projects: leave('Projects are not taken over.', 'Name them in `test.projects`; each has a configuration of its own.'),
  reporters: (value, { left }) => {
    const list = textsOf(value);
    if (list === undefined || list.some((one) => one !== 'default'))
      left.push({
        node: value,
        message: 'Reporters of Jest do not work.',
        cure: 'Choose one of Vitest: `test.reporters`.',
      });
  },
  resetMocks: asIs('mockReset'),
  resolver: leave('A resolver of Jest does not work.', 'Write a plugin for Vite, or aliases.'),
  restoreMocks: asIs('restoreMocks'),
  rootDir: nothing,
  roots: (value, { test, left }, { base, hasTestsFolder }) => {
    const list = textsOf(value)?.map((one) => rooted(one, base).replace(/\/$/, ''));
    const [only, ...more] = list ?? [];
    if (list === undefined) left.push(computed(value));
    else if (only !== undefined && more.length === 0 && only !== '.') test.push({ key: 'dir', value: text(only) });
    else if (more.length > 0) {
      const tests = hasTestsFolder ? jestTests : jestTests.slice(1);
      add(
        test,
        'include',
        list.flatMap((root) => inRoot(shortened(root).replace(/^\.\//, ''), tests)),
      );
    }
  },
  runner: leave('A runner of Jest does not work.', 'Write one for Vitest, or do without.'),
  setupFiles: paths('setupFiles'),
  setupFilesAfterEnv: paths('setupFiles'),
  setupTestFrameworkScriptFile: paths('setupFiles'),
  showSeed: nothing,
  silent: asIs('silent'),
  slowTestThreshold: (value, { test }) => {
    const seconds = literalOf(value);
    if (typeof seconds === 'number') test.push({ key: 'slowTestThreshold', value: raw(String(seconds * 1000)) });
  },
  snapshotFormat: asIs('snapshotFormat'),
  snapshotResolver: leave('A resolver of snapshots is written otherwise.', 'Use `test.resolveSnapshotPath`.'),
  snapshotSerializers: paths('snapshotSerializers'),
  testEnvironment: (value, out) => {
    const name = environmentOf(String(literalOf(value)));
    if (name === undefined)
      out.left.push({
        node: value,
        message: `The environment ${value.getText()} is Jest's.`,
        cure: 'Write one for Vitest.',
      });
    else if (name !== 'node') {
      out.test.push({ key: 'environment', value: text(name) });
      out.packages.add(name);
    }
  },
  testEnvironmentOptions: (value, { test }) => {
    const known = literalOf(value);
    const options = known === undefined ? raw(value.getText()) : literalCode(known);
    test.push({ key: 'environmentOptions', value: opened([{ key: 'jsdom', value: options }]) });
  },
  testLocationInResults: nothing,
  testMatch: (value, { test, left }) => {
    const list = textsOf(value);
    if (list === undefined) left.push(computed(value));
    else
      add(
        test,
        'include',
        list.map((one) => one.replace(/^<rootDir>\//, '')),
      );
  },
  testPathIgnorePatterns: (value, out) => ignored(value, out, 'test'),
  testRegex: (value, { test, left }) => {
    const globs = textsOf(value)?.map(globOf);
    if (globs === undefined || globs.includes(undefined))
      left.push({
        node: value,
        message: 'Which files are tests is a pattern that has no glob here.',
        cure: 'Write `test.include`.',
      });
    else
      add(
        test,
        'include',
        globs.flatMap((one) => one ?? []),
      );
  },
  testRunner: (value, { left }) => {
    if (!/circus/.test(value.getText()))
      left.push({
        node: value,
        message: 'Vitest runs tests as jest-circus does.',
        cure: 'See whether the tests agree.',
      });
  },
  testTimeout: (value, { test }) => {
    test.push({ key: 'testTimeout', value: raw(value.getText()) }, { key: 'hookTimeout', value: raw(value.getText()) });
  },
  transform: (value, { left }) => {
    if (!ts.isObjectLiteralExpression(value)) return void left.push(computed(value));
    for (const property of value.properties)
      if (
        !/babel-jest|ts-jest|@swc\/jest|esbuild-jest|@vue\/vue\dx?-jest|vue-jest|sucrase\/jest|@sucrase\/jest-plugin/.test(
          property.getText(),
        )
      )
        left.push({
          node: property,
          message: `What ${keyOf(property) ?? 'this'} is transformed by is Jest's.`,
          cure: 'Take a plugin of Vite for it.',
        });
  },
  transformIgnorePatterns: nothing,
  unmockedModulePathPatterns: nothing,
  verbose: nothing,
  watchPathIgnorePatterns: nothing,
  watchPlugins: nothing,
  watchman: nothing,
  workerIdleMemoryLimit: nothing,
};

/** Classes of CSS modules are called in tests as in the style sheet. */
const plainNames = { key: 'css', value: literalCode({ modules: { classNameStrategy: 'non-scoped' } }) };

/** What lies in a root that is itself called `__tests__` is a test whatever its name. */
function inRoot(root: string, tests: readonly string[]): readonly string[] {
  if (/(^|\/)__tests__$/.test(root)) return [`${root}/**/*.?(c|m)[jt]s?(x)`];
  return tests.map((one) => `${root}/${one}`);
}

/** Environments of Jest by those of Vitest. */
export function environmentOf(name: string): 'node' | 'jsdom' | 'happy-dom' | undefined {
  if (/^(node|jest-environment-node)$/.test(name)) return 'node';
  if (/^(jsdom|jest-environment-jsdom(-\w+)*|jest-fixed-jsdom)$/.test(name)) return 'jsdom';
  return /happy-dom/.test(name) ? 'happy-dom' : undefined;
}

/** `.*\.spec\.ts$` and its like as a glob. */
function globOf(pattern: string): readonly string[] | undefined {
  if (/__tests__.*test\|spec/.test(pattern)) return jestTests;
  const [, end] = /^(?:\^?\.\*|\^?\(\.\*\))?((?:\\?[.-]?[\w-]+)+(?:\?)?)\$$/.exec(pattern) ?? [];
  if (end === undefined || !end.includes('.')) return undefined;
  const plain = end.replaceAll('\\', '').replace(/([jt]s)x\?$/, '$1?(x)');
  return [`**/*${plain.startsWith('.') || plain.startsWith('-') ? plain : `.${plain.replace(/^\./, '')}`}`];
}

function defines(value: ts.Expression, { define, left }: VitestOptions): void {
  if (!ts.isObjectLiteralExpression(value)) return void left.push(computed(value));
  for (const property of value.properties) {
    const key = keyOf(property);
    if (key === 'ts-jest' || !ts.isPropertyAssignment(property)) continue;
    const known = literalOf(property.initializer);
    if (known === undefined) left.push(computed(property));
    else define.push({ key, value: text(JSON.stringify(known)) });
  }
}
