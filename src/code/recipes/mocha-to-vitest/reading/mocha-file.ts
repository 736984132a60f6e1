import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import type { RecipeFile } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { Callback } from '../../../vitest/promised-callback.ts';
import { isDeclared, requiredModule } from '../../../vitest/source-names.ts';

/** What a global of Mocha declares, and how Vitest spells it. */
type Global = { readonly role: 'suite' | 'test' | 'hook'; readonly name: string };

/** Vitest's own names of hooks stand in what is rewritten already. */
const hooks = {
  beforeAll: { role: 'hook', name: 'beforeAll' },
  afterAll: { role: 'hook', name: 'afterAll' },
  beforeEach: { role: 'hook', name: 'beforeEach' },
  afterEach: { role: 'hook', name: 'afterEach' },
} as const;
const globalsOf: Readonly<Record<'bdd' | 'tdd', Readonly<Record<string, Global>>>> = {
  bdd: {
    describe: { role: 'suite', name: 'describe' },
    context: { role: 'suite', name: 'describe' },
    xdescribe: { role: 'suite', name: 'describe.skip' },
    xcontext: { role: 'suite', name: 'describe.skip' },
    it: { role: 'test', name: 'it' },
    specify: { role: 'test', name: 'it' },
    xit: { role: 'test', name: 'it.skip' },
    xspecify: { role: 'test', name: 'it.skip' },
    before: { role: 'hook', name: 'beforeAll' },
    after: { role: 'hook', name: 'afterAll' },
    ...hooks,
  },
  tdd: {
    ...hooks,
    suite: { role: 'suite', name: 'suite' },
    test: { role: 'test', name: 'test' },
    suiteSetup: { role: 'hook', name: 'beforeAll' },
    suiteTeardown: { role: 'hook', name: 'afterAll' },
    setup: { role: 'hook', name: 'beforeEach' },
    teardown: { role: 'hook', name: 'afterEach' },
  },
};

/** A call that declares a suite, a test or a hook. */
export type Declaration = {
  readonly role: Global['role'];
  readonly call: ts.CallExpression;
  /** Undefined where it is pending, or names a function that stands elsewhere. */
  readonly callback: Callback | undefined;
  /** Vitest's name of what is called. */
  readonly name: string;
};

/** A source as Mocha runs it. */
export type MochaFile = {
  readonly path: string;
  readonly text: string;
  readonly root: ts.SourceFile;
  readonly isTypescript: boolean;
  /** It imports or exports, so that Vitest's names can be imported as well. */
  readonly isModule: boolean;
  readonly nodes: readonly ts.Node[];
  /** Uses of Mocha's globals, and what Vitest calls them. */
  readonly globals: ReadonlyMap<ts.Identifier, Global>;
  /** Names of the file's own that globals are taken under, which they keep. */
  readonly aliases: ReadonlyMap<string, Global>;
  /** Imports of Mocha itself. */
  readonly imports: readonly ts.Statement[];
  readonly declarations: readonly Declaration[];
};

/** Reads a source; undefined where it names no global of Mocha. Names that it declares or imports from elsewhere are its own. */
export function mochaFile({ path, text }: Pick<RecipeFile, 'path' | 'text'>, ui: 'bdd' | 'tdd'): MochaFile | undefined {
  const known = globalsOf[ui];
  if (!Object.keys(known).some((name) => text.includes(name))) return undefined;
  const root = parseSource(path, text);
  const nodes = [...nodesBelow(root)];
  const imports = root.statements.filter((one) => isOfMocha(one, known));
  const familiar = [...imports, ...root.statements.filter(isOfVitest)];
  const own = new Set(
    Object.keys(known).filter((name) =>
      nodes.some((node) => isDeclared(node, name) && !familiar.some((one) => isWithin(node, one))),
    ),
  );
  const aliases = aliasesIn(familiar, known);
  const globals = new Map<ts.Identifier, Global>();
  for (const node of nodes) {
    if (!ts.isIdentifier(node) || own.has(node.text) || !isUse(node)) continue;
    const global = Object.hasOwn(known, node.text) ? known[node.text] : aliases.get(node.text);
    if (global !== undefined && !familiar.some((one) => isWithin(node, one))) globals.set(node, global);
  }
  if (globals.size === 0) return undefined;
  const isModule = root.statements.some(
    (one) =>
      ts.isImportDeclaration(one) || ts.isExportDeclaration(one) || ts.isExportAssignment(one) || isExported(one),
  );
  const declarations = nodes.flatMap((node) => declarationOf(node, globals, nodes));
  const isTypescript = /\.[cm]?tsx?$/.test(path);
  return { path, text, root, isTypescript, isModule, nodes, globals, aliases, imports, declarations };
}

