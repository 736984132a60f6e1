import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { CommonModule } from './common-module.ts';
import { type Origin, originOf, type Values, withoutBrackets } from './origin.ts';
import { isPureBuiltin, isPureCall, isReadingBuiltin, makesOnly, mutators } from './pure-calls.ts';
import { rootOf } from './root-of.ts';
import { isTarget } from './scope.ts';
import {
  anything,
  type Code,
  type IsPlain,
  memberTouches,
  nameTouches,
  patternTouches,
  type Touch,
  type Touches,
  targetTouches,
  valuesIn,
} from './touches.ts';

type Ran = { readonly node: TypeScript.Node; readonly until: number; readonly calls: readonly TypeScript.Node[] };

const callsMax = 6;

/**
 * What a statement of a file's own level may do when the module is loaded, as far as it stands before `until`; what is required in it is
 * not part of that. Only what is known to do nothing touches nothing. Pure.
 */
export function touchesOf(
  statement: TypeScript.Statement,
  module: CommonModule,
  { until = statement.end, isPlain }: { readonly until?: number; readonly isPlain: IsPlain },
): Touches {
  const found = new Set<Touch>();
  collect({ node: statement, until, calls: [] }, { module, values: valuesIn(module), isPlain }, (touch) =>
    found.add(touch),
  );
  return found;
}

type Add = (touch: Touch) => void;

function collect({ node, until, calls }: Ran, code: Code, add: Add): void {
  if (node.getFullStart() >= until) return;
  const inside = (child: TypeScript.Node): void => collect({ node: child, until, calls }, code, add);
  if (ts.isFunctionLike(node)) {
    if (node.name !== undefined && ts.isComputedPropertyName(node.name)) inside(node.name);
    if (hasDecorators(node)) addAll(anything, add);
    return;
  }
  if (ts.isPropertyDeclaration(node)) {
    const isStatic = ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
    if (ts.isComputedPropertyName(node.name)) inside(node.name);
    if (isStatic && node.initializer !== undefined) inside(node.initializer);
    if (hasDecorators(node)) addAll(anything, add);
    return;
  }
  // What holds the end of what is asked for has not been done by then: only its parts before have.
  if (node.end <= until) addAll(ownTouches(node, calls, code), add);
  if (ts.isExpressionStatement(node) && isDirectPackageCall(node.expression, code) && node.end <= until)
    add('writes world');
  ts.forEachChild(node, inside);
}

function addAll(touches: Iterable<Touch>, add: Add): void {
  for (const touch of touches) add(touch);
}

function hasDecorators(node: TypeScript.Node): boolean {
  return ts.canHaveDecorators(node) && (ts.getDecorators(node) ?? []).length > 0;
}

/** `dotenv.config()`: what a package is called for, where nothing takes what it gives. */
function isDirectPackageCall(node: TypeScript.Expression, { module, values }: Code): boolean {
  if (!ts.isCallExpression(node) || originOf(node.expression, values) !== 'package') return false;
  const root = rootOf(node.expression);
  return (
    root?.text === 'require' ||
    module.requires.some(({ binding }) =>
      binding.kind === 'whole'
        ? binding.name === root?.text
        : binding.kind === 'names' && binding.names?.some(({ to }) => to === root?.text) === true,
    )
  );
}

/** What a node itself does, without its parts. */
function ownTouches(node: TypeScript.Node, calls: readonly TypeScript.Node[], code: Code): Iterable<Touch> {
  const of = (one: TypeScript.Expression): Origin => originOf(one, code.values);
  const arePrimitive = (...all: readonly TypeScript.Expression[]): boolean =>
    all.every((one) => of(one) === 'primitive');
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return callTouches(node, calls, code);
  if (ts.isTaggedTemplateExpression(node)) return of(node.tag) === 'package' ? ['calls package'] : anything;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return memberTouches(node, code);
  if (ts.isIdentifier(node)) return nameTouches(node, code);
  if (ts.isBinaryExpression(node)) return binaryTouches(node, code);
  if (ts.isDeleteExpression(node)) return targetTouches(node.expression, code);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    if (node.operator === ts.SyntaxKind.ExclamationToken) return [];
    if (!arePrimitive(node.operand)) return anything;
    return isTarget(node.operand) ? targetTouches(node.operand, code) : [];
  }
  if (ts.isTemplateSpan(node)) return arePrimitive(node.expression) ? [] : anything;
  if (ts.isComputedPropertyName(node)) return arePrimitive(node.expression) ? [] : anything;
  if (ts.isSpreadElement(node)) return of(node.expression) === 'list' ? [] : anything;
  if (ts.isSpreadAssignment(node)) return of(node.expression) === 'own' ? [] : anything;
  if (ts.isVariableDeclaration(node)) return patternTouches(node, code);
  if (ts.isForOfStatement(node)) return of(node.expression) === 'list' && !node.awaitModifier ? [] : anything;
  if (ts.isForInStatement(node)) return ['own', 'list'].includes(of(node.expression)) ? [] : anything;
  if (ts.isHeritageClause(node))
    return node.types.every(({ expression }) =>
      ['code', 'package', 'builtin', 'global', 'tree'].includes(of(expression)),
    )
      ? []
      : anything;
  if (ts.isThrowStatement(node)) return ['writes world'];
  const isMore =
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    ts.isDecorator(node) ||
    ts.isJsxOpeningLikeElement(node);
  return isMore || ts.isWithStatement(node) ? anything : [];
}

