import type * as TypeScript from 'typescript';
import ts from '../typescript.cts';
import { commentOccurrences, referenceOccurrences } from './comment-occurrences.ts';
import { mockCalls, type Occurrence } from './occurrence.ts';
import { parseModule } from './parse-module.ts';

/**
 * Every specifier of a module. A pattern finds all quotes that may open one, in comments and strings too. The compiler's
 * scanner reads the text up to the last of them; where it accounts for each, that is the answer, and where it cannot (a template
 * where there may be JSX, a slash that may divide or open a regular expression) the whole file is parsed.
 */
export function readModule(path: string, text: string): readonly Occurrence[] {
  const candidates = candidatesOf(text);
  const references = referenceOccurrences(text);
  if (candidates.length === 0) return references;
  const scanned = scanModule(text, candidates, { hasNoElements: /\.[cm]?ts$/.test(path) });
  return [...references, ...(scanned ?? parseModule(path, text))];
}

const gap = String.raw`(?:\s|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/|\/\/[^\n]*\n)*`;
const calls = `require|import|resolve|glob|URL|${[...mockCalls].join('|')}`;
const opening = new RegExp(
  `(?:\\b(?:from|import|module)${gap}|(?:\\b(?:${calls})|>)${gap}\\(${gap}\\[?${gap})["'\`]`,
  'g',
);

/** Offsets of the quotes that may open a specifier: all that do are among them. */
function candidatesOf(text: string): readonly number[] {
  const found: number[] = [];
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) found.push(opening.lastIndex - 1);
  return found;
}

type Token = { readonly kind: TypeScript.SyntaxKind; readonly text: string };

/** Undefined where the scanner alone does not account for every candidate. */
function scanModule(
  text: string,
  candidates: readonly number[],
  { hasNoElements }: { readonly hasNoElements: boolean },
): readonly Occurrence[] | undefined {
  const last = candidates.at(-1) ?? 0;
  const open = new Set(candidates);
  const found: Occurrence[] = [];
  const before: Token[] = [];
  const braces: ('block' | 'template')[] = [];
  let head: 'import' | 'export' = 'import';
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  for (let kind = scanner.scan(); scanner.getTokenStart() <= last; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.EndOfFileToken) break;
    const start = scanner.getTokenStart();
    if (isTrivia(kind)) {
      const end = scanner.getTokenEnd();
      if (isComment(kind) && !accountsForComment(text, { start, end }, { open, found })) return undefined;
      continue;
    }
    if (isSlash(kind)) {
      if (mayBeginExpression(before.at(-1))) kind = scanner.reScanSlashToken();
      else if (lineFrom(text, start).includes('`')) return undefined;
    }
    if (kind === ts.SyntaxKind.CloseBraceToken && braces.pop() === 'template')
      kind = scanner.reScanTemplateToken(false);
    if (scanner.isUnterminated() || (isTemplate(kind) && !hasNoElements)) return undefined;
    if (kind === ts.SyntaxKind.OpenBraceToken) braces.push('block');
    if (kind === ts.SyntaxKind.TemplateHead || kind === ts.SyntaxKind.TemplateMiddle) braces.push('template');
    if (kind === ts.SyntaxKind.ImportKeyword) head = 'import';
    if (kind === ts.SyntaxKind.ExportKeyword) head = 'export';
    if (kind === ts.SyntaxKind.StringLiteral && open.delete(start)) {
      const named = kindOf(before, { head, rest: text.slice(scanner.getTokenEnd(), scanner.getTokenEnd() + 80) });
      if (named === 'unclear') return undefined;
      const length = scanner.getTokenEnd() - start - 2;
      if (named !== 'none') found.push({ kind: named, specifier: scanner.getTokenValue(), offset: start + 1, length });
    }
    before.push({ kind, text: isWord(kind) ? scanner.getTokenText() : '' });
    if (before.length > 12) before.shift();
  }
  return open.size === 0 ? found : undefined;
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? undefined : end);
}