type Known = Readonly<Record<string, Global>>;

/** `import { describe as suite }`, `const { it: check } = …`: by the name that the file has for it. */
function aliasesIn(statements: readonly ts.Statement[], known: Known): ReadonlyMap<string, Global> {
  const aliases = new Map<string, Global>();
  for (const statement of statements) {
    for (const { name, propertyName } of elementsOf(statement)) {
      const global = propertyName === undefined ? undefined : known[propertyName.getText()];
      if (global !== undefined && name.getText() !== propertyName?.getText()) aliases.set(name.getText(), global);
    }
  }
  return aliases;
}

function elementsOf(statement: ts.Statement): readonly (ts.ImportSpecifier | ts.BindingElement)[] {
  if (ts.isImportDeclaration(statement)) {
    const list = statement.importClause?.namedBindings;
    return list !== undefined && ts.isNamedImports(list) ? list.elements : [];
  }
  const declarations = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  return declarations.flatMap(({ name }) => (ts.isObjectBindingPattern(name) ? name.elements : []));
}

/** Is it a global under its own name, or one that Vitest exports as well under another? */
function isTakable({ name, propertyName }: ts.ImportSpecifier | ts.BindingElement, known: Known): boolean {
  const key = (propertyName ?? name).getText();
  if (!Object.hasOwn(known, key) || !ts.isIdentifier(name)) return false;
  return propertyName === undefined || name.text === key || known[key]?.name.includes('.') === false;
}

/** Names of globals alone. */
function isOfMocha(statement: ts.Statement, known: Known): boolean {
  if (ts.isImportDeclaration(statement)) {
    const list = statement.importClause?.namedBindings;
    if (!ts.isStringLiteral(statement.moduleSpecifier) || statement.moduleSpecifier.text !== 'mocha') return false;
    if (list === undefined || !ts.isNamedImports(list) || statement.importClause?.name !== undefined) return false;
    return list.elements.every((one) => isTakable(one, known));
  }
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return false;
  const [only] = statement.declarationList.declarations;
  if (only === undefined || !ts.isObjectBindingPattern(only.name) || requiredModule(only.initializer) !== 'mocha')
    return false;
  return only.name.elements.every((one) => isTakable(one, known));
}

/** An import of Vitest, or names taken from its globals. */
function isOfVitest(statement: ts.Statement): boolean {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.every(({ initializer }) => initializer?.getText() === 'globalThis');
  return (
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    statement.moduleSpecifier.text === 'vitest'
  );
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** Not a property of something else, a key, or a type. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  const isKey =
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isBindingElement(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isJsxAttribute(parent) ||
    ts.isTypeReferenceNode(parent) ||
    ts.isQualifiedName(parent);
  return !isKey;
}

function declarationOf(
  node: ts.Node,
  globals: ReadonlyMap<ts.Identifier, Global>,
  nodes: readonly ts.Node[],
): readonly Declaration[] {
  if (!ts.isCallExpression(node)) return [];
  const global = globalOf(node.expression, globals, nodes);
  if (global === undefined) return [];
  const callback = node.arguments.find(
    (one): one is Callback => ts.isFunctionExpression(one) || ts.isArrowFunction(one),
  );
  return [{ ...global, call: node, callback }];
}

/** What is called: a global, `.only` or `.skip` of one, a choice between two, or a name given to one. */
function globalOf(
  callee: ts.Expression,
  globals: ReadonlyMap<ts.Identifier, Global>,
  nodes: readonly ts.Node[],
  depth = 0,
): Global | undefined {
  if (depth > 5) return undefined;
  if (ts.isParenthesizedExpression(callee)) return globalOf(callee.expression, globals, nodes, depth + 1);
  if (ts.isConditionalExpression(callee))
    return (
      globalOf(callee.whenTrue, globals, nodes, depth + 1) ?? globalOf(callee.whenFalse, globals, nodes, depth + 1)
    );
  if (ts.isPropertyAccessExpression(callee))
    return /^(only|skip)$/.test(callee.name.text) ? globalOf(callee.expression, globals, nodes, depth + 1) : undefined;
  if (!ts.isIdentifier(callee)) return undefined;
  const own = globals.get(callee);
  if (own !== undefined) return own;
  const declared = nodes.find(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === callee.text,
  )?.initializer;
  return declared === undefined ? undefined : globalOf(declared, globals, nodes, depth + 1);
}

/** The suite around a declaration, or around anything within one. */
export function suiteAround(node: ts.Node, { declarations }: MochaFile): Declaration | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    const found = declarations.find(({ role, callback }) => role === 'suite' && callback === at);
    if (found !== undefined) return found;
  }
  return undefined;
}
