import type { Edge } from '../graph/module-graph.ts';
import { isModuleKind } from '../graph/occurrence.ts';
import ts from '../typescript.cts';
import { heldBy } from './held-by.ts';
import type { Link, ModuleShape, Range, Strength, Taken, TopLevel } from './module-shape.ts';
import { runsAtLoad } from './runs-at-load.ts';

export type ShapeOptions = {
  readonly path: string;
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly options: ts.CompilerOptions;
  /** Specifiers of this module that reach a file of the tree. */
  readonly edges: readonly Edge[];
};

/** Reads a module by its top level: what it declares, what each part needs, and what it takes from where. */
export function readShape({ path, file, checker, options, edges }: ShapeOptions): ModuleShape {
  const groups = groupsOf(file, path);
  const owners = new Map<ts.Node, string>();
  for (const { id, statements } of groups) for (const one of statements) owners.set(one, id);
  const look: Look = { file, checker, owners, isEmittingTypes: options.emitDecoratorMetadata === true };
  const topLevels = groups.map((group) => topLevelOf(group, look));
  const exported = groups.flatMap(({ id, statements }) =>
    statements.some(isExported) ? namesOf(statements).map((name) => [name, id] as const) : [],
  );
  const listed = file.statements.flatMap((one) => listedExports(one, path));
  const known = new Set(groups.map(({ id }) => id));
  const byList = new Set(listed.map(([, id]) => id));
  return {
    path,
    text: file.text,
    directives: directivesOf(file),
    links: edges.flatMap((edge) => linkOf(edge, { file, path, options })),
    importsEnd: file.statements.findLast(isImporting)?.end ?? -1,
    topLevels: topLevels.map((one) => (byList.has(one.id) ? { ...one, held: one.held ?? heldByList } : one)),
    exports: new Map([...exported, ...listed.filter(([, id]) => known.has(id))]),
    passedOn: new Set(listed.filter(([, id]) => !known.has(id)).map(([, id]) => id.slice(path.length + 1))),
  };
}

function directivesOf(file: ts.SourceFile): readonly string[] {
  const end = file.statements.findIndex((one) => !ts.isExpressionStatement(one) || !ts.isStringLiteral(one.expression));
  const head = file.statements.slice(0, end === -1 ? file.statements.length : end);
  return head.map((one) => one.getText(file)).filter((text) => !/^['"]use strict['"]/.test(text));
}

const heldByList = 'it is exported by a list (`export { … }`), and not where it is declared';

function isImporting(node: ts.Statement): boolean {
  return ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node);
}

type Group = { readonly id: string; readonly statements: ts.Statement[] };

/** Statements that declare one name are one: overloads, an interface with its constant. Imports and `export … from` are links. */
function groupsOf(file: ts.SourceFile, path: string): readonly Group[] {
  const groups: Group[] = [];
  const byName = new Map<string, Group>();
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) continue;
    if (ts.isExportDeclaration(statement)) continue;
    const names = namesOf([statement]);
    const [name] = names;
    const known = names.map((one) => byName.get(one)).find((one) => one !== undefined);
    const id = name === undefined ? `${path}:${statement.getStart(file)}` : `${path}#${name}`;
    const group = known ?? { id, statements: [] };
    group.statements.push(statement);
    if (known === undefined) groups.push(group);
    for (const one of names) byName.set(one, group);
  }
  return groups;
}

/** The names that statements declare at their top level. */
function namesOf(statements: readonly ts.Statement[]): readonly string[] {
  const names = statements.flatMap((one): readonly string[] => {
    if (ts.isVariableStatement(one)) return one.declarationList.declarations.flatMap(({ name }) => boundBy(name));
    const isDeclaration =
      ts.isFunctionDeclaration(one) ||
      ts.isClassDeclaration(one) ||
      ts.isInterfaceDeclaration(one) ||
      ts.isTypeAliasDeclaration(one) ||
      ts.isEnumDeclaration(one) ||
      ts.isModuleDeclaration(one);
    return isDeclaration && one.name !== undefined && ts.isIdentifier(one.name) ? [one.name.text] : [];
  });
  return [...new Set(names)];
}

function boundBy(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((one) => (ts.isOmittedExpression(one) ? [] : boundBy(one.name)));
}

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

