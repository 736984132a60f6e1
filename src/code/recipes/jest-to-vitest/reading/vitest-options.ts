import { type Code, type CodeEntry, opened, raw, text, texts } from '../../../engine/code.ts';
import { keyOf, literalOf, textsOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import { aliasOf, type LeftOption } from './module-names.ts';

/** A configuration of Vitest, in parts. */
export type VitestOptions = {
  readonly test: CodeEntry[];
  readonly coverage: CodeEntry[];
  readonly aliases: Code[];
  readonly define: CodeEntry[];
  /** Packages that it needs beside `vitest`. */
  readonly packages: Set<string>;
  readonly left: LeftOption[];
};

/** `base` is the folder of `<rootDir>`, from that of the configuration: `.` or `./src`. */
export type OptionPlace = { readonly base: string; readonly hasTestsFolder: boolean };

type Handler = (value: ts.Expression, out: VitestOptions, place: OptionPlace) => void;

/** Jest finds what lies in `__tests__` too. */
export const jestTests = ['**/__tests__/**/*.?(c|m)[jt]s?(x)', '**/?(*.){test,spec}.?(c|m)[jt]s?(x)'];

/** What `<rootDir>` means in a path, for Vitest. */
export function rooted(path: string, base: string): string {
  return path.replace(/^<rootDir>\/?/, base === '.' ? './' : `${base}/`).replace(/^$/, './');
}

const paths =
  (key: string): Handler =>
  (value, { test, left }, { base }) => {
    const list = textsOf(value);
    if (list === undefined) left.push(computed(value));
    else if (list.length > 0)
      add(
        test,
        key,
        list.map((one) => rooted(one, base)),
      );
  };

/** Several options of Jest are one list of Vitest. */
function add(entries: CodeEntry[], key: string, values: readonly string[]): void {
  const at = entries.findIndex((entry) => entry.key === key);
  const known = entries[at]?.value;
  const items = known?.kind === 'list' ? known.items : [];
  const entry = {
    key,
    value: { kind: 'list' as const, items: [...items, ...values.map((one) => ({ value: text(one) }))] },
  };
  if (at === -1) entries.push(entry);
  else entries[at] = entry;
}

const asIs =
  (key: string): Handler =>
  (value, { test }) => {
    test.push({ key, value: raw(value.getText()) });
  };
const ofCoverage =
  (key: string): Handler =>
  (value, { coverage }) => {
    coverage.push({ key, value: raw(value.getText()) });
  };
const nothing: Handler = () => undefined;
const leave =
  (message: string, cure: string): Handler =>
  (value, { left }) => {
    left.push({ node: value, message, cure });
  };

/** What becomes of each option. Sources: Configuring Jest; Configuring Vitest. */
export const handlers: Readonly<Record<string, Handler>> = {
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
  collectCoverage: (value, out) => {
    if (literalOf(value) !== false) out.coverage.unshift({ key: 'enabled', value: raw(value.getText()) });
  },
  collectCoverageFrom: (value, { coverage, left }, { base }) => {
    const list = textsOf(value);
    if (list === undefined) return void left.push(computed(value));
    const at = (path: string): string =>
      rooted(path.startsWith('<rootDir>') ? path : `<rootDir>/${path}`, base).replace(/^\.\//, '');
    const include = list.filter((one) => !one.startsWith('!'));
    const exclude = list.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
    if (include.length > 0) coverage.push({ key: 'include', value: texts(include.map(at)) });
    if (exclude.length > 0) add(coverage, 'exclude', exclude.map(at));
  },
  coverageDirectory: (value, { coverage, left }, { base }) => {
    const known = literalOf(value);
    if (typeof known !== 'string') return void left.push(computed(value));
    const folder = known.startsWith('.') || known.startsWith('<rootDir>') ? known : `<rootDir>/${known}`;
    const whole = folder.startsWith('.') && base !== '.' ? `${base}/${folder}` : rooted(folder, base);
    coverage.push({ key: 'reportsDirectory', value: text(shortened(whole)) });
  },
  coveragePathIgnorePatterns: (value, out) => ignored(value, out, 'coverage'),
  coverageProvider: nothing,
  coverageReporters: ofCoverage('reporter'),
  coverageThreshold: thresholds,
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
        list.flatMap((root) => tests.map((one) => `${shortened(root).replace(/^\.\//, '')}/${one}`)),
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
    test.push({ key: 'environmentOptions', value: opened([{ key: 'jsdom', value: raw(value.getText()) }]) });
  },
  testLocationInResults: nothing,
  testMatch: (value, { test, left }, { base }) => {
    const list = textsOf(value);
    if (list === undefined) left.push(computed(value));
    else
      add(
        test,
        'include',
        list.map((one) => rooted(one, base).replace(/^\.\//, '')),
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

/** Environments of Jest by those of Vitest. */
export function environmentOf(name: string): 'node' | 'jsdom' | 'happy-dom' | undefined {
  if (/^(node|jest-environment-node)$/.test(name)) return 'node';
  if (/^(jsdom|jest-environment-jsdom(-\w+)*|jest-fixed-jsdom)$/.test(name)) return 'jsdom';
  return /happy-dom/.test(name) ? 'happy-dom' : undefined;
}

function computed(node: ts.Node): LeftOption {
  return { node, message: 'What is configured here is computed.', cure: 'Write it into the new configuration.' };
}

function shortened(path: string): string {
  return path.replaceAll('/./', '/').replace(/\/[^/.]+\/\.\.(?=\/|$)/, '');
}

/** `.*\.spec\.ts$` and its like as a glob. */
function globOf(pattern: string): readonly string[] | undefined {
  if (/__tests__.*test\|spec/.test(pattern)) return jestTests;
  const [, end] = /^(?:\^?\.\*|\^?\(\.\*\))?((?:\\?[.-]?[\w-]+)+(?:\?)?)\$$/.exec(pattern) ?? [];
  if (end === undefined || !end.includes('.')) return undefined;
  const plain = end.replaceAll('\\', '').replace(/([jt]s)x\?$/, '$1?(x)');
  return [`**/*${plain.startsWith('.') || plain.startsWith('-') ? plain : `.${plain.replace(/^\./, '')}`}`];
}

/** Folders that are named by a pattern. */
function ignored(value: ts.Expression, { test, coverage, left }: VitestOptions, of: 'test' | 'coverage'): void {
  const list = textsOf(value);
  if (list === undefined) return void left.push(computed(value));
  const globs = list
    .filter((one) => !/node_modules/.test(one))
    .map((one) => /^(?:<rootDir>)?\/?([\w./-]+?)\/?\$?$/.exec(one.replaceAll('\\', ''))?.[1]);
  if (globs.includes(undefined))
    left.push({
      node: value,
      message: 'What is left out is a pattern that has no glob here.',
      cure: 'Write `exclude`.',
    });
  const known = globs.flatMap((one) =>
    one === undefined ? [] : [/\.[jt]sx?$/.test(one) ? `**/${one}` : `**/${one}/**`],
  );
  if (known.length > 0)
    add(of === 'test' ? test : coverage, 'exclude', of === 'test' ? ['**/node_modules/**', ...known] : known);
}

function thresholds(value: ts.Expression, { coverage, left }: VitestOptions): void {
  if (!ts.isObjectLiteralExpression(value)) return void left.push(computed(value));
  const entries = value.properties.flatMap((property): readonly CodeEntry[] => {
    if (!ts.isPropertyAssignment(property)) return [];
    const key = keyOf(property);
    if (key !== 'global') return [{ key, value: raw(property.initializer.getText()) }];
    if (!ts.isObjectLiteralExpression(property.initializer)) return [];
    return property.initializer.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) ? [{ key: keyOf(one), value: raw(one.initializer.getText()) }] : [],
    );
  });
  if (entries.length > 0) coverage.push({ key: 'thresholds', value: opened(entries) });
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
