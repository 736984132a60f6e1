import type { SgNode } from '@ast-grep/napi';
import { moduleTransform } from '../editing/module-work.ts';
import { callOf } from '../reading/call-of.ts';

/** What each check of `node:util` asks, of an argument that is written in its place. */
const checks: Readonly<Record<string, (value: string) => string>> = {
  isArray: (value) => `Array.isArray(${value})`,
  isBoolean: (value) => `typeof ${value} === 'boolean'`,
  isBuffer: (value) => `Buffer.isBuffer(${value})`,
  isDate: (value) => `${value} instanceof Date`,
  // Also what only inherits from Error, as constructors made by hand do.
  isError: (value) => `Error.isError(${value}) || ${value} instanceof Error`,
  isFunction: (value) => `typeof ${value} === 'function'`,
  isNull: (value) => `${value} === null`,
  isNullOrUndefined: (value) => `${value} === null || ${value} === undefined`,
  isNumber: (value) => `typeof ${value} === 'number'`,
  isObject: (value) => `${value} && typeof ${value} === 'object'`,
  isPrimitive: (value) => `Object(${value}) !== ${value}`,
  isRegExp: (value) => `${value} instanceof RegExp`,
  isString: (value) => `typeof ${value} === 'string'`,
  isSymbol: (value) => `typeof ${value} === 'symbol'`,
  isUndefined: (value) => `typeof ${value} === 'undefined'`,
};
/** In these the argument stands twice. */
const twice = new Set(['isError', 'isNullOrUndefined', 'isObject', 'isPrimitive']);
const bare = new Set([
  'identifier',
  'member_expression',
  'this',
  'subscript_expression',
  'string',
  'number',
  'call_expression',
]);
/** Where an expression with an operator needs no parentheses. */
const open = new Set([
  'parenthesized_expression',
  'expression_statement',
  'variable_declarator',
  'return_statement',
  'arguments',
]);

/** `util.isArray()` and its fourteen siblings are gone. */
export const utilChecks = moduleTransform(
  {
    id: 'util-checks',
    why: 'Node 23 removed `util.isBoolean()`, `isDate()` and the others of their kind (DEP0045 to DEP0058) and warns of `util.isArray()` (DEP0044); the language has a word for each.',
    module: 'util',
    mentions: Object.keys(checks),
  },
  ({ uses, edit, drop, dropUnused, leave }) => {
    dropUnused(Object.keys(checks));
    for (const use of uses) {
      const write = Object.hasOwn(checks, use.member) ? checks[use.member] : undefined;
      if (write === undefined) continue;
      const call = callOf(use.node);
      const [value, ...more] = call?.field('arguments')?.namedChildren() ?? [];
      const isSure = call !== undefined && value !== undefined && more.length === 0 && mayStand(value, use.member);
      if (!isSure) {
        if (use.member === 'isArray' || use.member === 'isBuffer') {
          edit(use.node, use.member === 'isArray' ? 'Array.isArray' : 'Buffer.isBuffer');
          drop(use);
        } else
          leave(use.node, {
            message: `\`${use.node.text()}\` is gone in Node 23, and its argument cannot be written in its place here.`,
            cure: `Write \`${write('value')}\` with a name for the value.`,
            symbol: `util.${use.member}`,
            evidence: 'Deprecated APIs, DEP0044 to DEP0058',
          });
        continue;
      }
      drop(use);
      const text = write(bare.has(String(value.kind())) ? value.text() : `(${value.text()})`);
      edit(call, needsParentheses(call, text) ? `(${text})` : text);
    }
  },
);

/** What stands twice must be the same twice, and cost nothing. */
function mayStand(value: SgNode, member: string): boolean {
  if (value.is('spread_element')) return false;
  if (!twice.has(member)) return true;
  return value.is('identifier') || value.is('this') || (value.is('member_expression') && !/[([]/.test(value.text()));
}

function needsParentheses(call: SgNode, text: string): boolean {
  if (/^[\w.]+\([^()]*\)$/.test(text) || text.startsWith('Array.') || text.startsWith('Buffer.')) return false;
  const parent = call.parent();
  const kind = String(parent?.kind());
  if (kind === 'binary_expression')
    return /&&|\|\|/.test(text) || !/^(&&|\|\|)$/.test(parent?.field('operator')?.text() ?? '');
  if (kind === 'arrow_function' || kind === 'assignment_expression' || kind === 'pair') return false;
  if (kind === 'ternary_expression') return false;
  return !open.has(kind);
}
