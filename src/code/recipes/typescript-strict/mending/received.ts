import { type Repair, statementAt } from '../../../compiler/repair.ts';
import { fromRoot, type Project } from '../../../compiler/virtual-tree.ts';
import ts from '../../../typescript.cts';

/** Something that a value goes to: its declaration with a type, and the value that it receives; undefined where it gets none. */
type Receipt = { readonly declaration: Typed; readonly value: ts.Expression | undefined };
type Typed =
  | ts.VariableDeclaration
  | ts.PropertyDeclaration
  | ts.PropertySignature
  | ts.ParameterDeclaration
  | ts.SignatureDeclaration;

/** Codes of errors about a value that its target does not take, or about a property that no constructor sets. */
const codes: ReadonlySet<number> = new Set([2322, 2345, 2375, 2379, 2412, 2564]);

/** `undefined` or `null` in the type of what receives it, where an error shows that it does and its type does not say so. */
export function receivedTypes(error: ts.Diagnostic, { checker, program }: Project): readonly Repair[] {
  if (error.file === undefined || error.start === undefined || !codes.has(error.code)) return [];
  const node = reported(error.file, { start: error.start, end: error.start + (error.length ?? 0) });
  const receipt = node === undefined ? undefined : receiptOf(wholeOf(node), checker);
  if (receipt === undefined) return [];
  const { declaration, value } = receipt;
  const source = value === undefined ? checker.getUndefinedType() : checker.getTypeAtLocation(value);
  const whole = widened(declaration, source, { checker, program });
  const type = typeNodeOf(declaration);
  if (whole.length > 0 || type === undefined) return whole;
  const target = checker.getNonNullableType(checker.getTypeFromTypeNode(type));
  return target.getProperties().flatMap((property) => {
    const given = source.getProperty(property.name);
    const own = given === undefined ? undefined : declaredBy(property);
    return given === undefined || own === undefined
      ? []
      : widened(own, checker.getTypeOfSymbol(given), { checker, program });
  });
}

/** A declaration whose type says what it lacks of a value, where it takes all else of it. */
function widened(
  declaration: Typed,
  source: ts.Type,
  { checker, program }: Pick<Project, 'checker' | 'program'>,
): readonly Repair[] {
  const file = declaration.getSourceFile();
  const path = fromRoot(file.fileName);
  const type = typeNodeOf(declaration);
  if (path === undefined || type === undefined || program.isSourceFileFromExternalLibrary(file)) return [];
  if (/(^|\/)node_modules\//.test(path)) return [];
  const words = missingWords(type, source, checker);
  if (words.length === 0) return [];
  const statement = statementAt(file, type.end);
  const end = { path, offset: type.end, length: 0, statement };
  const text = words.map((word) => ` | ${word}`).join('');
  if (!needsParentheses(type)) return [{ ...end, text }];
  return [
    { path, offset: type.getStart(file), length: 0, text: '(', statement },
    { ...end, text: `)${text}` },
  ];
}

/** The node of which an error speaks. */
function reported(
  file: ts.SourceFile,
  { start, end }: { readonly start: number; readonly end: number },
): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.end < end) return;
    if (node.getStart(file) === start && found === undefined && node.end <= Math.max(end, start + 1)) found = node;
    else if (found === undefined || node.getStart(file) < start) ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found ?? innermost(file, start);
}

function innermost(file: ts.SourceFile, start: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.end <= start) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** The value of which a branch or what parentheses hold is a part. */
function wholeOf(node: ts.Node): ts.Node {
  const { parent } = node;
  const isPart =
    ts.isParenthesizedExpression(parent) || (ts.isConditionalExpression(parent) && parent.condition !== node);
  return isPart ? wholeOf(parent) : node;
}

function receiptOf(node: ts.Node, checker: ts.TypeChecker): Receipt | undefined {
  const { parent } = node;
  if (ts.isReturnStatement(node)) return returned(node, node.expression, checker);
  if (ts.isReturnStatement(parent) && parent.expression === node) return returned(parent, parent.expression, checker);
  if (ts.isArrowFunction(parent) && parent.body === node && ts.isExpression(node))
    return { declaration: parent, value: node };
  if (
    (ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isParameter(parent)) &&
    parent.name === node
  )
    return { declaration: parent, value: parent.initializer };
  if (ts.isParameter(node) || ts.isPropertyDeclaration(node)) return { declaration: node, value: node.initializer };
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.left === node)
    return declared(checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node), parent.right);
  if ((ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) && parent.name === node)
    return propertyOf(parent, node, checker);
  if (ts.isJsxAttribute(parent) && parent.name === node) {
    const value = parent.initializer;
    const given = value !== undefined && ts.isJsxExpression(value) ? value.expression : undefined;
    const type = checker.getContextualType(parent.parent);
    return given === undefined ? undefined : declared(type?.getProperty(parent.name.getText()), given);
  }
  return argumentOf(node, checker);
}

