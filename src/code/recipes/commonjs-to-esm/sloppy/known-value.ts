import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Names } from '../reading/scope.ts';
import { bare } from './strict-code.ts';

/** What an expression is in any case, as far as the file shows: a literal, function, class, call or `new`. */
export type KnownValue = TypeScript.Expression | TypeScript.FunctionDeclaration | TypeScript.ClassDeclaration;

/** Finds what an expression is: itself, or what the one declaration of its name says where nothing gives it another value. Pure. */
export function knownValues(
  nodes: readonly TypeScript.Node[],
  { homeOf, references }: Names,
): (node: TypeScript.Expression) => KnownValue | undefined {
  const declared = new Map<TypeScript.Node, Map<string, KnownValue>>();
  const give = (name: TypeScript.Identifier, value: KnownValue) => {
    const home = homeOf(name);
    if (home?.count !== 1) return;
    declared.set(home.node, (declared.get(home.node) ?? new Map<string, KnownValue>()).set(name.text, value));
  };
  for (const node of nodes) {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      give(node.name, bare(node.initializer));
    if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name !== undefined)
      give(node.name, node);
  }
  for (const { node, isWrite } of references) {
    const home = isWrite ? homeOf(node)?.node : undefined;
    if (home !== undefined) declared.get(home)?.delete(node.text);
  }
  return (node) => {
    const one = bare(node);
    if (ts.isPropertyAccessExpression(one) || ts.isElementAccessExpression(one)) return undefined;
    if (!ts.isIdentifier(one)) return one;
    const home = homeOf(one)?.node;
    return home === undefined ? undefined : declared.get(home)?.get(one.text);
  };
}

/** Why a property cannot be given a value, or be deleted, in what an expression is known to be; undefined where it may. Pure. */
export function refusalOf(
  value: KnownValue,
  key: string | undefined,
  { isDeleted, knownOf }: { readonly isDeleted: boolean; readonly knownOf: ReturnType<typeof knownValues> },
): string | undefined {
  if (isPrimitive(value)) return 'a property of a primitive value keeps nothing';
  if (ts.isCallExpression(value)) return refusalOfMade(value, key, isDeleted);
  if (isDeleted) {
    if (ts.isArrayLiteralExpression(value) && key === 'length') return 'the `length` of a list cannot be deleted';
    const hasPrototype = isClass(value) || isFunction(value);
    return hasPrototype && key === 'prototype' ? 'the `prototype` of a function cannot be deleted' : undefined;
  }
  if ((isFunction(value) || ts.isArrowFunction(value)) && (key === 'name' || key === 'length'))
    return `the \`${key}\` of a function cannot be given a value`;
  if (isClass(value)) {
    const isOwn = value.members.some(({ name }) => name?.getText() === key);
    const isFixed = key === 'name' || key === 'length' || key === 'prototype';
    return isFixed && !isOwn ? `the \`${key}\` of a class cannot be given a value` : undefined;
  }
  const made = ts.isNewExpression(value) ? knownOf(value.expression) : undefined;
  if (made !== undefined && freezesItself(made)) return 'the object is frozen';
  if (made !== undefined && isClass(made) && made.heritageClauses === undefined)
    return hasOnlyGetter(made.members, key) ? onlyGetter(key) : undefined;
  return ts.isObjectLiteralExpression(value) && hasOnlyGetter(value.properties, key) ? onlyGetter(key) : undefined;
}

/** True for a constructor that freezes what it makes. */
export function freezesItself(value: KnownValue): boolean {
  return (isFunction(value) || isClass(value)) && /\bObject\.freeze\(this\)/.test(value.getText());
}

/** `Object.freeze({ … })` and its like, and `Object.create(from, { … })`. */
function refusalOfMade(
  { expression, arguments: args }: TypeScript.CallExpression,
  key: string | undefined,
  isDeleted: boolean,
): string | undefined {
  const how = /^Object\.(freeze|seal|preventExtensions|create)$/.exec(expression.getText())?.[1];
  const [first, second] = args;
  if (how === undefined || first === undefined) return undefined;
  if (how === 'freeze') return isPrimitive(bare(first)) ? undefined : 'the object is frozen';
  if (how === 'create') {
    const fixed = second === undefined ? undefined : descriptorIn(second, key);
    return fixed !== undefined && isFixed(fixed, { isNew: true }) ? `\`${key}\` is defined as not writable` : undefined;
  }
  if (how === 'seal' && isDeleted) return 'the object is sealed';
  const object = bare(first);
  const isKnown = ts.isObjectLiteralExpression(object) && key !== undefined && !isDeleted;
  const isOpen = isKnown && object.properties.every(({ name }) => name !== undefined && name.getText() !== key);
  return isOpen ? 'the object takes no new properties' : undefined;
}

/** The descriptor of a property in `{ key: { value: 1 } }`. */
export function descriptorIn(node: TypeScript.Expression, key: string | undefined): TypeScript.Expression | undefined {
  const all = bare(node);
  if (!ts.isObjectLiteralExpression(all) || key === undefined) return undefined;
  const one = all.properties.find(({ name }) => name !== undefined && nameOf(name) === key);
  return one !== undefined && ts.isPropertyAssignment(one) ? one.initializer : undefined;
}

/** True for a descriptor of what cannot be given a value; `isNew` where the property was not there before. */
export function isFixed(node: TypeScript.Expression, { isNew }: { readonly isNew: boolean }): boolean {
  const descriptor = bare(node);
  if (!ts.isObjectLiteralExpression(descriptor)) return false;
  const fields = new Map(descriptor.properties.map((one) => [one.name === undefined ? '...' : nameOf(one.name), one]));
  if (fields.has('...') || fields.has('set')) return false;
  if (fields.has('get')) return true;
  const writable = fields.get('writable');
  if (writable === undefined) return isNew && fields.has('value');
  return ts.isPropertyAssignment(writable) && writable.initializer.kind === ts.SyntaxKind.FalseKeyword;
}

/** The text of a property's name, without quotes. */
export function nameOf(name: TypeScript.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : name.getText();
}

function hasOnlyGetter(
  members: readonly (TypeScript.ClassElement | TypeScript.ObjectLiteralElementLike)[],
  key: string | undefined,
): boolean {
  const own = members.filter(({ name }) => name !== undefined && nameOf(name) === key);
  const isStatic = own.some((one) => ts.canHaveModifiers(one) && (one.modifiers?.length ?? 0) > 0);
  return own.length > 0 && !isStatic && own.every(ts.isGetAccessorDeclaration);
}

function onlyGetter(key: string | undefined): string {
  return `\`${key}\` has a getter alone`;
}

export function isFunction(value: KnownValue): value is TypeScript.FunctionDeclaration | TypeScript.FunctionExpression {
  return ts.isFunctionDeclaration(value) || ts.isFunctionExpression(value);
}

function isClass(value: KnownValue): value is TypeScript.ClassDeclaration | TypeScript.ClassExpression {
  return ts.isClassDeclaration(value) || ts.isClassExpression(value);
}

function isPrimitive(value: KnownValue): boolean {
  return (
    ts.isStringLiteralLike(value) ||
    ts.isTemplateExpression(value) ||
    ts.isNumericLiteral(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword
  );
}
