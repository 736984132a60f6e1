import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { CommonModule } from './common-module.ts';
import type { ExportUse } from './export-use.ts';

/** One name of a file's exports: a name of the file itself, a module that it requires, or what is declared by exporting it. */
export type NamedExport = { readonly name: string; readonly value: TypeScript.Expression } & (
  | { readonly kind: 'local'; readonly local: string }
  | { readonly kind: 'required' }
  | { readonly kind: 'declared' }
);

/** Exports that are the same names from the first to the last: they can be written as named exports. */
export type NamedShape = {
  readonly exports: readonly NamedExport[];
  /** The statement `module.exports = { … }`, where it is one. */
  readonly literal: Extract<ExportUse, { kind: 'whole' }> | undefined;
};

/** The names of a file's exports; undefined where they are not known, change, or would mean something else as names. */
export function namedShape(module: CommonModule): NamedShape | undefined {
  const uses = module.exportUses.filter(({ kind }) => kind !== 'marker' && kind !== 'alias');
  if (uses.length === 0 || uses.some(({ kind }) => kind === 'other')) return undefined;
  const whole = uses.filter((one) => one.kind === 'whole');
  const properties = uses.filter((one) => one.kind === 'property');
  const [literal, ...more] = whole;
  if (more.length > 0 || (literal !== undefined && properties.length > 0)) return undefined;
  const exports = literal === undefined ? propertyExports(properties, module) : literalExports(literal.value, module);
  if (exports === undefined) return undefined;
  const names = new Set(exports.map(({ name }) => name));
  if (names.size !== exports.length || names.has('default') || names.has('__esModule')) return undefined;
  const shape = { exports, literal };
  return readsFit(shape, module) ? shape : undefined;
}

function literalExports(value: TypeScript.Expression, module: CommonModule): readonly NamedExport[] | undefined {
  if (!ts.isObjectLiteralExpression(value)) return undefined;
  const exports = value.properties.map((property): NamedExport | undefined => {
    if (ts.isShorthandPropertyAssignment(property)) return exportOf(property.name.text, property.name, module);
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return undefined;
    return exportOf(property.name.text, property.initializer, module);
  });
  const known = exports.filter((one) => one !== undefined).filter(({ kind }) => kind !== 'declared');
  return known.length === exports.length ? known : undefined;
}

function propertyExports(
  uses: readonly Extract<ExportUse, { kind: 'property' }>[],
  module: CommonModule,
): readonly NamedExport[] | undefined {
  const exports = uses.map(({ name, value }) => exportOf(name, value, module));
  const known = exports.filter((one) => one !== undefined);
  return known.length === exports.length ? known : undefined;
}

function exportOf(name: string, value: TypeScript.Expression, module: CommonModule): NamedExport | undefined {
  const { names } = module;
  if (ts.isIdentifier(value) && names.declared.has(value.text)) {
    const isFixed =
      names.declared.get(value.text) === 1 &&
      !names.references.some(({ node, scope, isWrite }) => isWrite && scope === 'module' && node.text === value.text);
    return isFixed ? { name, value, kind: 'local', local: value.text } : undefined;
  }
  const isRequired = module.requires.some(({ node, moment }) => node === value && moment === 'load');
  if (isRequired) return { name, value, kind: 'required' };
  const isTaken =
    names.declared.has(name) ||
    names.references.some(({ node, scope }) => scope === 'free' && node.text === name) ||
    isReserved(name);
  if (isTaken || usesThis(value)) return undefined;
  return { name, value, kind: 'declared' };
}

/** `exports.a` where it is read becomes the name itself: that has to mean the same there, and be there by then. */
function readsFit({ exports, literal }: NamedShape, { exportUses, names }: CommonModule): boolean {
  const known = new Map(exports.map((one) => [one.name, one]));
  return exportUses.every((use) => {
    if (use.kind !== 'read') return true;
    const target = known.get(use.name);
    if (target === undefined || target.kind === 'required') return false;
    const local = target.kind === 'local' ? target.local : target.name;
    if (names.inner.has(local)) return false;
    const isInside = ts.findAncestor(use.node, (one) => ts.isFunctionLike(one)) !== undefined;
    const made = literal?.statement.end ?? target.value.end;
    return isInside || use.node.getStart() > made;
  });
}

/** A function that asks for `this` may mean the exports that it is called on. */
function usesThis(value: TypeScript.Expression): boolean {
  if (!ts.isFunctionExpression(value) && !ts.isArrowFunction(value)) return false;
  let isFound = false;
  const visit = (node: TypeScript.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) isFound = true;
    if (!ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  visit(value);
  return isFound;
}

/** True for a word that names nothing in a module. */
export function isReserved(name: string): boolean {
  return reserved.has(name);
}

const reserved: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);
