import type * as TypeScript from 'typescript';
import { folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import ts from '../typescript.cts';
import { settledNames } from './settled-names.ts';

/**
 * A path that code spells: from the root of the tree where it begins with the place of the file, else as it is written, from the
 * folder in which the program is started. `isOpen`: something follows that is only known when it runs, and behind that `end`; a `/`
 * before it, as of `join`, stands in `text`.
 */
export type ConstantPath = {
  readonly from: 'tree' | 'start';
  readonly text: string;
  readonly isOpen: boolean;
  /** What a path that is open ends with, as far as it is known; else ''. */
  readonly end: string;
};

/** By name, all that a file gives it, or hands to it as a parameter: scopes are not told apart. */
type Given = ReadonlyMap<string, readonly TypeScript.Expression[]>;

const depthMax = 8;
const pathsMax = 32;
/** A name may be given much, of which each is made of names: so many expressions are read for one path. */
const readsMax = 2000;

/**
 * What the expressions of a file may be as paths; nothing for what is only known when it runs. With `names: 'settled'` only names are
 * followed that have one value, so that a path is no other than those that are answered. Pure.
 */
export function constantPaths(
  path: string,
  source: TypeScript.SourceFile,
  { names = 'all' }: { readonly names?: 'all' | 'settled' } = {},
): (node: TypeScript.Expression) => readonly ConstantPath[] {
  const given = names === 'settled' ? settledNames(source) : givenIn(source);
  return (node) => pathsOf(node, { path, given, depth: 0, reads: { left: readsMax } }).slice(0, pathsMax);
}

type Reading = {
  readonly path: string;
  readonly given: Given;
  readonly depth: number;
  readonly reads: { left: number };
};

function pathsOf(node: TypeScript.Expression, reading: Reading): readonly ConstantPath[] {
  const { path, given, depth, reads } = reading;
  reads.left -= 1;
  if (depth > depthMax || reads.left < 0) return [];
  const deeper = { ...reading, depth: depth + 1 };
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isAwaitExpression(node))
    return pathsOf(node.expression, deeper);
  if (ts.isStringLiteralLike(node)) return [{ from: 'start', text: node.text, isOpen: false, end: '' }];
  if (ts.isIdentifier(node)) {
    if (node.text === '__dirname') return inTree(folderPath(path));
    if (node.text === '__filename') return inTree(path);
    return (given.get(node.text) ?? []).flatMap((one) => pathsOf(one, deeper)).slice(0, pathsMax);
  }
  if (ts.isTemplateExpression(node)) {
    const literal = (text: string) => ts.factory.createStringLiteral(text);
    const parts = node.templateSpans.flatMap((span) => [span.expression, literal(span.literal.text)]);
    return summed([literal(node.head.text), ...parts], deeper);
  }
  if (ts.isBinaryExpression(node)) return binaryPaths(node, deeper);
  if (ts.isConditionalExpression(node)) return eitherPath(node.whenTrue, node.whenFalse, deeper);
  if (ts.isPropertyAccessExpression(node)) return memberPaths(node, deeper);
  if (ts.isNewExpression(node)) return urlPaths(node, deeper);
  return ts.isCallExpression(node) ? calledPaths(node, deeper) : [];
}

function binaryPaths(
  { left, right, operatorToken: { kind } }: TypeScript.BinaryExpression,
  reading: Reading,
): readonly ConstantPath[] {
  if (kind === ts.SyntaxKind.PlusToken) return summed([left, right], reading);
  const isChoice = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
  return isChoice ? eitherPath(left, right, reading) : [];
}

/** Nothing where one of the two is only known when it runs. */
function eitherPath(
  one: TypeScript.Expression,
  other: TypeScript.Expression,
  reading: Reading,
): readonly ConstantPath[] {
  const [first, second] = [pathsOf(one, reading), pathsOf(other, reading)];
  return first.length === 0 || second.length === 0 ? [] : [...first, ...second].slice(0, pathsMax);
}

function inTree(text: string): readonly ConstantPath[] {
  return [{ from: 'tree', text, isOpen: false, end: '' }];
}

/** `import.meta.dirname` and its like, and members of a URL. */
function memberPaths(node: TypeScript.PropertyAccessExpression, reading: Reading): readonly ConstantPath[] {
  const { expression, name } = node;
  if (ts.isMetaProperty(expression)) {
    if (name.text === 'dirname') return inTree(folderPath(reading.path));
    return name.text === 'filename' || name.text === 'url' ? inTree(reading.path) : [];
  }
  return name.text === 'pathname' || name.text === 'href' ? pathsOf(expression, reading) : [];
}

