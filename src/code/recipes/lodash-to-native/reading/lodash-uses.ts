import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import { type ModuleMeaning, moduleMeaning } from './module-meaning.ts';

/** A name of a file that stands for lodash, or for one of its functions. */
export type LodashName = {
  readonly name: TypeScript.Identifier;
  /** Undefined for all of them. */
  readonly method: string | undefined;
  readonly package: string;
  /** What goes when it is not used: the specifier, clause, declarator or element that binds it. */
  readonly binder: TypeScript.Node;
};

/** What a file does with lodash. */
export type LodashUse =
  | {
      readonly kind: 'call';
      readonly method: string;
      readonly package: string;
      readonly call: TypeScript.CallExpression;
    }
  /** A function that is handed on. */
  | { readonly kind: 'value'; readonly method: string; readonly package: string; readonly node: TypeScript.Expression }
  /** `label` counts it: a chain, a type, another style. */
  | {
      readonly kind: 'other';
      readonly label: string;
      readonly package: string;
      readonly node: TypeScript.Node;
      readonly why: string;
    };

/** A file that names lodash. */
export type LodashFile = {
  readonly path: string;
  readonly source: TypeScript.SourceFile;
  readonly names: readonly LodashName[];
  readonly uses: readonly LodashUse[];
  /** Names of lodash that nothing uses. */
  readonly unused: readonly LodashName[];
};

type Reading = {
  readonly checker: TypeScript.TypeChecker;
  readonly methods: ReadonlySet<string>;
  /** The range in which a file has a package, where that is not version 4. */
  otherVersion(path: string, name: string): string | undefined;
};

/** Finds the names of lodash in a file, and every use of them by their binding. Pure. */
export function lodashFile(path: string, source: TypeScript.SourceFile, reading: Reading): LodashFile {
  const names: LodashName[] = [];
  const uses: LodashUse[] = [];
  for (const node of nodesBelow(source)) {
    if (!ts.isStringLiteralLike(node) || !isSpecifier(node)) continue;
    const meaning = moduleMeaning(node.text, reading.methods);
    if (meaning === undefined) continue;
    const version = reading.otherVersion(path, meaning.package);
    const bound = isTypeOnly(node) || version !== undefined ? undefined : boundBy(node, meaning);
    if (bound === undefined) uses.push(otherUse(node, meaning, version));
    else names.push(...bound);
  }
  const used = new Set<LodashName>();
  const written = names.filter((one) => isWritten(one, source, reading));
  for (const { name, package: owner } of written)
    uses.push({
      kind: 'other',
      label: 'modules',
      package: owner,
      node: name,
      why: 'The name is given another value later.',
    });
  for (const node of nodesBelow(source)) {
    if (!ts.isIdentifier(node)) continue;
    const name = names.find(
      (one) => one.name !== node && one.name.text === node.text && isSame(one.name, node, reading),
    );
    if (name === undefined) continue;
    used.add(name);
    if (!written.includes(name)) uses.push(useOf(node, name));
  }
  return { path, source, names, uses, unused: names.filter((one) => !used.has(one)) };
}

function isWritten({ name }: LodashName, source: TypeScript.SourceFile, reading: Reading): boolean {
  for (const node of nodesBelow(source)) {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text) continue;
    const { parent } = node;
    if (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent) && isSame(name, node, reading))
      return true;
  }
  return false;
}

function isAssignment({ operatorToken: { kind } }: TypeScript.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isSpecifier(node: TypeScript.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent))
    return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  return ts.isCallExpression(parent) && parent.arguments[0] === node && naming.test(parent.expression.getText());
}

const naming = /^(require(\.resolve)?|import|(jest|vi|td)\.\w+|proxyquire\w*|rewiremock\w*)$/;

