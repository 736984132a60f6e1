import { keyOf, type Literal, literalOf, propertyOf } from '../../../engine/literals.ts';
import type ts from '../../../typescript.cts';

/** An option of Mocha under its long name, in words with hyphens; the value is undefined where it is computed. */
export type MochaOption = { readonly key: string; readonly value: Literal | undefined; readonly written: string };

/** Options that have several names. https://mochajs.org/#command-line-usage */
const aliases: Readonly<Record<string, string>> = {
  A: 'async-only',
  C: 'no-color',
  G: 'growl',
  O: 'reporter-option',
  R: 'reporter',
  S: 'sort',
  b: 'bail',
  c: 'color',
  colors: 'color',
  exclude: 'ignore',
  f: 'fgrep',
  g: 'grep',
  global: 'globals',
  i: 'invert',
  'inspect-brk': 'inspect-brk',
  j: 'jobs',
  n: 'node-option',
  p: 'parallel',
  r: 'require',
  'reporter-options': 'reporter-option',
  s: 'slow',
  t: 'timeout',
  timeouts: 'timeout',
  u: 'ui',
  w: 'watch',
};
/** On the command line the next word is theirs. */
const valued = new Set([
  'config',
  'extension',
  'fgrep',
  'file',
  'globals',
  'grep',
  'ignore',
  'import',
  'jobs',
  'loader',
  'node-option',
  'opts',
  'package',
  'reporter',
  'reporter-option',
  'require',
  'retries',
  'slow',
  'spec',
  'timeout',
  'ui',
  'watch-files',
  'watch-ignore',
]);

/** The long name of an option, however it is written. */
export function longName(name: string): string {
  const plain = name.replace(/^--?/, '');
  const hyphened = plain.length === 1 ? plain : plain.replaceAll(/[A-Z]/g, (one) => `-${one.toLowerCase()}`);
  return aliases[hyphened] ?? hyphened;
}

/** True for an option that takes the next word. */
export function takesWord(key: string): boolean {
  return valued.has(key);
}

/** The options of a configuration file. */
export function optionsOfConfig(object: ts.ObjectLiteralExpression): readonly MochaOption[] {
  return object.properties.map((property) => {
    const key = keyOf(property) ?? '';
    const value = propertyOf(object, key);
    return {
      key: longName(key),
      value: value === undefined ? undefined : literalOf(value),
      written: property.getText().split('\n')[0] ?? '',
    };
  });
}

/** A value as a list of texts; Mocha splits what is written with commas. */
export function listOf(value: Literal | undefined): readonly string[] | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value).split(/,(?![^{]*\})/);
  if (!Array.isArray(value)) return undefined;
  return value.every((one) => typeof one === 'string') ? value.flatMap((one) => listOf(one) ?? []) : undefined;
}

/** Milliseconds, of a number or of a text such as `5s`. */
export function millisecondsOf(value: Literal | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (value === false) return 0;
  const [, number = '', unit = 'ms'] =
    /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(typeof value === 'string' ? value : '') ?? [];
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit];
  return number === '' || factor === undefined ? undefined : Number(number) * factor;
}
