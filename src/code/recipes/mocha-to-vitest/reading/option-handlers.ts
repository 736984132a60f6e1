import type { CodeEntry } from '../../../engine/code.ts';
import { raw, text } from '../../../engine/code.ts';
import { add } from '../../../vitest/vitest-options.ts';
import { listOf, type MochaOption, millisecondsOf } from './mocha-option.ts';

/** What options come to. */
export type OptionsOut = {
  readonly test: CodeEntry[];
  readonly left: { readonly message: string; readonly cure: string; readonly written: string }[];
};
/** Words of the command line of Vitest for one option; `isWatching` is another command. */
export type OptionWords = { readonly words?: readonly string[]; readonly isWatching?: true };
type Handler = {
  /** In a configuration. */
  config(option: MochaOption, out: OptionsOut): void;
  /** In a script; undefined where the configuration has it from now on. */
  words?(option: MochaOption): OptionWords | undefined;
};

const dropped: Handler = { config: () => undefined, words: () => ({}) };
/** What the layout of tests is made of. */
const layout: Handler = { config: () => undefined };
const leave = (message: string, cure: string): Handler => ({
  config: (option, { left }) => {
    if (option.value !== false) left.push({ message, cure, written: option.written });
  },
});

/** Transformers of sources, which Vite does itself, and what only Mocha's reports need. */
const transformers =
  /^(ts-node(\/.*)?|tsx(\/.*)?|esbuild-register(\/.*)?|@swc-node\/register(\/.*)?|@swc\/register|@babel\/register|babel-register|babel-core\/register|babel-polyfill|sucrase\/register(\/.*)?|@esbuild-kit\/.*|coffee-?script\/register|source-map-support(\/register)?|jiti\/register|esm|tsconfig-paths\/register)$/;
const untransformed = /^(coffee-?script\/register|tsconfig-paths\/register|esm)$/;

const reporters: Readonly<Record<string, string>> = {
  spec: 'verbose',
  list: 'verbose',
  dot: 'dot',
  progress: 'dot',
  min: 'dot',
  nyan: 'dot',
  landing: 'dot',
  json: 'json',
  tap: 'tap',
  xunit: 'junit',
};

/** What becomes of each option. Sources: Mocha, Command-Line Usage; Vitest, Configuring Vitest and Command Line Interface. */
export const handlers: Readonly<Record<string, Handler>> = {
  'allow-uncaught': leave('Vitest always catches what a test throws.', 'Use `--inspect-brk` instead.'),
  'async-only': leave('Vitest has no check that every test is asynchronous.', 'Do without.'),
  bail: {
    config: ({ value }, { test }) => void (value === true && test.push({ key: 'bail', value: raw('1') })),
    words: ({ value }) => ({ words: value === false ? [] : ['--bail=1'] }),
  },
  'check-leaks': leave(
    'Vitest does not look for globals that tests leave behind.',
    'A rule of ESLint, no-undef, finds them in the sources.',
  ),
  color: dropped,
  config: leave('This configuration is another than the one that was taken over.', 'Write one of Vitest for it.'),
  delay: leave('Vitest has no root suite that waits for `run()`.', 'Wait at the top of an ES module: `await`.'),
  diff: dropped,
  'inline-diffs': dropped,
  exit: dropped,
  extension: layout,
  'fail-zero': dropped,
  fgrep: { config: pattern, words: ({ value }) => ({ words: [`-t=${quotedWord(escaped(String(value)))}`] }) },
  file: { config: setup },
  'forbid-only': {
    config: ({ value }, { test }) => void (value === true && test.push({ key: 'allowOnly', value: raw('false') })),
  },
  'forbid-pending': leave(
    'Vitest does not forbid skipped tests.',
    'A rule of @vitest/eslint-plugin, no-disabled-tests, finds them.',
  ),
  'full-trace': dropped,
  globals: leave('Vitest does not look for globals that tests leave behind.', 'Do without.'),
  grep: { config: pattern, words: ({ value }) => ({ words: [`-t=${quotedWord(String(value))}`] }) },
  growl: dropped,
  ignore: layout,
  import: { config: nodeModule },
  inspect: { config: () => undefined, words: () => ({ words: ['--inspect', '--no-file-parallelism'] }) },
  'inspect-brk': { config: () => undefined, words: () => ({ words: ['--inspect-brk', '--no-file-parallelism'] }) },
  invert: leave(
    'Vitest has no choice of tests that do not match.',
    'Write a pattern that excludes: `-t "^(?!.*word)"`.',
  ),
  jobs: {
    config: ({ value }, { test }) => void test.push({ key: 'maxWorkers', value: raw(String(value)) }),
    words: ({ value }) => ({ words: [`--maxWorkers=${String(value)}`] }),
  },
  loader: { config: nodeModule },
  'node-option': { config: nodeOptions },
  package: dropped,
  parallel: layout,
  'posix-exit-codes': dropped,
  project: dropped,
  recursive: layout,
  reporter: {
    config: ({ value, written }, { test, left }) => {
      const known = reporters[String(value)];
      if (known === undefined) left.push(reporterLeft(written));
      else test.push({ key: 'reporters', value: text(known) });
    },
    words: ({ value }) => {
      const known = reporters[String(value)];
      return known === undefined ? undefined : { words: [`--reporter=${known}`] };
    },
  },
  'reporter-option': leave(
    'Options of a reporter of Mocha.',
    'See what the reporter of Vitest takes: `test.reporters`, `test.outputFile`.',
  ),
  require: { config: setup },
  retries: {
    config: ({ value }, { test }) => void test.push({ key: 'retry', value: raw(String(value)) }),
    words: ({ value }) => ({ words: [`--retry=${String(value)}`] }),
  },
  slow: {
    config: (option, out) => {
      const ms = millisecondsOf(option.value);
      if (ms !== undefined) out.test.push({ key: 'slowTestThreshold', value: raw(String(ms)) });
    },
    words: ({ value }) => ({ words: [`--slowTestThreshold=${millisecondsOf(value) ?? 75}`] }),
  },
  sort: dropped,
  spec: layout,
  timeout: {
    config: (option, out) => {
      const ms = millisecondsOf(option.value);
      if (ms === undefined) return void out.left.push(computed(option));
      out.test.push({ key: 'testTimeout', value: raw(String(ms)) }, { key: 'hookTimeout', value: raw(String(ms)) });
    },
    words: ({ value }) => {
      const ms = millisecondsOf(value);
      return ms === undefined ? undefined : { words: [`--testTimeout=${ms}`, `--hookTimeout=${ms}`] };
    },
  },
  ui: layout,
  watch: { config: () => undefined, words: () => ({ isWatching: true }) },
  'watch-files': dropped,
  'watch-ignore': dropped,
};

