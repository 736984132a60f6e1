import { moduleTransform } from '../editing/module-work.ts';
import { callOf } from '../reading/call-of.ts';

/** What prints, and under which name of `console`. */
const printers: Readonly<Record<string, string>> = {
  print: 'console.log',
  puts: 'console.log',
  debug: 'console.error',
  error: 'console.error',
};

/** `util.log()` wrote the time before its text. */
export const utilLog = moduleTransform(
  {
    id: 'util-log',
    why: 'Node 23 removed `util.log()` (DEP0059), which wrote the time and then its arguments.',
    module: 'util',
    mentions: ['log'],
  },
  ({ uses, edit, drop, leave }) => {
    for (const use of uses.filter(({ member }) => member === 'log')) {
      const call = callOf(use.node);
      const args = call?.field('arguments');
      if (call === undefined || args == null) {
        leave(use.node, {
          message: `\`${use.node.text()}\` is gone in Node 23, and is handed on here.`,
          cure: 'Hand on a function that calls `console.log` with the time.',
          symbol: 'util.log',
          evidence: 'Deprecated APIs, DEP0059',
        });
        continue;
      }
      drop(use);
      const inside = args.text().slice(1, -1);
      edit(call, `console.log(new Date().toLocaleString()${inside.trim() === '' ? '' : `, ${inside}`})`);
    }
  },
);

/** `util.print()`, `puts()`, `debug()` and `error()`. */
export const utilPrint = moduleTransform(
  {
    id: 'util-print',
    why: '`util.print()`, `util.puts()`, `util.debug()` and `util.error()` are gone since Node 12 (DEP0026 to DEP0029).',
    module: 'util',
    mentions: Object.keys(printers),
  },
  ({ uses, edit, drop }) => {
    for (const use of uses) {
      const printer = Object.hasOwn(printers, use.member) ? printers[use.member] : undefined;
      if (printer === undefined || callOf(use.node) === undefined) continue;
      // `util.debug` is again there as another name of `util.debuglog`, which takes a section and gives a function.
      if (use.member === 'debug' && !isPrinted(use.node.parent()?.parent()?.kind())) continue;
      drop(use);
      edit(use.node, printer);
    }
  },
);

function isPrinted(kind: unknown): boolean {
  return kind === 'expression_statement';
}

/** `util._extend(a, b)` is `Object.assign(a, b)`. */
export const utilExtend = moduleTransform(
  {
    id: 'util-extend',
    why: 'Node 22 warns of `util._extend()` (DEP0060); `Object.assign()` does the same.',
    module: 'util',
    mentions: ['_extend'],
  },
  ({ uses, edit, drop }) => {
    for (const use of uses.filter(({ member }) => member === '_extend')) {
      drop(use);
      edit(use.node, 'Object.assign');
    }
  },
);
