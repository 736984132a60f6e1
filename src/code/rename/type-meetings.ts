import ts from '../typescript.cts';

/** A value of one type that is taken as another type, at a node. Where nothing takes it, both are its own type. */
export type Meeting = { readonly at: ts.Node; readonly source: ts.Type; readonly target: ts.Type };

/**
 * Everywhere in a file where types meet: what is assigned, passed, returned and spread, the branches of which a type is made, what
 * type parameters are given, and what classes and guards claim.
 */
export function* typeMeetings(file: ts.SourceFile, checker: ts.TypeChecker): Generator<Meeting> {
  const pending: ts.Node[] = [file];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield* ofValue(node, checker);
    yield* ofParts(node, checker);
    yield* ofCall(node, checker);
    yield* ofDeclaration(node, checker);
    const children: ts.Node[] = [];
    ts.forEachChild(node, (child) => {
      children.push(child);
    });
    pending.push(...children.reverse());
  }
}

/** An expression in its context. */
function* ofValue(node: ts.Node, checker: ts.TypeChecker): Generator<Meeting> {
  if (ts.isIntersectionTypeNode(node)) {
    const type = checker.getTypeFromTypeNode(node);
    yield { at: node, source: type, target: type };
  }
  if (!ts.isExpression(node) || isNameOnly(node)) return;
  const source = checker.getTypeAtLocation(node);
  yield { at: node, source, target: isTakenApart(node) ? source : (checker.getContextualType(node) ?? source) };
}

/** True where the context is a pattern, whose names are those of what is taken apart; also `await` of it, or a branch. */
function isTakenApart(node: ts.Expression): boolean {
  const { parent } = node;
  const isWithin =
    ts.isAwaitExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    (ts.isBinaryExpression(parent) && joining.has(parent.operatorToken.kind));
  if (isWithin) return isTakenApart(parent);
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.type === undefined && ts.isBindingName(parent.name) && !ts.isIdentifier(parent.name);
  return ts.isBindingElement(parent) && !ts.isIdentifier(parent.name);
}

function isNameOnly(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  return ts.isStringLiteralLike(node) || ts.isTypeNode(parent);
}

/** Parts of which the compiler makes one type, which may be the type of one of them. */
function* ofParts(node: ts.Node, checker: ts.TypeChecker): Generator<Meeting> {
  const typeOf = (one: ts.Node): ts.Type => checker.getTypeAtLocation(one);
  const meet = (at: ts.Expression, target: ts.Type): Meeting => ({ at, source: typeOf(at), target });
  if (ts.isConditionalExpression(node)) {
    yield meet(node.whenTrue, typeOf(node));
    yield meet(node.whenFalse, typeOf(node));
  } else if (ts.isBinaryExpression(node) && joining.has(node.operatorToken.kind)) {
    yield meet(node.left, typeOf(node));
    yield meet(node.right, typeOf(node));
  } else if (ts.isBinaryExpression(node) && assigning.has(node.operatorToken.kind)) {
    yield* intoPattern(node.left, { at: node.right, source: typeOf(node.right), checker });
  } else if (ts.isArrayLiteralExpression(node)) {
    const element = elementOf(typeOf(node), checker);
    for (const one of element === undefined ? [] : node.elements) {
      const source = ts.isSpreadElement(one) ? elementOf(typeOf(one.expression), checker) : typeOf(one);
      if (source !== undefined && element !== undefined) yield { at: one, source, target: element };
    }
  } else if (ts.isForOfStatement(node) && !ts.isVariableDeclarationList(node.initializer)) {
    const source = elementOf(typeOf(node.expression), checker);
    if (source !== undefined) yield* intoPattern(node.initializer, { at: node.expression, source, checker });
  } else if (ts.isReturnStatement(node) && node.expression !== undefined) {
    yield* returned(node.expression, checker);
  } else if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
    yield* returned(node.body, checker);
  }
}