/** `export { a, b as c }` without a module. */
function listedExports(node: ts.Statement, path: string): readonly (readonly [string, string])[] {
  if (!ts.isExportDeclaration(node) || node.moduleSpecifier !== undefined || node.exportClause === undefined) return [];
  if (!ts.isNamedExports(node.exportClause)) return [];
  return node.exportClause.elements.map(({ name, propertyName }) => [
    name.text,
    `${path}#${(propertyName ?? name).text}`,
  ]);
}

type Look = {
  readonly file: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  readonly owners: ReadonlyMap<ts.Node, string>;
  readonly isEmittingTypes: boolean;
};

function topLevelOf({ id, statements }: Group, look: Look): TopLevel {
  const { file } = look;
  const [first] = statements;
  const takes = new Map<string, Strength>();
  const needs = new Map<string, Strength>();
  const add = (to: Map<string, Strength>, key: string, strength: Strength): void => {
    if (to.get(key) !== 'value') to.set(key, strength);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const strength = strengthOf(node, look);
      const meant = meaningOf(node, look);
      if (meant?.kind === 'import') add(takes, meant.local, strength);
      else if (meant !== undefined && meant.id !== id) add(needs, meant.id, strength);
    }
    if (ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node)) add(takes, 'React', 'value');
    ts.forEachChild(node, visit);
  };
  for (const statement of statements) visit(statement);
  return {
    id,
    names: namesOf(statements),
    line: first === undefined ? 1 : file.getLineAndCharacterOfPosition(first.getStart(file)).line + 1,
    ranges: statements.map((one) => rangeOf(one, file)),
    isExported: statements.some(isExported),
    isType: statements.every((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)),
    held: heldBy(statements, file),
    runs: statements.some(runsAtLoad),
    takes,
    needs,
  };
}

/** A statement with the comments that belong to it: those without a blank line between; a header of the file stays. */
function rangeOf(node: ts.Statement, file: ts.SourceFile): Range {
  const begin = node.getStart(file, false);
  let start = begin;
  const isFirst = file.statements[0] === node;
  const comments = (ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? []).toReversed();
  for (const { pos, end } of comments) {
    const gap = file.text.slice(end, start);
    if (/\n[^\S\n]*\r?\n/.test(gap)) break;
    if (
      isFirst &&
      pos === 0 &&
      /^(\/\/\s*@ts-|\/\*[\s\S]*@(license|fileoverview|file|preserve)|#!)/.test(file.text.slice(pos, end))
    )
      break;
    if (file.text.slice(file.text.lastIndexOf('\n', pos - 1) + 1, pos).trim() !== '') break;
    start = pos;
  }
  const trailing = ts.getTrailingCommentRanges(file.text, node.end)?.at(-1)?.end ?? node.end;
  return { start, begin, end: trailing };
}

type Meaning = { readonly kind: 'import'; readonly local: string } | { readonly kind: 'own'; readonly id: string };

/** What an identifier means, where that is an import or a top level of its own module. */
function meaningOf(node: ts.Identifier, { file, checker, owners }: Look): Meaning | undefined {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return undefined;
  const symbol =
    ts.isShorthandPropertyAssignment(parent) && parent.name === node
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : checker.getSymbolAtLocation(node);
  for (const declaration of symbol?.declarations ?? []) {
    if (declaration.getSourceFile() !== file) continue;
    if (isImport(declaration)) return { kind: 'import', local: node.text };
    const id = ownerOf(declaration, owners);
    if (id !== undefined) return { kind: 'own', id };
  }
  return undefined;
}

function isImport(node: ts.Node): boolean {
  return (
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node) ||
    ts.isImportEqualsDeclaration(node)
  );
}

/** The top level that a declaration makes; undefined for what is declared within one. */
function ownerOf(node: ts.Declaration, owners: Look['owners']): string | undefined {
  if (owners.has(node)) return owners.get(node);
  let at: ts.Node = node;
  while (ts.isVariableDeclaration(at) || ts.isVariableDeclarationList(at) || ts.isBindingElement(at) || isPattern(at))
    at = at.parent;
  return ts.isVariableStatement(at) ? owners.get(at) : undefined;
}

function isPattern(node: ts.Node): boolean {
  return ts.isObjectBindingPattern(node) || ts.isArrayBindingPattern(node);
}