function binaryTouches(node: TypeScript.BinaryExpression, code: Code): Iterable<Touch> {
  const { left, right } = node;
  const { kind } = node.operatorToken;
  const of = (one: TypeScript.Expression): Origin => originOf(one, code.values);
  if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) {
    const isPlain =
      kind === ts.SyntaxKind.EqualsToken ||
      kind === ts.SyntaxKind.BarBarEqualsToken ||
      kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken ||
      kind === ts.SyntaxKind.QuestionQuestionEqualsToken;
    return isPlain || (of(left) === 'primitive' && of(right) === 'primitive') ? targetTouches(left, code) : anything;
  }
  switch (kind) {
    case ts.SyntaxKind.CommaToken:
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.AmpersandAmpersandToken:
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
      return [];
    case ts.SyntaxKind.InKeyword:
      return of(left) === 'primitive' && ['own', 'list', 'code'].includes(of(right)) ? [] : anything;
    case ts.SyntaxKind.InstanceOfKeyword:
      return ['global', 'builtin', 'package'].includes(of(right)) ? [] : anything;
    default:
      return of(left) === 'primitive' && of(right) === 'primitive' ? [] : anything;
  }
}

function callTouches(
  node: TypeScript.CallExpression | TypeScript.NewExpression,
  calls: readonly TypeScript.Node[],
  code: Code,
): Iterable<Touch> {
  const { module, values } = code;
  const callee = withoutBrackets(node.expression);
  const given = node.arguments ?? [];
  if (ts.isIdentifier(callee) && callee.text === 'require')
    return calls.length > 0 || !given.every(ts.isStringLiteralLike) ? anything : [];
  if (callee.getText() === 'require.resolve') return [];
  if (/^process\.(cwd|hrtime|uptime|memoryUsage)$/.test(callee.getText())) return ['reads world'];
  const origins = given.map((one) => originOf(one, values));
  const origin = originOf(callee, values);
  if (origin === 'package') return makesOnly(module, values, callee) ? [] : ['calls package'];
  if (origin === 'builtin') {
    if (isPureBuiltin(module, values, { callee, origins })) return [];
    return isReadingBuiltin(module, values, callee) ? ['reads world'] : anything;
  }
  if (ts.isPropertyAccessExpression(callee)) {
    const holder = originOf(callee.expression, values);
    if (holder === 'list' && mutators.has(callee.name.text)) return [];
    if (callee.expression.getText() === 'console') return ['writes world', 'reads world'];
    const arePlain = given.every((one, at) => origins[at] === 'primitive' || ts.isRegularExpressionLiteral(one));
    if (holder === 'primitive' && arePlain) return [];
  }
  if (origin === 'global' && isPureCall(callee, origins, ts.isNewExpression(node))) return [];
  return ts.isNewExpression(node) ? anything : bodyTouches(callee, calls, code);
}

/** What the body of a function of this file does, where it is known which one is called. */
function bodyTouches(callee: TypeScript.Expression, calls: readonly TypeScript.Node[], code: Code): Iterable<Touch> {
  const called = functionOf(callee, code.values);
  if (called === undefined || calls.length >= callsMax || calls.includes(called)) return anything;
  const isSimple =
    called.asteriskToken === undefined &&
    called.parameters.every(({ name, initializer }) => ts.isIdentifier(name) && initializer === undefined);
  if (!isSimple || called.body === undefined) return anything;
  const found = new Set<Touch>();
  collect({ node: called.body, until: called.body.end, calls: [...calls, called] }, code, (touch) => found.add(touch));
  return found;
}

function functionOf(
  callee: TypeScript.Expression,
  { declared, references }: Values,
): TypeScript.FunctionDeclaration | TypeScript.FunctionExpression | TypeScript.ArrowFunction | undefined {
  if (ts.isFunctionExpression(callee) || ts.isArrowFunction(callee)) return callee;
  if (!ts.isIdentifier(callee) || references.get(callee)?.scope !== 'module') return undefined;
  const declaration = declared.get(callee.text);
  if (declaration === undefined) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value !== undefined && (ts.isFunctionExpression(value) || ts.isArrowFunction(value)) ? value : undefined;
}
