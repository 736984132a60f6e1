import type * as TypeScript from 'typescript';
import { literalPattern } from '../../../text/search-text.ts';
import ts from '../../../typescript.cts';
import type { Hindrance } from '../reading/hindrance.ts';
import { isTarget, type Names } from '../reading/scope.ts';
import { type Moment, mayFollow } from './may-follow.ts';
import { isStrictCode, type OwnFunction, ownerOf } from './strict-code.ts';

/** At a moment parameters or arguments are read or written, from one index to another. */
type Touch = Moment & { readonly from: number; readonly to: number };

/** `reads` and `stores` of `arguments`; `isKept` where it is handed on, and may be read at any time. */
type Uses = { readonly reads: readonly Touch[]; readonly stores: readonly Touch[]; readonly isKept: boolean };

/**
 * In a sloppy function of plain parameters, `arguments[0]` and the first parameter are one: what is given to one is read from the
 * other. In an ES module they are two. Named where a value that was given may be read so. Pure.
 */
export function mappedArgumentsReasons(nodes: readonly TypeScript.Node[], names: Names): readonly Hindrance[] {
  const byOwner = new Map<OwnFunction, TypeScript.Identifier[]>();
  for (const node of nodes) {
    if (!ts.isIdentifier(node) || node.text !== 'arguments') continue;
    const owner = ownerOf(node);
    if (owner === undefined || names.homeOf(node)?.node !== owner || !isMapped(owner)) continue;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), node]);
  }
  return [...byOwner].flatMap(([owner, all]) => reasonIn(owner, all, names));
}

function isMapped(owner: OwnFunction): boolean {
  const isPlain = owner.parameters.every(
    ({ name, initializer, dotDotDotToken }) =>
      ts.isIdentifier(name) && initializer === undefined && dotDotDotToken === undefined,
  );
  return isPlain && owner.parameters.length > 0 && !isStrictCode(owner);
}

function reasonIn(owner: OwnFunction, all: readonly TypeScript.Identifier[], names: Names): readonly Hindrance[] {
  const parameters = owner.parameters.map(({ name }) => name.getText());
  const { reads, stores, isKept } = usesOf(all, parameters.length);
  const [given, taken] = [parameterWrites(owner, parameters, names), parameterReads(owner, parameters, names)];
  const meets = (one: Touch, other: Touch) => one.from <= other.to && other.from <= one.to;
  const [first] = all;
  const seenRead = reads.find((read) => given.some((write) => meets(write, read) && mayFollow(write, read, owner)));
  const shown = seenRead?.node ?? (isKept && given.length > 0 ? first : undefined);
  if (shown !== undefined)
    return [
      {
        node: shown,
        why: `\`arguments\` has what a parameter of this function is given later (${namesOfTouches(given, parameters)}), and in an ES module what it was called with`,
      },
    ];
  const stored = stores.find((store) => taken.some((read) => meets(store, read) && mayFollow(store, read, owner)));
  return stored === undefined
    ? []
    : [
        {
          node: stored.node,
          why: 'what `arguments` is given is read from a parameter afterwards, which does not change with it in an ES module',
        },
      ];
}

function namesOfTouches(touches: readonly Touch[], parameters: readonly string[]): string {
  return [...new Set(touches.map(({ from }) => `\`${parameters[from]}\``))].join(', ');
}

/** Calls that take all of `arguments` where they stand, and keep nothing of it. */
const copies =
  /^((Array\.prototype|\[\])\.(slice|concat|map|forEach|filter|join|some|every|reduce|indexOf)\.call|Array\.from)$/;
const changes = /\.(shift|unshift|pop|push|splice|reverse|sort|fill|copyWithin)\.call$/;

function usesOf(all: readonly TypeScript.Identifier[], count: number): Uses {
  const [reads, stores]: [Touch[], Touch[]] = [[], []];
  let isKept = false;
  for (const node of all) {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) continue;
    if (ts.isElementAccessExpression(parent) && parent.expression === node) {
      const range = rangeOf(parent.argumentExpression);
      if (range.from >= count) continue;
      if (isTarget(parent)) stores.push({ node: parent, at: endOfWrite(parent), ...range });
      if (!isTarget(parent) || !isPlainWrite(parent)) reads.push({ node: parent, at: parent.getStart(), ...range });
      continue;
    }
    const place = { node, at: node.getStart(), ...copied(node) };
    const callee = calledWith(node)?.expression.getText() ?? '';
    if (changes.test(callee)) {
      reads.push(place);
      stores.push({ ...place, at: parent.end });
    } else if (ts.isSpreadElement(parent) || /\.apply$/.test(callee) || isCopy(callee) || isLooped(node))
      reads.push(place);
    else isKept = true;
  }
  return { reads, stores, isKept };
}