const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken } = ts.SyntaxKind;
const { EqualsToken, BarBarEqualsToken, QuestionQuestionEqualsToken, AmpersandAmpersandEqualsToken } = ts.SyntaxKind;
const joining: ReadonlySet<ts.SyntaxKind> = new Set([BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken]);
const assigning: ReadonlySet<ts.SyntaxKind> = new Set([
  EqualsToken,
  BarBarEqualsToken,
  QuestionQuestionEqualsToken,
  AmpersandAmpersandEqualsToken,
]);

type Taken = { readonly at: ts.Node; readonly source: ts.Type; readonly checker: ts.TypeChecker };

/** What is assigned to, also within `({ a: one } = value)` and `[one] = value`. */
function* intoPattern(left: ts.Expression, { at, source, checker }: Taken): Generator<Meeting> {
  if (ts.isParenthesizedExpression(left)) {
    yield* intoPattern(left.expression, { at, source, checker });
  } else if (ts.isObjectLiteralExpression(left)) {
    for (const property of left.properties) {
      if (!ts.isPropertyAssignment(property)) continue;
      const member = source.getProperty(property.name.getText().replace(/^['"]|['"]$/g, ''));
      const type = member === undefined ? undefined : checker.getTypeOfSymbol(member);
      if (type !== undefined) yield* intoPattern(property.initializer, { at, source: type, checker });
    }
  } else if (ts.isArrayLiteralExpression(left)) {
    const element = elementOf(source, checker);
    for (const one of element === undefined ? [] : left.elements)
      if (element !== undefined) yield* intoPattern(one, { at, source: element, checker });
  } else {
    yield { at, source, target: checker.getTypeAtLocation(left) };
  }
}

function* returned(expression: ts.Expression, checker: ts.TypeChecker): Generator<Meeting> {
  const holder = ts.findAncestor(expression.parent, ts.isFunctionLike);
  const signature = holder === undefined ? undefined : checker.getSignatureFromDeclaration(holder);
  if (signature === undefined) return;
  const [source, target] = [checker.getTypeAtLocation(expression), checker.getReturnTypeOfSignature(signature)];
  yield { at: expression, source, target };
  const [given, awaited] = [checker.getAwaitedType(source), checker.getAwaitedType(target)];
  if (given !== undefined && awaited !== undefined) yield { at: expression, source: given, target: awaited };
}

/** What is spread into a call, and what a generic function or component wants of its type parameters. */
function* ofCall(node: ts.Node, checker: ts.TypeChecker): Generator<Meeting> {
  if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
    const wanted = genericParameters(node, checker)[0];
    if (wanted !== undefined)
      yield { at: node, source: checker.getTypeAtLocation(node.attributes), target: wanted.type };
  }
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
  const wanted = genericParameters(node, checker);
  for (const [at, argument] of (node.arguments ?? []).entries()) {
    const isSpread = ts.isSpreadElement(argument);
    const source = checker.getTypeAtLocation(isSpread ? argument.expression : argument);
    if (isSpread) yield* ofSpread(node, { at: argument, source, checker, from: at });
    const last = wanted.at(-1);
    const own = wanted[at] ?? (last?.isRest === true ? last : undefined);
    const target = own?.isRest === true ? elementOf(own.type, checker) : own?.type;
    if (target !== undefined && !isSpread) yield { at: argument, source, target };
  }
}

type Spread = Taken & { readonly from: number };

function* ofSpread(
  call: ts.CallExpression | ts.NewExpression,
  { at, source, checker, from }: Spread,
): Generator<Meeting> {
  const parameters = checker.getResolvedSignature(call)?.getParameters() ?? [];
  const given = checker.isTupleType(source) ? source.getProperties() : [];
  for (const [index, parameter] of parameters.slice(from).entries()) {
    const type = checker.getTypeOfSymbolAtLocation(parameter, call);
    const element = elementOf(source, checker);
    const own = given.find(({ name }) => name === String(index));
    const one = own === undefined ? element : checker.getTypeOfSymbol(own);
    if (one !== undefined) yield { at, source: one, target: type };
    const rest = elementOf(type, checker);
    if (element !== undefined && rest !== undefined) yield { at, source: element, target: rest };
  }
}

type Wanted = { readonly type: ts.Type; readonly isRest: boolean };

/** The parameters of a generic function as it is declared: with what is asked of the type parameters. */
function genericParameters(call: ts.CallLikeExpression, checker: ts.TypeChecker): readonly Wanted[] {
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  if (declaration === undefined || ts.isJSDocSignature(declaration)) return [];
  const isGeneric =
    ts.isClassLike(declaration.parent) || ts.getEffectiveTypeParameterDeclarations(declaration).length > 0;
  if (!isGeneric) return [];
  return declaration.parameters.map((one) => ({
    type: checker.getTypeAtLocation(one),
    isRest: one.dotDotDotToken !== undefined,
  }));
}

/** What declarations claim: type arguments, bases, guards, and implementations behind overloads. */
function* ofDeclaration(node: ts.Node, checker: ts.TypeChecker): Generator<Meeting> {
  if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
    const name = ts.isTypeReferenceNode(node) ? node.typeName : node.expression;
    yield* ofArguments(checker.getSymbolAtLocation(name), { node, checker });
  } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const declaration = node.typeArguments === undefined ? undefined : checker.getResolvedSignature(node)?.declaration;
    if (declaration !== undefined && !ts.isJSDocSignature(declaration))
      yield* given(declaration.typeParameters ?? [], { node, checker });
  } else if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node)) {
    for (const { types } of node.heritageClauses ?? [])
      for (const type of types)
        yield { at: type, source: checker.getTypeAtLocation(node), target: checker.getTypeAtLocation(type) };
  } else if (ts.isTypePredicateNode(node) && node.type !== undefined && ts.isIdentifier(node.parameterName)) {
    const symbol = checker.getSymbolAtLocation(node.parameterName);
    const target = checker.getTypeFromTypeNode(node.type);
    if (symbol !== undefined) yield { at: node, source: checker.getTypeOfSymbol(symbol), target };
  } else if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && node.name !== undefined) {
    yield* overloads(node, checker);
  }
}

