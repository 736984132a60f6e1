import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { CommonModule } from './common-module.ts';
import type { Origin, Values } from './origin.ts';
import type { RequireCall } from './require-call.ts';
import { rootOf } from './root-of.ts';

/** Methods that change a list of the file's own, and run no other code. */
export const mutators: ReadonlySet<string> = new Set(
  'push pop shift unshift reverse fill slice includes indexOf has get set add delete clear concat'.split(' '),
);

const plain: ReadonlySet<Origin> = new Set(['primitive', 'own', 'list', 'code']);

/** A call of what the language brings, that runs no code of others and changes nothing of theirs. Pure. */
export function isPureCall(callee: TypeScript.Expression, origins: readonly Origin[], isNew: boolean): boolean {
  const text = callee.getText();
  const arePrimitive = origins.every((one) => one === 'primitive');
  if (isNew) {
    if (/^(Map|Set|WeakMap|WeakSet|Array)$/.test(text))
      return origins.every((one) => one === 'list' || one === 'primitive');
    return /^(Date|RegExp|URL|\w*Error|Object|WeakRef)$/.test(text) && arePrimitive;
  }
  if (/^Object\.(freeze|keys|values|entries|seal)$/.test(text)) return origins.every((one) => plain.has(one));
  if (text === 'Object.create') return origins.every((one) => plain.has(one));
  if (/^(Array\.isArray|Date\.now)$/.test(text)) return true;
  return (
    arePrimitive &&
    /^(String|Number|Boolean|Symbol|BigInt|parseInt|parseFloat|isNaN|isFinite|encodeURIComponent|decodeURIComponent|Symbol\.for|Math\.\w+|Number\.\w+|Buffer\.(from|alloc)|JSON\.parse|\w*Error)$/.test(
      text,
    )
  );
}

type BuiltinCall = { readonly callee: TypeScript.Expression; readonly origins: readonly Origin[] };

/** A call of a module of Node that reads nothing that changes, and changes nothing. Pure. */
export function isPureBuiltin(module: CommonModule, values: Values, { callee, origins }: BuiltinCall): boolean {
  const name = builtinOf(module, values, callee);
  const last = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  if (name === 'path' || name === 'url' || name === 'querystring' || name === 'os')
    return !origins.includes('code') && !last.startsWith('set');
  if (name === 'util')
    return /^(promisify|debuglog|deprecate|callbackify)$/.test(last) || (last === 'inherits' && origins[0] === 'code');
  if (name === 'crypto') return /^(randomBytes|randomUUID|createHash|createHmac)$/.test(last);
  return name === 'events' && /^(EventEmitter|events)$/.test(last) && origins.length === 0;
}

/** A call of a package whose code makes a new function or object and changes nothing else: `debug('x')`, `express.Router()`. Pure. */
export function makesOnly(module: CommonModule, values: Values, callee: TypeScript.Expression): boolean {
  const whole = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
  const isWhole = ts.isIdentifier(whole) || (ts.isCallExpression(whole) && whole.expression.getText() === 'require');
  if (!isWhole) return false;
  const name = requiredBy(module, values, callee)?.specifier;
  if (!ts.isPropertyAccessExpression(callee)) return name === 'debug' || name === 'depd' || name === 'express';
  return name === 'express' && callee.name.text === 'Router';
}

/** A call that looks at files. Pure. */
export function isReadingBuiltin(module: CommonModule, values: Values, callee: TypeScript.Expression): boolean {
  const last = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  return builtinOf(module, values, callee) === 'fs' && /^(read|exists|stat|lstat|access|realpath)\w*Sync$/.test(last);
}

/** The module of Node of which a member is called. */
function builtinOf(module: CommonModule, values: Values, callee: TypeScript.Expression): string | undefined {
  return requiredBy(module, values, callee)?.specifier.replace(/^node:/, '');
}

function requiredBy(
  module: CommonModule,
  { references }: Values,
  callee: TypeScript.Expression,
): RequireCall | undefined {
  const root = rootOf(callee);
  if (root === undefined) return undefined;
  return module.requires.find(({ binding, node }) => {
    if (root.text === 'require') return ts.findAncestor(root, (one) => one === node) !== undefined;
    if (references.get(root)?.scope !== 'module') return false;
    if (binding.kind === 'whole') return binding.name === root.text;
    return binding.kind === 'names' && binding.names?.some(({ to }) => to === root.text) === true;
  });
}
