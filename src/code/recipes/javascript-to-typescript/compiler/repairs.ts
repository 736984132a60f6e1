import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { assignedField } from '../types/class-types.ts';
import type { Project } from './virtual-tree.ts';
import { absolute, fromRoot } from './virtual-tree.ts';

/** An edit with the top-level statement in which it stands: by it the edit is taken back where it makes an error. */
export type Repair = TextEdit & { readonly path: string; readonly statement: number };

/** Types that say no more than what an operator or a method of a parameter says. */
const plainType =
  /^: (string|number|boolean|bigint|undefined|null|Date|RegExp)(\[\])?( \| (string|number|boolean|undefined|null))*$/;

const format = ts.getDefaultFormatCodeSettings('\n');

/** Types of parameters and variables without any, from how they are used, as the compiler's own code fix finds them. */
export function inferredTypes(path: string, { service, source }: Project): readonly Repair[] {
  const file = source(path);
  if (file === undefined) return [];
  const { changes } = service.getCombinedCodeFix(
    { type: 'file', fileName: absolute(path) },
    'inferFromUsage',
    format,
    {},
  );
  const all = changes.filter(({ fileName }) => fileName === absolute(path)).flatMap(({ textChanges }) => textChanges);
  if (all.some(({ newText, span }) => span.length > 0 || /\bimport\b/.test(newText))) return [];
  const typed = all.filter(({ newText, span }) => {
    if (!/^: /.test(newText) || /\b(any|unknown|never)\b|=>.*=>|^: (undefined|null)$/.test(newText)) return false;
    return plainType.test(newText) || !isExported(file, span.start);
  });
  const kept = all.filter(
    (change) =>
      typed.includes(change) ||
      (/^[()]$/.test(change.newText) &&
        typed.some(
          ({ span }) =>
            Math.abs(span.start - change.span.start) < 200 && isSameArrow(file, span.start, change.span.start),
        )),
  );
  return kept.map(({ span, newText }) => ({
    path,
    offset: span.start,
    length: 0,
    text: newText,
    statement: statementAt(file, span.start),
  }));
}

/** True in a statement that others import from: who calls it is not all known, so that only plain types are taken for it. */
function isExported(file: ts.SourceFile, offset: number): boolean {
  const statement = file.statements[statementAt(file, offset)];
  if (statement === undefined || ts.isExportAssignment(statement)) return true;
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const names = file.statements.flatMap((one) =>
    ts.isExportDeclaration(one) && one.exportClause !== undefined && ts.isNamedExports(one.exportClause)
      ? one.exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : [],
  );
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) || declares(statement, names);
}

function declares(statement: ts.Statement, names: readonly string[]): boolean {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name !== undefined && names.includes(statement.name.text);
  return (
    ts.isVariableStatement(statement) &&
    statement.declarationList.declarations.some(({ name }) => ts.isIdentifier(name) && names.includes(name.text))
  );
}

/** True where both places stand around the one parameter of an arrow function. */
function isSameArrow(file: ts.SourceFile, one: number, other: number): boolean {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  return /^[\w$]*$/.test(file.text.slice(from, to));
}

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

/** The number of the statement of a file in which a place stands. */
export function statementAt(file: ts.SourceFile, offset: number): number {
  return file.statements.findIndex((one) => one.pos <= offset && offset <= one.end);
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

function leftOut(file: ts.SourceFile, start: number, { checker }: Project): readonly Repair[] {
  const call = ancestor(nodeAt(file, start), (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
  if (call === undefined || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return [];
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
