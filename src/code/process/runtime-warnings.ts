import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RuntimeWarning } from '../snapshot.ts';

type Frame = { readonly file: string; readonly line: number; readonly column: number };

/** Options that make every Node process below write its warnings, with their stacks, into a file. */
export function warningOptions(file: string, before: string | undefined): string {
  // https://nodejs.org/api/cli.html#node_optionsoptions: a value with spaces stands in double quotes.
  const redirect = `"--redirect-warnings=${file.replaceAll(/(["\\])/g, '\\$1')}"`;
  return [before, '--trace-deprecation', redirect].filter((part) => part !== undefined && part !== '').join(' ');
}

/**
 * Deprecation warnings in what Node wrote with those options, each once. Warnings that come from outside of the tree (the
 * package manager's own) are left out. `root` is an absolute path.
 */
export function parseRuntimeWarnings(text: string, root: string): readonly RuntimeWarning[] {
  const found = new Map<string, RuntimeWarning>();
  for (const [, code, message = '', stack = ''] of text.matchAll(warning)) {
    const frames = framesOf(stack);
    const mine = frames.filter(({ file }) => !relative(root, file).startsWith('..'));
    if (frames.length > 0 && mine.length === 0) continue;
    const own = mine.find(({ file }) => !isForeign(file));
    const raiser = mine[0] !== undefined && isForeign(mine[0].file) ? packageOf(mine[0].file) : undefined;
    const key = JSON.stringify([code, message, own, raiser]);
    found.set(key, {
      ...(code === undefined ? {} : { code }),
      message: message.trim(),
      ...(own === undefined ? {} : { place: { ...own, file: slashed(relative(root, own.file)) } }),
      ...(raiser === undefined ? {} : { package: raiser }),
      times: (found.get(key)?.times ?? 0) + 1,
    });
  }
  return [...found.values()];
}

const warning =
  /^\(node:\d+\) (?:\[(\w+)\] )?DeprecationWarning: ([^\n]*(?:\n(?! {4}at |\(node:)[^\n]+)*)\n?((?: {4}at [^\n]*\n?)*)/gm;

function framesOf(stack: string): readonly Frame[] {
  return stack.split('\n').flatMap((line) => {
    const match = /^ {4}at (?:.*\()?(file:\/\/.+|\/.+|[A-Za-z]:[\\/].+):(\d+):(\d+)\)?$/.exec(line.trimEnd());
    const [, name, at, column] = match ?? [];
    if (name === undefined) return [];
    return [
      { file: name.startsWith('file://') ? fileURLToPath(name) : name, line: Number(at), column: Number(column) },
    ];
  });
}

function isForeign(file: string): boolean {
  return slashed(file).includes('/node_modules/');
}

function packageOf(file: string): string {
  const path = slashed(file);
  const [scope = '', name = ''] = path.slice(path.lastIndexOf('/node_modules/') + '/node_modules/'.length).split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