/** Flags that are for Node itself, as Mocha hands them on. */
export function isNodeFlag(key: string): boolean {
  return /^(use[-_]strict|expose[-_]gc|harmony.*|experimental-.*|no-warnings|no-deprecation|trace-.*|throw-deprecation|enable-source-maps|max[-_].*|stack[-_].*|unhandled-rejections|preserve-symlinks.*|conditions|no-experimental-.*|require-module|no-opt|v8-.*|icu-data-dir|insecure-http-parser)$/.test(
    key,
  );
}

function computed({ written }: MochaOption) {
  return { message: 'What is configured here is computed.', cure: 'Write it into the new configuration.', written };
}

function reporterLeft(written: string) {
  return { message: 'Reporters of Mocha do not work.', cure: 'Choose one of Vitest: `test.reporters`.', written };
}

function pattern(option: MochaOption, { test, left }: OptionsOut): void {
  if (typeof option.value !== 'string') return void left.push(computed(option));
  const value = option.key === 'fgrep' ? escaped(option.value) : option.value;
  test.push({ key: 'testNamePattern', value: text(value) });
}

/** A file that is loaded before the tests; Vite transforms sources itself. */
function setup(option: MochaOption, { test, left }: OptionsOut): void {
  const list = listOf(option.value);
  if (list === undefined) return void left.push(computed(option));
  for (const one of list) {
    if (untransformed.test(one))
      left.push({
        message: `What \`${one}\` does, Vite does not by itself.`,
        cure: 'Take a plugin of Vite for it, or aliases: `resolve.alias`.',
        written: option.written,
      });
    if (!transformers.test(one)) add(test, 'setupFiles', [one]);
  }
}

function nodeModule(option: MochaOption, { test, left }: OptionsOut): void {
  const list = listOf(option.value);
  if (list === undefined) return void left.push(computed(option));
  for (const one of list) if (!transformers.test(one)) add(test, 'execArgv', [`--${option.key}=${one}`]);
}

function nodeOptions(option: MochaOption, { test, left }: OptionsOut): void {
  const list = listOf(option.value);
  if (list === undefined) return void left.push(computed(option));
  for (const one of list) {
    const [, name = '', value = ''] = /^(?:--)?([\w-]+)[= ]?(.*)$/.exec(one) ?? [];
    const isTransformer = /^(import|loader|require|experimental-loader)$/.test(name) && transformers.test(value);
    if (!isTransformer) add(test, 'execArgv', [`--${one.replace(/^--/, '')}`]);
  }
}

function escaped(value: string): string {
  return value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function quotedWord(value: string): string {
  return /^[\w@:./-]+$/.test(value) ? value : `"${value.replaceAll(/["\\$`]/g, '\\$&')}"`;
}
