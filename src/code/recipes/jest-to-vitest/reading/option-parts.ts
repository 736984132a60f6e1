import { type Code, raw, text } from '../../../engine/code.ts';
import { type Literal, textsOf } from '../../../engine/literals.ts';
import type ts from '../../../typescript.cts';
import { add, type LeftOption, type VitestOptions } from '../../../vitest/vitest-options.ts';

/** `base` is the folder of `<rootDir>`, from that of the configuration: `.` or `./src`. */
export type OptionPlace = { readonly base: string; readonly hasTestsFolder: boolean };

export type Handler = (value: ts.Expression, out: VitestOptions, place: OptionPlace) => void;

/** Jest finds what lies in `__tests__` too. */
export const jestTests = ['**/__tests__/**/*.?(c|m)[jt]s?(x)', '**/?(*.){test,spec}.?(c|m)[jt]s?(x)'];

/** What `<rootDir>` means in a path, for Vitest. */
export function rooted(path: string, base: string): string {
  return path.replace(/^<rootDir>\/?/, base === '.' ? './' : `${base}/`).replace(/^$/, './');
}

export const paths =
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

export const asIs =
  (key: string): Handler =>
  (value, { test }) => {
    test.push({ key, value: raw(value.getText()) });
  };
export const nothing: Handler = () => undefined;
export const leave =
  (message: string, cure: string): Handler =>
  (value, { left }) => {
    left.push({ node: value, message, cure });
  };

export function computed(node: ts.Node): LeftOption {
  return { node, message: 'What is configured here is computed.', cure: 'Write it into the new configuration.' };
}

export function shortened(path: string): string {
  return path.replaceAll('/./', '/').replace(/\/[^/.]+\/\.\.(?=\/|$)/, '');
}

/** Of a pattern of Jest: where it begins at a folder, what it spells, and where that ends. */
const plainPattern = /^(<rootDir>)?(\/)?([\w./-]+?)(\/)?(\$)?$/;

/** The globs of what Jest's pattern finds anywhere in a path; undefined where it spells more than a text. */
export function globsOf(pattern: string): readonly string[] | undefined {
  const [, root, slash, spelled, isFolder, isEnd] = plainPattern.exec(pattern.replaceAll('\\', '')) ?? [];
  if (spelled === undefined) return undefined;
  const isWhole = root !== undefined || slash !== undefined;
  if (isWhole) return [/\.[jt]sx?$/.test(spelled) ? `**/${spelled}` : `**/${spelled}/**`];
  if (isFolder !== undefined) return [`**/*${spelled}/**`];
  return isEnd !== undefined || /\.[jt]sx?$/.test(spelled)
    ? [`**/*${spelled}`]
    : [`**/*${spelled}*`, `**/*${spelled}*/**`];
}

/** Files and folders that are named by a pattern. */
export function ignored(value: ts.Expression, { test, coverage, left }: VitestOptions, of: 'test' | 'coverage'): void {
  const list = textsOf(value);
  if (list === undefined) return void left.push(computed(value));
  const globs = list.filter((one) => !/node_modules/.test(one)).map(globsOf);
  if (globs.includes(undefined))
    left.push({
      node: value,
      message: 'What is left out is a pattern that has no glob here.',
      cure: 'Write `exclude`.',
    });
  const known = globs.flatMap((one) => one ?? []);
  if (known.length > 0)
    add(of === 'test' ? test : coverage, 'exclude', of === 'test' ? ['**/node_modules/**', ...known] : known);
}

/** A value that is written out, as code that is laid out anew. */
export function literalCode(value: Literal): Code {
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value !== 'object') return raw(String(value));
  if (Array.isArray(value)) return { kind: 'list', items: value.map((one) => ({ value: literalCode(one) })) };
  const entries = Object.entries(value).map(([key, one]) => ({ key, value: literalCode(one) }));
  return { kind: 'object', entries, isOpen: false };
}