/** A comment that begins its line is one; any other may be part of a regular expression. */
function accountsForComment(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  { open, found }: { readonly open: Set<number>; readonly found: Occurrence[] },
): boolean {
  const inside = [...open].filter((at) => at >= start && at < end);
  if (inside.length === 0) return true;
  if (text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() !== '') return false;
  for (const at of inside) open.delete(at);
  if (text.startsWith('/**', start)) found.push(...commentOccurrences(text, start, end));
  return true;
}

type KindFound = Occurrence['kind'] | 'none' | 'unclear';

/** What a string names, by the tokens before it. */
function kindOf(
  before: readonly Token[],
  { head, rest }: { readonly head: 'import' | 'export'; readonly rest: string },
): KindFound {
  const [last, first, second, third, fourth] = [1, 2, 3, 4, 5].map((back) => before.at(-back));
  if (last?.kind === ts.SyntaxKind.FromKeyword) return head;
  if (last?.kind === ts.SyntaxKind.ImportKeyword) return 'import';
  if (last?.kind === ts.SyntaxKind.ModuleKeyword) return first?.text === 'declare' ? 'augmentation' : 'none';
  if (last?.kind !== ts.SyntaxKind.OpenParenToken || first?.text === '') return 'unclear';
  // A sum is read by the parser.
  if (/^\s*\+/.test(rest)) return 'unclear';
  const isMember = second?.kind === ts.SyntaxKind.DotToken;
  const on = third?.text;
  const isOfMeta = on === 'meta' && fourth?.kind === ts.SyntaxKind.DotToken && before.at(-6)?.text === 'import';
  if (!isMember) {
    if (first?.text === 'import') return 'import-call';
    if (first?.text === 'require') return 'require';
    if (first?.text === 'URL')
      return second?.text === 'new' && /^\s*,\s*import\.meta\.url\b/.test(rest) ? 'url' : 'none';
    return 'none';
  }
  if (first?.text === 'resolve')
    return on === 'require' && fourth?.kind !== ts.SyntaxKind.DotToken
      ? 'require-resolve'
      : isOfMeta
        ? 'import-meta-resolve'
        : 'none';
  if (first?.text === 'glob') return isOfMeta ? 'glob' : 'none';
  const isMock =
    mockCalls.has(first?.text ?? '') && (on === 'jest' || on === 'vi') && fourth?.kind !== ts.SyntaxKind.DotToken;
  return isMock ? 'mock' : 'none';
}

function isTrivia(kind: TypeScript.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstTriviaToken && kind <= ts.SyntaxKind.LastTriviaToken;
}

function isComment(kind: TypeScript.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia;
}

function isTemplate(kind: TypeScript.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.NoSubstitutionTemplateLiteral || kind === ts.SyntaxKind.TemplateHead;
}

function isSlash(kind: TypeScript.SyntaxKind): boolean {
  return kind === ts.SyntaxKind.SlashToken || kind === ts.SyntaxKind.SlashEqualsToken;
}

/** A slash behind a name, a literal or a closing bracket divides; any other opens a regular expression. */
function mayBeginExpression(token: Token | undefined): boolean {
  if (token === undefined) return true;
  const { kind } = token;
  if (
    kind === ts.SyntaxKind.Identifier ||
    (kind >= ts.SyntaxKind.FirstLiteralToken && kind <= ts.SyntaxKind.LastLiteralToken)
  )
    return false;
  const closing = [ts.SyntaxKind.CloseParenToken, ts.SyntaxKind.CloseBracketToken, ts.SyntaxKind.CloseBraceToken];
  return !closing.includes(kind) && kind !== ts.SyntaxKind.ThisKeyword && kind !== ts.SyntaxKind.LessThanToken;
}

/** A name or a keyword: keywords stand behind names in the compiler's list of tokens. */
function isWord(kind: TypeScript.SyntaxKind): boolean {
  return (
    kind >= ts.SyntaxKind.Identifier && kind <= ts.SyntaxKind.LastKeyword && kind !== ts.SyntaxKind.PrivateIdentifier
  );
}
