import { posix } from 'node:path';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { TreeView } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { requiredModule } from '../../../vitest/source-names.ts';

type Import = { readonly path: string; readonly specifier: string; readonly form: 'default' | 'required' };

/** Who takes the default export of a module, and who requires it. */
export type Importers = {
  takeDefault(specifier: string, from: string): boolean;
  /** The first file that is not a test and requires it. */
  requiredBy(specifier: string, from: string): string | undefined;
};

const source = /\.[cm]?[jt]sx?$/;
const isTest = /(^|\/)__(tests|mocks)__\/|\.(test|spec)\./;

/** Reads every source of a tree. Specifiers of one file that are reached by different paths count as one by their ends. */
export async function importersIn(tree: TreeView): Promise<Importers> {
  const all: Import[] = [];
  for (const path of tree.paths) {
    if (!source.test(path)) continue;
    const text = (await tree.read(path))?.text ?? '';
    if (/\bimport\b|\brequire\b|\bexport\b/.test(text)) all.push(...importsOf(path, text));
  }
  const of = (specifier: string, from: string, form: Import['form']): readonly Import[] =>
    all.filter((one) => one.form === form && isSame(one, { specifier, path: from }));
  return {
    takeDefault: (specifier, from) => of(specifier, from, 'default').length > 0,
    requiredBy: (specifier, from) => of(specifier, from, 'required').find(({ path }) => !isTest.test(path))?.path,
  };
}

function importsOf(path: string, text: string): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: string, form: Import['form']): number => found.push({ path, specifier, form });
  for (const node of nodesBelow(parseSource(path, text))) {
    const required = requiredModule(node);
    if (required !== undefined) add(required, 'required');
    if (!(ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) || node.moduleSpecifier === undefined) continue;
    if (ts.isStringLiteral(node.moduleSpecifier) && takesDefault(node)) add(node.moduleSpecifier.text, 'default');
  }
  return found;
}

function takesDefault(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  const isDefault = (one: ts.ImportSpecifier | ts.ExportSpecifier): boolean =>
    (one.propertyName ?? one.name).text === 'default';
  if (ts.isExportDeclaration(node))
    return node.exportClause !== undefined && ts.isNamedExports(node.exportClause)
      ? node.exportClause.elements.some(isDefault)
      : false;
  const clause = node.importClause;
  if (clause?.name !== undefined) return true;
  return clause?.namedBindings !== undefined && ts.isNamedImports(clause.namedBindings)
    ? clause.namedBindings.elements.some(isDefault)
    : false;
}

type Reference = { readonly path: string; readonly specifier: string };

function isSame(one: Reference, other: Reference): boolean {
  const [mine, theirs] = [fileOf(one), fileOf(other)];
  if (mine === theirs) return true;
  const [alias, file] = isRelative(one) ? [theirs, mine] : [mine, theirs];
  const end = alias.slice(alias.indexOf('/') + 1);
  return isRelative(one) !== isRelative(other) && alias.includes('/') && file.endsWith(`/${end}`);
}

function isRelative({ specifier }: Reference): boolean {
  return specifier.startsWith('.');
}

/** The path that a specifier means, without extension and `index`; what is not relative stands for itself. */
function fileOf({ path, specifier }: Reference): string {
  const whole = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
  return whole.replace(source, '').replace(/\/index$/, '');
}
