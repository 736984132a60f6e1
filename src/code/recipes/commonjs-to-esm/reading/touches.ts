import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { CommonModule } from './common-module.ts';
import { originOf, type Values, valuesOf, withoutBrackets } from './origin.ts';
import { isTarget } from './scope.ts';

/**
 * What running a piece of code may have to do with other modules. `world` is `process`, globals, files and what is printed, `tree` the state
 * of the package's own files. `calls package`: it runs code of an installed package, which is not read.
 */
export type Touch = 'writes world' | 'reads world' | 'writes tree' | 'reads tree' | 'calls package';
export type Touches = ReadonlySet<Touch>;

/** Everything: what is not proved to be less. */
export const anything: Touches = new Set<Touch>([
  'writes world',
  'reads world',
  'writes tree',
  'reads tree',
  'calls package',
]);

/**
 * True where reading a member runs no code: of the exports of the file itself (`own`), of what a specifier of it finds, or of any value
 * that it has from other files.
 */
export type IsPlain = (what: 'own' | 'any' | { readonly specifier: string }) => boolean;

/** A piece of code with what is known of its file. */
export type Code = { readonly module: CommonModule; readonly values: Values; readonly isPlain: IsPlain };
const known = new WeakMap<CommonModule, Values>();
const written: readonly Touch[] = ['writes world', 'writes tree', 'reads world', 'reads tree'];

/** A name of another file is looked at where it stands; a name that nothing declares may be a global that others make. */
export function nameTouches(node: TypeScript.Identifier, { values }: Code): Iterable<Touch> {
  const scope = values.references.get(node)?.scope;
  if (scope === undefined || scope === 'inner') return [];
  const origin = originOf(node, values);
  if (scope === 'module') {
    const declaration = values.declared.get(node.text);
    return origin === 'tree' && declaration !== undefined && ts.isBindingElement(declaration) ? ['reads tree'] : [];
  }
  const isCommon = ['require', 'module', 'exports'].includes(node.text);
  return origin === 'unknown' && !isCommon ? ['reads world'] : [];
}

/** Reading a member looks at who has it, and runs its getter. */
export function memberTouches(
  node: TypeScript.PropertyAccessExpression | TypeScript.ElementAccessExpression,
  { values, isPlain }: Code,
): Iterable<Touch> {
  if (isTarget(node) || ['require', 'module'].includes(node.expression.getText())) return [];
  if (ts.isElementAccessExpression(node) && originOf(node.argumentExpression, values) !== 'primitive') return anything;
  switch (originOf(node.expression, values)) {
    case 'world':
      return ['reads world'];
    case 'tree':
      return isPlain(treeOf(node.expression, values)) ? ['reads tree'] : anything;
    case 'unknown':
      return anything;
    case 'exports':
    case 'code':
      return isPlain('own') ? [] : anything;
    default:
      return [];
  }
}

/** The specifier of what a value is the whole of. */
function treeOf(expression: TypeScript.Expression, { declared, references }: Values): Parameters<IsPlain>[0] {
  const declaration =
    ts.isIdentifier(expression) && references.get(expression)?.scope === 'module'
      ? declared.get(expression.text)
      : undefined;
  const value =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : expression;
  const isRequire = value !== undefined && ts.isCallExpression(value) && value.expression.getText() === 'require';
  const [given] = isRequire ? value.arguments : [];
  return given !== undefined && ts.isStringLiteralLike(given) ? { specifier: given.text } : 'any';
}

/** Taking a value apart reads its properties; a list is run through. */
export function patternTouches({ name, initializer }: TypeScript.VariableDeclaration, code: Code): Iterable<Touch> {
  if (initializer === undefined || ts.isIdentifier(name)) return [];
  const origin = originOf(initializer, code.values);
  const isNested = name.elements.some((one) => ts.isBindingElement(one) && !ts.isIdentifier(one.name));
  if (isNested) return anything;
  if (ts.isArrayBindingPattern(name)) return origin === 'list' ? [] : anything;
  if (origin === 'world') return ['reads world'];
  if (origin === 'tree') return code.isPlain(treeOf(initializer, code.values)) ? ['reads tree'] : anything;
  return ['own', 'list', 'code', 'builtin', 'package', 'primitive', 'global'].includes(origin) ? [] : anything;
}

/** What giving a value to a place does to others. */
export function targetTouches(target: TypeScript.Expression, { module, values, isPlain }: Code): Iterable<Touch> {
  const node = withoutBrackets(target);
  if (ts.isIdentifier(node)) {
    const scope = values.references.get(node)?.scope;
    return scope === 'module' || scope === 'inner' || node.text === 'exports' ? [] : written;
  }
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return anything;
  if (node.getText() === 'module.exports') return [];
  const holder = node.expression;
  const origin = originOf(holder, values);
  if (ts.isElementAccessExpression(node) && originOf(node.argumentExpression, values) !== 'primitive') return anything;
  if (origin === 'own' || origin === 'code') return [];
  if (origin === 'list') return ts.isElementAccessExpression(node) ? [] : anything;
  if (origin === 'exports') return isPlain('own') && makesExports(module, values) ? [] : anything;
  const isPrototype =
    ts.isPropertyAccessExpression(holder) &&
    holder.name.text === 'prototype' &&
    originOf(holder.expression, values) === 'code';
  if (isPrototype) return [];
  if (origin === 'world') return ['writes world', 'reads world'];
  return ['builtin', 'global', 'tree'].includes(origin) ? written : anything;
}

/** True where what the file exports is an object, function or class that it makes itself. */
export function makesExports(module: CommonModule, values = valuesIn(module)): boolean {
  const { exportUses } = module;
  return exportUses.every((use) => {
    if (use.kind === 'whole') return ['own', 'list', 'code', 'primitive'].includes(originOf(use.value, values));
    const { parent } = use.node;
    const isHolder =
      ts.isPropertyAccessExpression(parent) ||
      ts.isElementAccessExpression(parent) ||
      ts.isCallExpression(parent) ||
      ts.isNewExpression(parent);
    return use.kind !== 'other' || (isHolder && parent.expression === use.node);
  });
}

/** What the names of a file stand for; it is read once. */
export function valuesIn(module: CommonModule): Values {
  const values = known.get(module) ?? valuesOf(module);
  known.set(module, values);
  return values;
}