/** `new URL('./x', import.meta.url)`. */
function urlPaths(
  { expression, arguments: args }: TypeScript.NewExpression,
  reading: Reading,
): readonly ConstantPath[] {
  const [to, base] = args ?? [];
  if (!ts.isIdentifier(expression) || expression.text !== 'URL' || to === undefined || base === undefined) return [];
  return pathsOf(base, reading).flatMap(({ from, text }) =>
    pathsOf(to, reading).map((one) => ({ ...one, from, text: joined(folderPath(text), one.text) })),
  );
}

function calledPaths({ expression, arguments: args }: TypeScript.CallExpression, reading: Reading) {
  const [first] = args;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  if (name === 'cwd' && args.length === 0) return [{ from: 'start', text: '.', isOpen: false, end: '' } as const];
  if (first === undefined) return [];
  if (['fileURLToPath', 'normalize', 'realpathSync'].includes(name)) return pathsOf(first, reading);
  if (name === 'dirname')
    return pathsOf(first, reading).map((one) => ({ ...one, text: folderPath(joined('.', one.text)) }));
  return name === 'join' || name === 'resolve' ? joinedPaths(args, reading) : [];
}

function joinedPaths(args: readonly TypeScript.Expression[], reading: Reading): readonly ConstantPath[] {
  const add = (text: string, more: string) => joined(text, more) + (/[^/]\/$/.test(more) ? '/' : '');
  return combined(args, reading, { add, gap: '/' });
}

function summed(parts: readonly TypeScript.Expression[], reading: Reading): readonly ConstantPath[] {
  return combined(parts, reading, { add: (text, more) => text + more, gap: '' });
}

type Adding = {
  readonly add: (text: string, more: string) => string;
  /** What comes between two parts. */
  readonly gap: '' | '/';
};

function combined(parts: readonly TypeScript.Expression[], reading: Reading, adding: Adding): readonly ConstantPath[] {
  const { add, gap } = adding;
  const [first, ...others] = parts;
  // A template begins with an empty text before `${__dirname}`.
  if (first !== undefined && ts.isStringLiteral(first) && first.text === '' && others.length > 0)
    return combined(others, reading, adding);
  let found = first === undefined ? [] : pathsOf(first, reading);
  for (const part of others) {
    const next = pathsOf(part, reading);
    found = found
      .flatMap((one): readonly ConstantPath[] => {
        if (next.length === 0)
          return [{ ...one, text: one.isOpen ? one.text : one.text + gap, isOpen: true, end: endOf(part) }];
        if (one.isOpen && next.some(({ from }) => from === 'tree')) return [one];
        return next.map((other) => {
          if (other.from === 'tree') return other;
          if (!one.isOpen) return { ...other, from: one.from, text: add(one.text, other.text) };
          return { ...one, end: other.isOpen ? other.end : `${one.end}${gap}${other.text}` };
        });
      })
      .slice(0, pathsMax);
  }
  return found;
}

/** What an expression of which the beginning is unknown ends with. */
function endOf(node: TypeScript.Expression): string {
  if (ts.isTemplateExpression(node)) return node.templateSpans.at(-1)?.literal.text ?? '';
  const last =
    ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken ? node.right : undefined;
  return last !== undefined && ts.isStringLiteralLike(last) ? last.text : '';
}

function givenIn(source: TypeScript.SourceFile): Given {
  const given = new Map<string, TypeScript.Expression[]>();
  const parameters = new Map<string, readonly TypeScript.ParameterDeclaration[]>();
  const calls: TypeScript.CallExpression[] = [];
  const give = (name: string, value: TypeScript.Expression) => {
    const all = given.get(name) ?? [];
    if (all.length < pathsMax) given.set(name, [...all, value]);
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      const { initializer } = node;
      if (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        parameters.set(node.name.text, initializer.parameters);
      else give(node.name.text, initializer);
    }
    if (ts.isFunctionDeclaration(node) && node.name !== undefined) parameters.set(node.name.text, node.parameters);
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isIdentifier(node.left)
    )
      give(node.left.text, node.right);
    if (ts.isParameter(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      give(node.name.text, node.initializer);
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { expression, arguments: args } of calls) {
    const names = ts.isIdentifier(expression) ? parameters.get(expression.text) : undefined;
    for (const [at, { name }] of (names ?? []).entries()) {
      const value = args[at];
      if (value !== undefined && ts.isIdentifier(name)) give(name.text, value);
    }
  }
  return given;
}
