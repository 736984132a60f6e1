import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { walk } from '../reading/common-module.ts';

/** A file of TypeScript, read. */
export type TypedModule = {
  readonly path: string;
  readonly text: string;
  readonly source: TypeScript.SourceFile;
  /** Every place that names a module by a text: imports, exports, import types, augmentations, dynamic imports. */
  readonly specifiers: readonly TypeScript.StringLiteralLike[];
  /** Uses of the names that Node gives CommonJS alone. */
  readonly commonNames: readonly TypeScript.Identifier[];
  readonly hasExportEquals: boolean;
};

/** How a file uses a name that it has imported. */
export type NameUse = {
  readonly isValue: boolean;
  readonly isType: boolean;
  /** Called, or made an instance of, as it is. */
  readonly isCalled: boolean;
  /** Handed on as a whole. */
  readonly isPassed: boolean;
  readonly members: ReadonlySet<string>;
};

const commonNames: ReadonlySet<string> = new Set(['require', 'module', 'exports', '__dirname', '__filename']);

/** Reads a file of TypeScript. Pure. */
export function typedModule(path: string, text: string): TypedModule {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const specifiers: TypeScript.StringLiteralLike[] = [];
  const common: TypeScript.Identifier[] = [];
  const declared = new Set<string>();
  walk(source, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) specifiers.push(specifier);
    if (!ts.isIdentifier(node) || !commonNames.has(node.text)) return;
    if (isDeclared(node)) declared.add(node.text);
    else if (!isPropertyName(node) && !isInType(node)) common.push(node);
  });
  return {
    path,
    text,
    source,
    specifiers,
    commonNames: common.filter((node) => !declared.has(node.text)),
    hasExportEquals: source.statements.some((one) => ts.isExportAssignment(one) && one.isExportEquals === true),
  };
}

/** What a file makes of a name that it has imported; a name that hides it counts as it, which errs towards more uses. Pure. */
export function useOfName({ source }: TypedModule, binding: TypeScript.Identifier): NameUse {
  const members = new Set<string>();
  const use = { isValue: false, isType: false, isCalled: false, isPassed: false };
  walk(source, (node) => {
    if (!ts.isIdentifier(node) || node.text !== binding.text || node === binding || isPropertyName(node)) return;
    if (isInType(node)) {
      use.isType = true;
      return;
    }
    use.isValue = true;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) members.add(parent.name.text);
    else if (isCallee(node)) use.isCalled = true;
    else use.isPassed = true;
  });
  return { ...use, members };
}

function isCallee(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent)) return parent.tag === node;
  if (ts.isExpressionWithTypeArguments(parent)) return true;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node;
}

function specifierOf(node: TypeScript.Node): TypeScript.StringLiteralLike | undefined {
  const text = (one: TypeScript.Node | undefined) =>
    one !== undefined && ts.isStringLiteralLike(one) ? one : undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return text(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return text(node.expression);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? text(node.argument.literal) : undefined;
  if (ts.isModuleDeclaration(node)) return node.name.text.startsWith('.') ? text(node.name) : undefined;
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
    ? text(node.arguments[0])
    : undefined;
}

function isDeclared(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent);
  return isNamed && parent.name === node;
}

function isPropertyName(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  if (ts.isImportSpecifier(parent)) return true;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isEnumMember(parent) ||
      ts.isJsxAttribute(parent)) &&
    parent.name === node
  );
}

/** True where the compiler writes nothing for a name. */
export function isInType(node: TypeScript.Node): boolean {
  return (
    ts.findAncestor(node, (one) => {
      if (ts.isExpressionWithTypeArguments(one)) {
        const clause = one.parent;
        const isExtended = ts.isHeritageClause(clause) && clause.token === ts.SyntaxKind.ExtendsKeyword;
        return ts.isHeritageClause(clause) && !(isExtended && ts.isClassLike(clause.parent));
      }
      return ts.isTypeNode(one) || ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one);
    }) !== undefined
  );
}
