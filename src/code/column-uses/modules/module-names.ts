import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { givenByCommonJs, isWholeOfCommonJs } from './common-js.ts';

/** A name that a file has from another one; `name` is `*` for all of the module. */
export type Taken = {
  readonly specifier: string;
  readonly name: string;
  readonly local: TypeScript.Identifier;
  readonly declaration: TypeScript.Declaration;
};

/** A name under which a file gives something: what it declares, or hands on. */
export type Given = {
  readonly name: string;
  readonly what:
    | { readonly kind: 'own'; readonly node: TypeScript.Node }
    | { readonly kind: 'of'; readonly specifier: string; readonly name: string };
};

/** What a file takes from others and gives to others, as far as that is written at its top level. */
export type ModuleNames = {
  readonly taken: readonly Taken[];
  readonly given: readonly Given[];
  /** `export * from`. */
  readonly all: readonly string[];
  readonly declared: ReadonlyMap<string, TypeScript.Declaration>;
};

/** The name of what a CommonJS module is as a whole. */
export const whole = '=';

/** Reads the imports and exports of a file, static ones of both kinds of modules. */
export function moduleNames(source: TypeScript.SourceFile): ModuleNames {
  const taken = [...source.statements].flatMap(takenBy);
  const declared = new Map<string, TypeScript.Declaration>(taken.map((one) => [one.local.text, one.declaration]));
  for (const statement of source.statements) {
    for (const [name, node] of declaredBy(statement)) if (!declared.has(name)) declared.set(name, node);
  }
  const given = [...source.statements].flatMap((statement) => [
    ...givenBy(statement),
    ...givenByCommonJs(statement).map(({ name, node }): Given => ({ name, what: { kind: 'own', node } })),
  ]);
  const all = [...source.statements].flatMap((statement) => {
    const isAll = ts.isExportDeclaration(statement) && statement.exportClause === undefined;
    return isAll ? specifierOf(statement.moduleSpecifier) : [];
  });
  return { taken, given, all, declared };
}

function specifierOf(node: TypeScript.Expression | undefined): readonly string[] {
  return node !== undefined && ts.isStringLiteralLike(node) ? [node.text] : [];
}

function takenBy(statement: TypeScript.Statement): readonly Taken[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((declaration) => requiredBy(declaration));
  if (!ts.isImportDeclaration(statement)) return [];
  const { importClause: clause } = statement;
  return specifierOf(statement.moduleSpecifier).flatMap((specifier): readonly Taken[] => {
    const first = clause?.name;
    const own =
      clause === undefined || first === undefined
        ? []
        : [{ specifier, name: 'default', local: first, declaration: clause }];
    const bindings = clause?.namedBindings;
    if (bindings === undefined) return own;
    if (ts.isNamespaceImport(bindings))
      return [...own, { specifier, name: '*', local: bindings.name, declaration: bindings }];
    const named = bindings.elements.map((element) => ({
      specifier,
      name: (element.propertyName ?? element.name).text,
      local: element.name,
      declaration: element,
    }));
    return [...own, ...named];
  });
}

/** `const T = require('./t')`, `const { USERS: U } = require('./t')`, `const U = require('./t').USERS` */
function requiredBy(declaration: TypeScript.VariableDeclaration): readonly Taken[] {
  const { name, initializer } = declaration;
  const member = initializer !== undefined && ts.isPropertyAccessExpression(initializer) ? initializer : undefined;
  const call = member?.expression ?? initializer;
  if (call === undefined || !isWholeOfCommonJs(call)) return [];
  return specifierOf(call.arguments[0]).flatMap((specifier): readonly Taken[] => {
    if (ts.isIdentifier(name)) return [{ specifier, name: member?.name.text ?? '*', local: name, declaration }];
    if (!ts.isObjectBindingPattern(name) || member !== undefined) return [];
    return name.elements.flatMap((element) => {
      const own = element.propertyName ?? element.name;
      if (!ts.isIdentifier(element.name) || !ts.isIdentifier(own) || element.dotDotDotToken !== undefined) return [];
      return [{ specifier, name: own.text, local: element.name, declaration: element }];
    });
  });
}

function declaredBy(statement: TypeScript.Statement): readonly (readonly [string, TypeScript.Declaration])[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap((one) => bound(one));
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name !== undefined ? [[statement.name.text, statement]] : [];
}

function bound(
  declaration: TypeScript.VariableDeclaration | TypeScript.BindingElement,
): readonly (readonly [string, TypeScript.Declaration])[] {
  const { name } = declaration;
  if (ts.isIdentifier(name)) return [[name.text, declaration]];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? bound(element) : []));
}

function givenBy(statement: TypeScript.Statement): readonly Given[] {
  if (ts.isExportAssignment(statement)) {
    const name = statement.isExportEquals === true ? whole : 'default';
    return [{ name, what: { kind: 'own', node: statement.expression } }];
  }
  if (ts.isExportDeclaration(statement)) return handedOn(statement);
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const has = (kind: TypeScript.SyntaxKind) => modifiers.some((one) => one.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword)) return [];
  if (has(ts.SyntaxKind.DefaultKeyword)) return [{ name: 'default', what: { kind: 'own', node: statement } }];
  return declaredBy(statement).map(([name, node]) => ({ name, what: { kind: 'own', node } }));
}

/** `export { a as b }`, `export { a } from './a'`, `export * as a from './a'` */
function handedOn({ exportClause: clause, moduleSpecifier }: TypeScript.ExportDeclaration): readonly Given[] {
  const [specifier] = specifierOf(moduleSpecifier);
  if (clause === undefined) return [];
  if (ts.isNamespaceExport(clause))
    return specifier === undefined ? [] : [{ name: clause.name.text, what: { kind: 'of', specifier, name: '*' } }];
  return clause.elements.map((element): Given => {
    const own = element.propertyName ?? element.name;
    if (specifier !== undefined) return { name: element.name.text, what: { kind: 'of', specifier, name: own.text } };
    return { name: element.name.text, what: { kind: 'own', node: own } };
  });
}