/** A type that is written out for decorators at run time is a value. */
function strengthOf(node: ts.Identifier, { isEmittingTypes }: Look): Strength {
  if (isEmittingTypes) return 'value';
  for (let at: ts.Node = node; !ts.isStatement(at); at = at.parent) if (ts.isPartOfTypeNode(at)) return 'type';
  const { parent } = node;
  return ts.isInterfaceDeclaration(parent) || ts.isTypeAliasDeclaration(parent) ? 'type' : 'value';
}

type Linking = { readonly file: ts.SourceFile; readonly path: string; readonly options: ts.CompilerOptions };

function linkOf(edge: Edge, { file, path, options }: Linking): readonly Link[] {
  const { kind, reach, offset, specifier } = edge;
  if (!isModuleKind(kind) || kind === 'jsdoc' || kind === 'augmentation') return [];
  const isOwn = reach !== undefined && /\.([cm]?[jt]s|[jt]sx)$/.test(reach.target);
  if (!isOwn && kind !== 'import' && kind !== 'export') return [];
  const to = reach?.target ?? specifier;
  const node = statementAt(file, offset);
  if (node === undefined) return [];
  const isNamed = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
  const taken = ts.isImportDeclaration(node) ? imported(node) : ts.isExportDeclaration(node) ? passedOn(node) : [];
  const place = { offset, line: file.getLineAndCharacterOfPosition(offset).line + 1, specifier };
  const span = { start: node.getStart(file), end: node.end };
  const when = isNamed ? whenNamed(node, taken, options) : whenCalled(file, edge);
  const form = !isNamed || taken.length === 0 ? 'whole' : ts.isImportDeclaration(node) ? 'import' : 'export';
  return [{ id: `${path}:${offset}`, from: path, to, kind: form, when, ...span, ...place, taken }];
}

function statementAt(file: ts.SourceFile, offset: number): ts.Statement | undefined {
  return file.statements.find((one) => one.getStart(file) <= offset && offset < one.end);
}

function imported({ importClause: clause }: ts.ImportDeclaration): readonly Taken[] {
  if (clause === undefined) return [];
  const bindings = clause.namedBindings;
  const named =
    bindings === undefined
      ? []
      : ts.isNamespaceImport(bindings)
        ? [{ local: bindings.name.text, name: '*', isType: false }]
        : bindings.elements.map(({ name, propertyName, isTypeOnly }) => ({
            local: name.text,
            name: (propertyName ?? name).text,
            isType: isTypeOnly,
          }));
  return [
    ...(clause.name === undefined ? [] : [{ local: clause.name.text, name: 'default', isType: false }]),
    ...named,
  ];
}

function passedOn({ exportClause: clause }: ts.ExportDeclaration): readonly Taken[] {
  if (clause === undefined) return [{ local: '*', name: '*', isType: false }];
  if (ts.isNamespaceExport(clause)) return [{ local: clause.name.text, name: '*', isType: false }];
  return clause.elements.map(({ name, propertyName, isTypeOnly }) => ({
    local: name.text,
    name: (propertyName ?? name).text,
    isType: isTypeOnly,
  }));
}

function whenNamed(
  node: ts.ImportDeclaration | ts.ExportDeclaration,
  taken: readonly Taken[],
  { verbatimModuleSyntax }: ts.CompilerOptions,
): Link['when'] {
  const isType = ts.isExportDeclaration(node) ? node.isTypeOnly : node.importClause?.isTypeOnly === true;
  const isEach = taken.length > 0 && taken.every((one) => one.isType) && verbatimModuleSyntax !== true;
  return isType || isEach ? 'type' : 'load';
}

/** A call at the top level of a module runs when that is loaded; one in a function does not. */
function whenCalled(file: ts.SourceFile, { kind, offset }: Edge): Link['when'] {
  if (kind === 'require-resolve' || kind === 'import-meta-resolve') return 'type';
  let found: Link['when'] = kind === 'import-call' ? 'lazy' : 'load';
  const visit = (node: ts.Node): void => {
    if (offset < node.pos || offset >= node.end) return;
    if (ts.isImportTypeNode(node)) found = 'type';
    else if (ts.isAwaitExpression(node) && kind === 'import-call') found = 'load';
    else if (ts.isFunctionLike(node)) found = 'lazy';
    else if (ts.isImportEqualsDeclaration(node) && node.isTypeOnly) found = 'type';
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