type Range = Pick<Touch, 'from' | 'to'>;

/** The call that `arguments` is handed to. */
function calledWith(node: TypeScript.Identifier): TypeScript.CallExpression | undefined {
  const { parent } = node;
  return ts.isCallExpression(parent) && parent.arguments.some((one) => one === node) ? parent : undefined;
}

/** What of `arguments` is taken: with `slice.call(arguments, 2)`, all from the third. */
function copied(node: TypeScript.Identifier): Range {
  const call = calledWith(node);
  const [, second] = call?.arguments ?? [];
  const isSlice = /(^|\.)slice\.call$/.test(call?.expression.getText() ?? '');
  const from = isSlice && second !== undefined && ts.isNumericLiteral(second) ? Number(second.text) : 0;
  return { from, to: Number.POSITIVE_INFINITY };
}

/** An index that is written out, or that a loop counts up from one that is. */
function rangeOf(index: TypeScript.Expression): Range {
  if (ts.isNumericLiteral(index)) return { from: Number(index.text), to: Number(index.text) };
  const loop = ts.isIdentifier(index) ? countingLoop(index) : undefined;
  return { from: loop ?? 0, to: Number.POSITIVE_INFINITY };
}

/** Where the loop of `for (let i = 1; …; i++)` begins to count; undefined where it also counts otherwise. */
function countingLoop(index: TypeScript.Identifier): number | undefined {
  const loop = ts.findAncestor(index, (one): one is TypeScript.ForStatement => {
    const given = ts.isForStatement(one) ? one.initializer : undefined;
    return given !== undefined && ts.isVariableDeclarationList(given) && startIn(given, index.text) !== undefined;
  });
  const initializer = loop?.initializer;
  if (loop === undefined || initializer === undefined || !ts.isVariableDeclarationList(initializer)) return undefined;
  const isCounted = new RegExp(`^(\\+\\+${literalPattern(index.text)}|${literalPattern(index.text)}\\+\\+)$`).test(
    loop.incrementor?.getText() ?? '',
  );
  const isGiven = (node: TypeScript.Node): boolean =>
    (ts.isIdentifier(node) && node.text === index.text && isTarget(node)) ||
    ts.forEachChild(node, (child) => isGiven(child) || undefined) === true;
  return isCounted && !isGiven(loop.statement) ? startIn(initializer, index.text) : undefined;
}

function startIn(list: TypeScript.VariableDeclarationList, name: string): number | undefined {
  const start = list.declarations.find((one) => one.name.getText() === name)?.initializer;
  return start !== undefined && ts.isNumericLiteral(start) ? Number(start.text) : undefined;
}

function isCopy(callee: string): boolean {
  return copies.test(callee) || /(^|\.|_)(slice|toArray|from)\.call$|^(slice|toArray)$/.test(callee);
}

function isLooped({ parent }: TypeScript.Node): boolean {
  return ts.isForOfStatement(parent);
}

/** `a = …`, which does not read what was there. */
function isPlainWrite({ parent }: TypeScript.Node): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** The value is there once all of the assignment is evaluated. */
function endOfWrite(node: TypeScript.Node): number {
  return ts.isBinaryExpression(node.parent) ? node.parent.end : node.end;
}

function only(index: number): Range {
  return { from: index, to: index };
}

function parameterWrites(owner: OwnFunction, parameters: readonly string[], names: Names): readonly Touch[] {
  const found: Touch[] = names.references.flatMap(({ node, isWrite }) =>
    isWrite && parameters.includes(node.text) && names.homeOf(node)?.node === owner
      ? [{ node, at: endOfWrite(node), ...only(parameters.indexOf(node.text)) }]
      : [],
  );
  const visit = (node: TypeScript.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && parameters.includes(node.name.text)) {
      const isGiven =
        node.initializer !== undefined || ts.isForInStatement(node.parent.parent) || isLooped(node.parent);
      if (isGiven && names.homeOf(node.name)?.node === owner)
        found.push({ node, at: node.end, ...only(parameters.indexOf(node.name.text)) });
    }
    ts.forEachChild(node, visit);
  };
  if (owner.body !== undefined) visit(owner.body);
  return found;
}

function parameterReads(owner: OwnFunction, parameters: readonly string[], names: Names): readonly Touch[] {
  return names.references.flatMap(({ node, isWrite }) =>
    parameters.includes(node.text) && names.homeOf(node)?.node === owner && !(isWrite && isPlainWrite(node))
      ? [{ node, at: node.getStart(), ...only(parameters.indexOf(node.text)) }]
      : [],
  );
}
