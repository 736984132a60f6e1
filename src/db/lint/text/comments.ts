/** A comment of an SQL text: UTF-16 offsets, delimiters included; a line comment ends before the end of its line. */
export type Comment = { readonly kind: 'line' | 'block'; readonly start: number; readonly end: number };

/** A part of an SQL text in which nothing is SQL: a comment, or something between quotes (its prefix not included). */
export type Opaque = Comment | { readonly kind: 'quoted'; readonly start: number; readonly end: number };

/**
 * The comments of an SQL text, in their order. Linear in the text; takes any text, what is never closed reaches to the
 * end. The rules are those of PostgreSQL's scanner with standard_conforming_strings on:
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html, proved against it by the tests.
 */
export function commentsOf(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  eachOpaque(text, (part) => {
    if (part.kind !== 'quoted') comments.push(part);
  });
  return comments;
}

/** Where a block comment begins that is never closed; PostgreSQL's parser passes over it, and so over all that follows. */
export function unclosedComment(text: string): number | undefined {
  if (!text.includes('/*')) return undefined;
  const last = commentsOf(text).at(-1);
  if (last?.kind !== 'block' || last.end < text.length) return undefined;
  return afterBlock(`${text} `, last.start + 2) > text.length ? last.start : undefined;
}

/** Calls `found` with each comment and each quoted part of a text, in their order. */
export function eachOpaque(text: string, found: (part: Opaque) => void): void {
  let at = 0;
  for (;;) {
    opening.lastIndex = at;
    if (!opening.test(text)) return;
    const end = opening.lastIndex;
    const code = text.charCodeAt(end - 1);
    if (code === minus) at = told({ kind: 'line', start: end - 2, end: endOfLine(text, end) }, found);
    else if (code === star) at = told({ kind: 'block', start: end - 2, end: afterBlock(text, end) }, found);
    else if (code === dollar) at = afterDollar(text, { at: end - 1, from: at }, found);
    else if (code === quote && isAfterEscapeMark(text, end - 1, at)) at = afterEscapeString(text, end - 1, found);
    else at = told({ kind: 'quoted', start: end - 1, end: afterQuoted(text, end - 1) }, found);
  }
}

/** All that may begin something in which nothing is SQL. */
const opening = /['"$]|--|\/\*/g;
const tab = 9;
const newline = 10;
const carriageReturn = 13;
const space = 32;
const dollar = 36;
const quote = 39;
const star = 42;
const minus = 45;
const slash = 47;
const backslash = 92;

/** True where the quote comes after an E that is no part of a longer name. Nothing before `from` belongs to a name. */
function isAfterEscapeMark(text: string, at: number, from: number): boolean {
  const code = text.charCodeAt(at - 1);
  return (code === 69 || code === 101) && wordStart(text, at, from) === at - 1;
}

/** A dollar may open a string, or be a part of a name, or alone. */
function afterDollar(
  text: string,
  { at, from }: { readonly at: number; readonly from: number },
  found: (part: Opaque) => void,
): number {
  const start = wordStart(text, at, from);
  if (start < at && !number.test(text.slice(start, at))) return wordEnd(text, at);
  const end = afterDollarQuoted(text, at);
  return end === undefined ? afterParameter(text, at) : told({ kind: 'quoted', start: at, end }, found);
}

/** After `$1`, whatever follows is another word. */
function afterParameter(text: string, start: number): number {
  let at = start + 1;
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
  return at;
}

/** A number ends before a dollar, a name does not. */
const number = /^(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:[eE]\d[\d_]*)?)$/;

function wordStart(text: string, end: number, from: number): number {
  let at = end;
  while (at > from && isOfWord(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && isOfWord(text.charCodeAt(at))) at += 1;
  return at;
}

/** Letters, digits, `_` and `$`; all that is not ASCII is a letter to PostgreSQL. */
function isOfWord(code: number): boolean {
  return code >= 128 || wordCharacters[code] === 1;
}

const wordCharacters = Uint8Array.from({ length: 128 }, (_, code) => Number(/[\w$]/.test(String.fromCharCode(code))));

function told(part: Opaque, found: (part: Opaque) => void): number {
  found(part);
  return part.end;
}

/** A quote within the quotes is written twice. */
function afterQuoted(text: string, start: number): number {
  const mark = text.charAt(start);
  for (let at = start + 1; ; at += 2) {
    at = text.indexOf(mark, at);
    if (at === -1) return text.length;
    if (text.charAt(at + 1) !== mark) return at + 1;
  }
}

function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== newline && text.charCodeAt(at) !== carriageReturn) at += 1;
  return at;
}

/** Comments nest, unlike those of C. */
function afterBlock(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < text.length && depth > 0) {
    const [code, next] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
    const opens = code === slash && next === star;
    const closes = code === star && next === slash;
    if (opens) depth += 1;
    if (closes) depth -= 1;
    at += opens || closes ? 2 : 1;
  }
  return at;
}

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

/** Undefined where the dollar opens nothing: `$1`, or a lone one. */
function afterDollarQuoted(text: string, start: number): number | undefined {
  dollarTag.lastIndex = start;
  const tag = dollarTag.exec(text)?.[0];
  if (tag === undefined) return undefined;
  // From dollar to dollar, as a tag has none within: so each character is compared once, whatever the tag.
  for (let at = text.indexOf('$', start + tag.length); at !== -1; at = text.indexOf('$', at + 1)) {
    if (text.startsWith(tag, at)) return at + tag.length;
  }
  return text.length;
}

/**
 * After a string with backslashes, from its opening quote. A string that follows with only white space, a newline and line
 * comments between goes on with it, and so has backslashes too.
 */
function afterEscapeString(text: string, opening: number, found: (part: Opaque) => void): number {
  let start = opening;
  for (;;) {
    const end = told({ kind: 'quoted', start, end: afterBackslashed(text, start) }, found);
    const next = pastWhiteSpace(text, end, found);
    if (!next.hasNewline || text.charCodeAt(next.at) !== quote) return next.at;
    start = next.at;
  }
}

function afterBackslashed(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const isDoubled = code === quote && text.charCodeAt(at + 1) === quote;
    if (code === quote && !isDoubled) return at + 1;
    at += code === backslash || isDoubled ? 2 : 1;
  }
  return text.length;
}

function pastWhiteSpace(
  text: string,
  start: number,
  found: (part: Opaque) => void,
): { readonly at: number; readonly hasNewline: boolean } {
  let at = start;
  let hasNewline = false;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const isComment = code === minus && text.charCodeAt(at + 1) === minus;
    if (!isComment && code !== space && (code < tab || code > carriageReturn)) break;
    hasNewline ||= code === newline || code === carriageReturn;
    at = isComment ? told({ kind: 'line', start: at, end: endOfLine(text, at) }, found) : at + 1;
  }
  return { at, hasNewline };
}