function propertyOf(
  node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  name: ts.Node,
  checker: ts.TypeChecker,
): Receipt | undefined {
  const type = checker.getContextualType(node.parent);
  const plain = type === undefined ? undefined : checker.getNonNullableType(type);
  const value = ts.isPropertyAssignment(node) ? node.initializer : node.name;
  return declared(plain?.getProperty(name.getText()), value);
}

function argumentOf(node: ts.Node, checker: ts.TypeChecker): Receipt | undefined {
  const call = node.parent;
  if (!ts.isExpression(node) || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return undefined;
  const at = (call.arguments ?? ts.factory.createNodeArray()).indexOf(node);
  const declaration = checker.getResolvedSignature(call)?.declaration;
  if (at < 0 || declaration === undefined || ts.isJSDocSignature(declaration)) return undefined;
  const parameter = declaration.parameters[at];
  const isPlain = parameter !== undefined && ts.isParameter(parameter) && parameter.dotDotDotToken === undefined;
  return isPlain ? { declaration: parameter, value: node } : undefined;
}

function declared(symbol: ts.Symbol | undefined, value: ts.Expression): Receipt | undefined {
  const declaration = symbol === undefined ? undefined : declaredBy(symbol);
  return declaration === undefined ? undefined : { declaration, value };
}

/** The one declaration of something that has a type of its own. */
function declaredBy({ declarations = [] }: ts.Symbol): Typed | undefined {
  const [declaration, ...others] = declarations;
  if (declaration === undefined || others.length > 0) return undefined;
  const isTyped =
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertyDeclaration(declaration) ||
    ts.isPropertySignature(declaration) ||
    ts.isParameter(declaration);
  return isTyped ? declaration : undefined;
}

/** What a function returns goes to its own type; of a generator it does not. */
function returned(
  node: ts.ReturnStatement,
  value: ts.Expression | undefined,
  checker: ts.TypeChecker,
): Receipt | undefined {
  for (let at: ts.Node = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    const declaration = checker.getSignatureFromDeclaration(at)?.declaration;
    const isGenerator = 'asteriskToken' in at && at.asteriskToken !== undefined;
    return declaration === undefined || isGenerator || ts.isJSDocSignature(declaration)
      ? undefined
      : { declaration, value };
  }
  return undefined;
}

/** The type that is written of a declaration; of an async function that of its promise. */
function typeNodeOf(declaration: Typed): ts.TypeNode | undefined {
  const { type } = declaration;
  const isAsync =
    ts.isFunctionLike(declaration) &&
    ts.canHaveModifiers(declaration) &&
    ts.getModifiers(declaration)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  if (!isAsync || type === undefined) return type;
  return ts.isTypeReferenceNode(type) ? type.typeArguments?.[0] : undefined;
}

/** Words that a type lacks for a value, where it takes all else of it. */
function missingWords(node: ts.TypeNode, source: ts.Type, checker: ts.TypeChecker): readonly string[] {
  const target = checker.getTypeFromTypeNode(node);
  const wanted = partsOf(source).filter(({ flags }) => (flags & absent) !== 0);
  const there = new Set(partsOf(target).map(({ flags }) => flags & absent));
  const rest = checker.getNonNullableType(source);
  const takesRest = (rest.flags & ts.TypeFlags.Never) !== 0 || checker.isTypeAssignableTo(rest, target);
  if (!takesRest) return [];
  const flags = new Set(wanted.flatMap((part) => (there.has(part.flags & absent) ? [] : [part.flags & absent])));
  return [...flags].map((flag) => (flag === ts.TypeFlags.Null ? 'null' : 'undefined')).toSorted();
}

const absent = ts.TypeFlags.Undefined | ts.TypeFlags.Null;

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function needsParentheses(node: ts.TypeNode): boolean {
  return (
    ts.isFunctionTypeNode(node) ||
    ts.isConstructorTypeNode(node) ||
    ts.isConditionalTypeNode(node) ||
    ts.isInferTypeNode(node)
  );
}
