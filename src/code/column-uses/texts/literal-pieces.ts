import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { Constants } from '../modules/constants.ts';
import type { Piece } from './sql-text.ts';

const depthMax = 20;

/** The pieces of a text that is written as a literal, a template, or a sum of them; undefined for anything else. */
export function literalPieces(node: TypeScript.Node, constants: Constants, depth = 0): readonly Piece[] | undefined {
  if (depth > depthMax) return undefined;
  if (ts.isStringLiteralLike(node)) return rawPieces(node.getSourceFile(), node.getStart() + 1, node.getEnd() - 1);
  if (ts.isTemplateExpression(node)) return templatePieces(node, constants, depth);
  if (ts.isParenthesizedExpression(node)) return literalPieces(node.expression, constants, depth + 1);
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
    const constant = constants.at(node);
    const pieces = constant === undefined ? undefined : literalPieces(constant.value, constants, depth + 1);
    return constant === undefined
      ? undefined
      : pieces?.map((piece) => ({ ...piece, through: [...piece.through, constant] }));
  }
  if (!isSum(node)) return undefined;
  const parts = addends(node).map((part) => literalPieces(part, constants, depth + 1) ?? [holeOf(part)]);
  return parts.some((own) => own.some(({ kind }) => kind !== 'hole')) ? parts.flat() : undefined;
}

/** True for `a + b`. */
export function isSum(node: TypeScript.Node): node is TypeScript.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;
}

/** Long sums lean to the left, as deep as they are long. */
function addends(node: TypeScript.BinaryExpression): readonly TypeScript.Expression[] {
  const parts: TypeScript.Expression[] = [];
  let left: TypeScript.Expression = node;
  while (isSum(left)) {
    parts.unshift(left.right);
    left = left.left;
  }
  return [left, ...parts];
}

function templatePieces(node: TypeScript.TemplateExpression, constants: Constants, depth: number): readonly Piece[] {
  const source = node.getSourceFile();
  const { text } = source;
  const pieces = [...rawPieces(source, node.head.getStart() + 1, node.head.getEnd() - 2)];
  for (const { expression, literal } of node.templateSpans) {
    const isTagged = ts.isTaggedTemplateExpression(node.parent);
    const isName = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression);
    const known = isName && !isTagged ? literalPieces(expression, constants, depth + 1) : undefined;
    const own = holeOf(expression);
    const start = text.lastIndexOf('${', expression.getStart());
    pieces.push(...(known ?? [{ ...own, start, end: literal.getStart() + 1 }]));
    const isLast = literal.kind === ts.SyntaxKind.TemplateTail;
    pieces.push(...rawPieces(source, literal.getStart() + 1, literal.getEnd() - (isLast ? 1 : 2)));
  }
  return pieces;
}

function holeOf(node: TypeScript.Expression): Piece {
  const [start, end] = [node.getStart(), node.getEnd()];
  const path = node.getSourceFile().fileName;
  return { kind: 'hole', text: '', start, end, mayRepeat: isPlain(node), quote: '', path, through: [] };
}

/** A name, a member of one, or a constant: reading it twice does nothing. */
function isPlain(node: TypeScript.Expression): boolean {
  if (ts.isPropertyAccessExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)) {
    return isPlain(node.expression);
  }
  if (ts.isElementAccessExpression(node))
    return isPlain(node.expression) && ts.isLiteralExpression(node.argumentExpression);
  return ts.isIdentifier(node) || ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

/** What an escape of a literal means. */
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': '',
  b: ' ',
  f: ' ',
  v: ' ',
  '0': ' ',
};

/** What stands between the quotes of a literal, escapes apart. */
function rawPieces({ text, fileName: path }: TypeScript.SourceFile, start: number, end: number): readonly Piece[] {
  const quote = text[start - 1] ?? '';
  const base = { mayRepeat: false, quote: /['"`]/.test(quote) ? quote : '`', path, through: [] };
  const pieces: Piece[] = [];
  let at = start;
  const pattern = /\\(u\{[0-9a-f]+\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[\s\S])/gi;
  for (const match of text.slice(start, end).matchAll(pattern)) {
    const from = start + match.index;
    if (from > at) pieces.push({ ...base, kind: 'plain', text: text.slice(at, from), start: at, end: from });
    const [whole, said = ''] = match;
    const meant = /^[ux]./i.test(said) ? ' ' : (escapes[said] ?? said);
    pieces.push({ ...base, kind: 'escape', text: meant, start: from, end: from + whole.length });
    at = from + whole.length;
  }
  if (end > at) pieces.push({ ...base, kind: 'plain', text: text.slice(at, end), start: at, end });
  return pieces;
}
