import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';

/** A use of a name, with the scope in which it is declared; `free` where the file does not declare it. */
export type Reference = {
  readonly node: TypeScript.Identifier;
  readonly scope: 'module' | 'inner' | 'free';
  readonly isWrite: boolean;
};

/** The names of a file and where they are used, as strict code reads them. */
export type Names = {
  readonly references: readonly Reference[];
  /** Names of the module scope, with how often each is declared. */
  readonly declared: ReadonlyMap<string, number>;
  /** Names that any scope within declares. */
  readonly inner: ReadonlySet<string>;
  /** Where the name that an identifier stands for, or declares, is declared; undefined for a free one. */
  readonly homeOf: (node: TypeScript.Identifier) => Home | undefined;
};

/** What opens the scope that declares a name, and how often it declares it. */
export type Home = { readonly node: TypeScript.Node; readonly count: number };

type Scope = { readonly names: Map<string, number>; readonly parent: Scope | undefined };

/** Finds what every name of a file stands for. Pure. */
export function namesOf(source: TypeScript.SourceFile): Names {
  const references: Reference[] = [];
  const inner = new Set<string>();
  const top: Scope = { names: new Map(), parent: undefined };
  const scopes = new Map<TypeScript.Node, Scope>([[source, top]]);
  hoistVars(source, top);
  declareBlock(source.statements, top);
  const open = (parent: Scope, fill: (scope: Scope) => void): Scope => {
    const scope: Scope = { names: new Map(), parent };
    fill(scope);
    for (const name of scope.names.keys()) inner.add(name);
    return scope;
  };
  const visit = (node: TypeScript.Node, scope: Scope): void => {
    if (ts.isIdentifier(node)) {
      if (isReference(node)) references.push({ node, scope: scopeOf(node.text, scope), isWrite: isWritten(node) });
      return;
    }
    const own = scopeIn(node, scope, open);
    if (own !== scope) scopes.set(node, own);
    ts.forEachChild(node, (child) => visit(child, own));
  };
  ts.forEachChild(source, (child) => visit(child, top));
  return { references, declared: top.names, inner, homeOf: (node) => homeIn(scopes, node) };
}

function homeIn(scopes: ReadonlyMap<TypeScript.Node, Scope>, node: TypeScript.Identifier): Home | undefined {
  const { parent } = node;
  const isOutside = (ts.isFunctionDeclaration(parent) || ts.isClassDeclaration(parent)) && parent.name === node;
  for (let at: TypeScript.Node | undefined = isOutside ? parent.parent : parent; at !== undefined; at = at.parent) {
    const count = scopes.get(at)?.names.get(node.text);
    if (count !== undefined) return { node: at, count };
  }
  return undefined;
}

function scopeOf(name: string, scope: Scope): Reference['scope'] {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.names.has(name)) return at.parent === undefined ? 'module' : 'inner';
  }
  return 'free';
}

function scopeIn(
  node: TypeScript.Node,
  scope: Scope,
  open: (parent: Scope, fill: (scope: Scope) => void) => Scope,
): Scope {
  if (ts.isFunctionLike(node)) {
    return open(scope, (own) => {
      if (ts.isFunctionExpression(node) && node.name !== undefined) declare(node.name, own);
      for (const parameter of node.parameters) declare(parameter.name, own);
      if (!ts.isArrowFunction(node)) own.names.set('arguments', 1);
      const body = 'body' in node ? node.body : undefined;
      if (body !== undefined) hoistVars(body, own);
    });
  }
  if (ts.isClassExpression(node) || ts.isClassStaticBlockDeclaration(node))
    return open(scope, (own) => {
      if (ts.isClassExpression(node) && node.name !== undefined) declare(node.name, own);
      if (ts.isClassStaticBlockDeclaration(node)) hoistVars(node.body, own);
    });
  if (ts.isBlock(node)) return open(scope, (own) => declareBlock(node.statements, own));
  if (ts.isCaseBlock(node))
    return open(scope, (own) => {
      for (const clause of node.clauses) declareBlock(clause.statements, own);
    });
  if (ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node))
    return open(scope, (own) => {
      const { initializer } = node;
      if (initializer !== undefined && ts.isVariableDeclarationList(initializer) && !isVar(initializer))
        for (const one of initializer.declarations) declare(one.name, own);
    });
  if (ts.isCatchClause(node))
    return open(scope, (own) => {
      if (node.variableDeclaration !== undefined) declare(node.variableDeclaration.name, own);
    });
  return scope;
}

function declare(name: TypeScript.BindingName, scope: Scope): void {
  if (ts.isIdentifier(name)) {
    scope.names.set(name.text, (scope.names.get(name.text) ?? 0) + 1);
    return;
  }
  for (const element of name.elements) if (ts.isBindingElement(element)) declare(element.name, scope);
}

function isVar(list: TypeScript.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

/** Declares every `var` of a function or file, not those of functions within. */
function hoistVars(node: TypeScript.Node, scope: Scope): void {
  ts.forEachChild(node, (child) => {
    if (ts.isFunctionLike(child) || ts.isClassStaticBlockDeclaration(child)) return;
    if (ts.isVariableDeclarationList(child) && isVar(child))
      for (const one of child.declarations) declare(one.name, scope);
    hoistVars(child, scope);
  });
}

function declareBlock(statements: readonly TypeScript.Statement[], scope: Scope): void {
  for (const statement of statements) {
    if (ts.isVariableStatement(statement) && !isVar(statement.declarationList))
      for (const one of statement.declarationList.declarations) declare(one.name, scope);
    if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name !== undefined)
      declare(statement.name, scope);
    if (ts.isImportDeclaration(statement)) declareImports(statement, scope);
  }
}

function declareImports({ importClause }: TypeScript.ImportDeclaration, scope: Scope): void {
  if (importClause === undefined) return;
  if (importClause.name !== undefined) declare(importClause.name, scope);
  const { namedBindings } = importClause;
  if (namedBindings === undefined) return;
  if (ts.isNamespaceImport(namedBindings)) declare(namedBindings.name, scope);
  else for (const one of namedBindings.elements) declare(one.name, scope);
}

/** False for the name of a property, a label, and what declares. */
function isReference(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isPropertyAssignment(parent))
    return parent.initializer === node;
  if (ts.isPropertyDeclaration(parent)) return parent.initializer === node;
  if (ts.isFunctionLike(parent)) return ts.isArrowFunction(parent) && parent.body === node;
  if (ts.isClassLike(parent) || ts.isMetaProperty(parent) || ts.isJsxAttribute(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isImportClause(parent) || ts.isImportSpecifier(parent) || ts.isNamespaceImport(parent)) return false;
  return !(ts.isJsxOpeningLikeElement(parent) && /^[a-z]/.test(node.text));
}

function isWritten(node: TypeScript.Identifier): boolean {
  return isTarget(node);
}

/** True for what an assignment, `++`, `delete` or a loop gives a value to. */
export function isTarget(node: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent)) return isTarget(parent);
  if (ts.isBinaryExpression(parent))
    return (
      parent.left === node &&
      parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
    );
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isForInStatement(parent) || ts.isForOfStatement(parent)) return parent.initializer === node;
  if (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent)) return isTarget(parent);
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return isTarget(parent.parent);
  if (ts.isShorthandPropertyAssignment(parent)) return isTarget(parent.parent);
  return false;
}