type Given = {
  readonly node: ts.NodeWithTypeArguments | ts.CallExpression | ts.NewExpression;
  readonly checker: ts.TypeChecker;
};

function* ofArguments(symbol: ts.Symbol | undefined, { node, checker }: Given): Generator<Meeting> {
  if (symbol === undefined || node.typeArguments === undefined) return;
  const meant = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  for (const declaration of meant.declarations ?? [])
    if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassLike(declaration))
      yield* given(declaration.typeParameters ?? [], { node, checker });
}

function* given(wanted: readonly ts.TypeParameterDeclaration[], { node, checker }: Given): Generator<Meeting> {
  for (const [at, { constraint }] of wanted.entries()) {
    const argument = node.typeArguments?.[at];
    if (argument === undefined || constraint === undefined) continue;
    const [source, target] = [argument, constraint].map((one) => checker.getTypeFromTypeNode(one));
    if (source !== undefined && target !== undefined) yield { at: argument, source, target };
  }
}

function* overloads(node: ts.SignatureDeclaration, checker: ts.TypeChecker): Generator<Meeting> {
  const symbol = node.name === undefined ? undefined : checker.getSymbolAtLocation(node.name);
  for (const declaration of symbol?.declarations ?? []) {
    if (!ts.isFunctionLike(declaration) || declaration === node) continue;
    for (const [at, parameter] of declaration.parameters.entries()) {
      const own = node.parameters[at];
      if (own === undefined) continue;
      yield { at: declaration, source: checker.getTypeAtLocation(parameter), target: checker.getTypeAtLocation(own) };
    }
  }
}

/** What an array, a tuple or another thing with numbers for keys holds. */
function elementOf(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  return checker.getIndexTypeOfType(type, ts.IndexKind.Number);
}