function isTypeOnly({ parent }: TypeScript.Node): boolean {
  return ts.isImportDeclaration(parent) && parent.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function otherUse(node: TypeScript.StringLiteralLike, meaning: ModuleMeaning, version: string | undefined): LodashUse {
  const shared = { kind: 'other', package: meaning.package, node } as const;
  if (version !== undefined) {
    const why = `package.json has it as \`${version}\`, and equality is proven for version 4.`;
    return { ...shared, label: 'another version', why };
  }
  if (meaning.kind === 'fp')
    return {
      ...shared,
      label: 'lodash/fp',
      why: 'Functions of `lodash/fp` take their arguments in another order, one by one.',
    };
  if (meaning.kind === 'part') return { ...shared, label: node.text, why: `\`${node.text}\` is not looked into.` };
  if (isTypeOnly(node)) return { ...shared, label: 'types', why: 'A type of lodash is used.' };
  return { ...shared, label: 'modules', why: 'The module is handed on, mocked or loaded in a way that binds no name.' };
}

/** Undefined where the names are not to be followed. */
function boundBy(node: TypeScript.StringLiteralLike, meaning: ModuleMeaning): readonly LodashName[] | undefined {
  if (meaning.kind === 'fp' || meaning.kind === 'part') return undefined;
  const method = meaning.kind === 'method' ? meaning.method : undefined;
  const bind = (name: TypeScript.Identifier, binder: TypeScript.Node, one = method): LodashName => ({
    name,
    binder,
    method: one,
    package: meaning.package,
  });
  const { parent } = node;
  if (ts.isImportDeclaration(parent)) return boundByImport(parent, bind);
  if (ts.isExternalModuleReference(parent))
    return ts.isImportEqualsDeclaration(parent.parent) ? [bind(parent.parent.name, parent.parent)] : undefined;
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== 'require') return undefined;
  const { parent: holder } = parent;
  const isMember = ts.isPropertyAccessExpression(holder) && method === undefined;
  const declaration = isMember ? holder.parent : holder;
  if (!ts.isVariableDeclaration(declaration)) return undefined;
  if (ts.isIdentifier(declaration.name))
    return [bind(declaration.name, declaration, isMember ? holder.name.text : method)];
  if (isMember || method !== undefined || !ts.isObjectBindingPattern(declaration.name)) return undefined;
  return boundByPattern(declaration.name, bind);
}

type Bind = (name: TypeScript.Identifier, binder: TypeScript.Node, method?: string) => LodashName;

function boundByImport({ importClause }: TypeScript.ImportDeclaration, bind: Bind): readonly LodashName[] {
  if (importClause === undefined) return [];
  const { name, namedBindings } = importClause;
  const whole = name === undefined ? [] : [bind(name, importClause)];
  if (namedBindings === undefined) return whole;
  if (ts.isNamespaceImport(namedBindings)) return [...whole, bind(namedBindings.name, namedBindings)];
  return [
    ...whole,
    ...namedBindings.elements.map((one) => {
      const imported = (one.propertyName ?? one.name).text;
      return imported === 'default' ? bind(one.name, one) : bind(one.name, one, imported);
    }),
  ];
}

function boundByPattern(pattern: TypeScript.ObjectBindingPattern, bind: Bind): readonly LodashName[] | undefined {
  const names: LodashName[] = [];
  for (const one of pattern.elements) {
    const key = one.propertyName ?? one.name;
    const isPlain = one.initializer === undefined && one.dotDotDotToken === undefined;
    if (!isPlain || !ts.isIdentifier(one.name) || !ts.isIdentifier(key)) return undefined;
    names.push(bind(one.name, one, key.text));
  }
  return names;
}

function isSame(name: TypeScript.Identifier, node: TypeScript.Identifier, { checker }: Reading): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent) === symbol;
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent) === symbol;
  return checker.getSymbolAtLocation(node) === symbol;
}

function useOf(node: TypeScript.Identifier, name: LodashName): LodashUse {
  const { parent } = node;
  const shared = { package: name.package } as const;
  if (name.method !== undefined) return functionUse(node, name.method, name.package);
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    if (parent.name.text === 'chain')
      return {
        ...shared,
        kind: 'other',
        label: 'chains',
        node: parent,
        why: 'A chain of lodash may put off its work, and does not run it for what is not asked for.',
      };
    return functionUse(parent, parent.name.text, name.package);
  }
  if (ts.isCallExpression(parent) && parent.expression === node)
    return {
      ...shared,
      kind: 'other',
      label: 'chains',
      node,
      why: 'A chain of lodash may put off its work, and does not run it for what is not asked for.',
    };
  if (ts.isQualifiedName(parent))
    return { ...shared, kind: 'other', label: 'types', node: parent, why: 'A type of lodash is used.' };
  return { ...shared, kind: 'other', label: 'modules', node, why: 'lodash as a whole is handed on.' };
}

function functionUse(callee: TypeScript.Expression, method: string, owner: string): LodashUse {
  const { parent } = callee;
  const shared = { package: owner } as const;
  if (ts.isCallExpression(parent) && parent.expression === callee)
    return { ...shared, kind: 'call', method, call: parent };
  return isType(callee)
    ? { ...shared, kind: 'other', label: 'types', node: callee, why: 'A type of lodash is used.' }
    : { ...shared, kind: 'value', method, node: callee };
}

function isType({ parent }: TypeScript.Node): boolean {
  return ts.isTypeNode(parent) || ts.isTypeQueryNode(parent) || ts.isExpressionWithTypeArguments(parent);
}
