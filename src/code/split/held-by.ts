import ts from '../typescript.cts';

/** Why statements cannot stand in another module of their own; undefined where they can. */
export function heldBy(statements: readonly ts.Statement[], file: ts.SourceFile): string | undefined {
  for (const one of statements) {
    const why = whyHeld(one, file);
    if (why !== undefined) return why;
  }
  return undefined;
}

function whyHeld(node: ts.Statement, file: ts.SourceFile): string | undefined {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return 'it is the default export';
  if (ts.isModuleDeclaration(node) && !ts.isIdentifier(node.name)) return 'it adds to another module';
  if (ts.isModuleDeclaration(node) && node.name.text === 'global') return 'it declares globals';
  if (ts.isVariableStatement(node)) return variable(node, file) ?? ownPlace(node);
  const isDeclaration =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node);
  return isDeclaration ? ownPlace(node) : 'it declares nothing: it runs when the module is loaded';
}

function variable(node: ts.VariableStatement, file: ts.SourceFile): string | undefined {
  const { declarations, flags } = node.declarationList;
  if (declarations.some(({ name }) => !ts.isIdentifier(name))) return 'it takes a value apart';
  if (declarations.length > 1) return 'it declares several names in one statement';
  const [first] = declarations;
  if ((flags & ts.NodeFlags.Const) !== 0 || first === undefined || !ts.isIdentifier(first.name)) return undefined;
  return isWritten(first.name.text, file)
    ? 'it is a variable that is assigned again, which only its own module may do'
    : undefined;
}

function isWritten(name: string, file: ts.SourceFile): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    const target = ts.isBinaryExpression(node) ? writtenBy(node) : stepped(node);
    if (target !== undefined && namesIn(target).includes(name)) found = true;
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function writtenBy({ left, operatorToken: { kind } }: ts.BinaryExpression): ts.Node | undefined {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment ? left : undefined;
}

function stepped(node: ts.Node): ts.Node | undefined {
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return node.initializer;
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return undefined;
  const steps = [ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken];
  return steps.some((kind) => kind === node.operator) ? node.operand : undefined;
}

function namesIn(node: ts.Node): readonly string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return [];
  const names: string[] = [];
  ts.forEachChild(node, (child) => {
    names.push(...namesIn(child));
  });
  return names;
}

/** What asks where it stands gets another answer in another module. */
function ownPlace(node: ts.Node): string | undefined {
  let why: string | undefined;
  const visit = (one: ts.Node): void => {
    if (why !== undefined) return;
    if (ts.isMetaProperty(one) && one.keywordToken === ts.SyntaxKind.ImportKeyword)
      why = 'it asks where its module stands (`import.meta`)';
    else if (ts.isIdentifier(one) && /^__(dirname|filename)$/.test(one.text))
      why = `it asks where its module stands (\`${one.text}\`)`;
    else if (ts.isCallExpression(one) && isLoading(one)) why = 'it loads a module by a call in it';
    else if (ts.isCallExpression(one) && ts.isIdentifier(one.expression) && one.expression.text === 'eval')
      why = 'it calls `eval`, which sees every name of its module';
    else if (ts.isImportTypeNode(one)) why = 'it names a module in a type';
    else ts.forEachChild(one, visit);
  };
  visit(node);
  return why;
}

function isLoading({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(expression) && expression.text === 'require';
}
