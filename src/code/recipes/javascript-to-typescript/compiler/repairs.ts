import { type Repair, statementAt } from '../../../compiler/repair.ts';
import type { Project } from '../../../compiler/virtual-tree.ts';
import { fromRoot } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';
import { assignedField } from '../types/class-types.ts';

/**
 * Fields that are `any` and of which no comment says so, with the types of all that is set on them, where those are known by
 * now. `unsaid` are the names of such fields by class, in the order of the file.
 */
export function fieldTypes(
  path: string,
  { checker, source }: Project,
  unsaid: readonly (readonly string[])[],
): readonly Repair[] {
  const file = source(path);
  const found: Repair[] = [];
  const classes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) classes.push(node);
    if (file !== undefined && ts.isPropertyDeclaration(node) && node.type?.kind === ts.SyntaxKind.AnyKeyword) {
      const name = node.name.getText(file);
      const isUnsaid = unsaid[classes.indexOf(node.parent)]?.includes(name) === true;
      const text = isUnsaid && ts.isClassLike(node.parent) ? assignedType(node.parent, name, checker) : undefined;
      const offset = node.type.getStart(file);
      if (text !== undefined)
        found.push({ path, offset, length: 'any'.length, text, statement: statementAt(file, offset) });
    }
    ts.forEachChild(node, visit);
  };
  if (file !== undefined) visit(file);
  return found;
}

function assignedType(node: ts.ClassLikeDeclaration, name: string, checker: ts.TypeChecker): string | undefined {
  const types = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (ts.isExpressionStatement(child) && assignedField(child) === name && ts.isBinaryExpression(child.expression)) {
      const type = checker.getBaseTypeOfLiteralType(checker.getTypeAtLocation(child.expression.right));
      types.add(checker.typeToString(type, child, ts.TypeFormatFlags.NoTruncation));
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  const all = [...types].sort();
  const isSaid = all.every((type) => /^[\w$.<>[\] ]+$/.test(type) && !/\b(any|never|unknown|typeof|void)\b/.test(type));
  return isSaid && all.some((type) => !/^(null|undefined)$/.test(type)) ? all.join(' | ') : undefined;
}

/**
 * What JavaScript may leave out and TypeScript may not, where an error shows it: a parameter that a call leaves out becomes
 * optional, and what is taken apart from a parameter with the default `{}` gets optional properties.
 */
export function neededEdits(error: ts.Diagnostic, project: Project): readonly Repair[] {
  const { file, start } = error;
  if (file === undefined || start === undefined) return [];
  if (error.code === 2554 || error.code === 2555) return leftOut(file, start, project);
  if (error.code === 2339 || error.code === 2525) return takenApart(file, start);
  return [];
}

/** Parameters that a call of a file leaves out which stays JavaScript, where the compiler finds no fault with that. */
export function leftOutByScript(path: string, { checker, source }: Project): readonly Repair[] {
  const found: Repair[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) found.push(...leftOutOf(node, checker));
    ts.forEachChild(node, visit);
  };
  const file = source(path);
  if (file !== undefined) visit(file);
  return found;
}

function leftOut(file: ts.SourceFile, start: number, { checker }: Project): readonly Repair[] {
  const call = ancestor(nodeAt(file, start), (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
  if (call === undefined || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return [];
  return leftOutOf(call, checker);
}

function leftOutOf(call: ts.CallExpression | ts.NewExpression, checker: ts.TypeChecker): readonly Repair[] {
  if (call.arguments?.some((one) => ts.isSpreadElement(one)) === true) return [];
  const declaration = checker.getResolvedSignature(call)?.declaration;
  if (declaration === undefined || ts.isJSDocSignature(declaration)) return [];
  const source = declaration.getSourceFile();
  const path = fromRoot(source.fileName);
  if (path === undefined || !/\.m?tsx?$/.test(path) || path.includes('node_modules/')) return [];
  const missing = declaration.parameters.slice(call.arguments?.length ?? 0);
  const isPlain = missing.every(
    ({ name, type, questionToken, initializer, dotDotDotToken }) =>
      dotDotDotToken !== undefined ||
      initializer !== undefined ||
      questionToken !== undefined ||
      (ts.isIdentifier(name) && type === undefined),
  );
  if (!isPlain) return [];
  return missing
    .filter(
      ({ questionToken, initializer, dotDotDotToken }) =>
        (questionToken ?? initializer ?? dotDotDotToken) === undefined,
    )
    .flatMap(({ name }) => {
      const statement = statementAt(source, name.end);
      const isBare = declaration.getChildren(source).every(({ kind }) => kind !== ts.SyntaxKind.OpenParenToken);
      if (!isBare) return [{ path, offset: name.end, length: 0, text: '?', statement }];
      return [
        { path, offset: name.getStart(source), length: 0, text: '(', statement },
        { path, offset: name.end, length: 0, text: '?)', statement },
      ];
    });
}

function takenApart(file: ts.SourceFile, start: number): readonly Repair[] {
  const path = fromRoot(file.fileName);
  const pattern = ancestor(
    nodeAt(file, start),
    (node) => ts.isObjectBindingPattern(node) && ts.isParameter(node.parent),
  );
  const parameter = pattern?.parent;
  if (path === undefined || pattern === undefined || parameter === undefined) return [];
  if (!ts.isObjectBindingPattern(pattern) || !ts.isParameter(parameter) || parameter.type !== undefined) return [];
  const value = parameter.initializer;
  const isEmpty = value !== undefined && ts.isObjectLiteralExpression(value) && value.properties.length === 0;
  if (!isEmpty || pattern.elements.some(({ dotDotDotToken }) => dotDotDotToken !== undefined)) return [];
  const members = pattern.elements.map(({ name, propertyName, initializer }) => {
    const key = (propertyName ?? name).getText(file);
    return `${key}?: ${initializer === undefined ? 'any' : literalType(initializer)}`;
  });
  return [
    {
      path,
      offset: pattern.end,
      length: 0,
      text: `: { ${members.join('; ')} }`,
      statement: statementAt(file, pattern.end),
    },
  ];
}

function literalType(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return 'string';
  if (ts.isNumericLiteral(node) || (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)))
    return 'number';
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return 'boolean';
  return 'any';
}

function nodeAt(file: ts.SourceFile, offset: number): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > offset || node.end <= offset) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

function ancestor(node: ts.Node, is: (node: ts.Node) => boolean): ts.Node | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (is(at)) return at;
  return undefined;
}

/** The statements that may have brought an error about: its own, and those of what it calls. */
export function suspects(error: ts.Diagnostic, { checker }: Project): readonly string[] {
  const { file, start } = error;
  if (file === undefined || start === undefined) return [];
  const own = `${fromRoot(file.fileName)}#${statementAt(file, start)}`;
  const call = ancestor(nodeAt(file, start), (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
  if (call === undefined || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return [own];
  const declaration = checker.getResolvedSignature(call)?.declaration;
  if (declaration === undefined) return [own];
  const source = declaration.getSourceFile();
  return [own, `${fromRoot(source.fileName)}#${statementAt(source, declaration.getStart(source))}`];
}
