/** What a token is. `space`, `comment`, `escaped` (a line joined by a backslash) and `nl` mean nothing to the program. */
export type TokenKind =
  | 'name'
  | 'number'
  | 'string'
  | 'op'
  | 'comment'
  | 'space'
  | 'escaped'
  | 'nl'
  | 'newline'
  | 'literal'
  | 'other';

/**
 * A part of a Python text. All tokens together are the whole text. An f-string is several: its ends and its texts (`literal`,
 * whose `text` is left empty, since a comma or a colon in it is no code), and its code.
 */
export type Token = { readonly kind: TokenKind; readonly text: string; readonly start: number; readonly end: number };

const name = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const number =
  /(0[xX](_?[\da-fA-F])+|0[bB](_?[01])+|0[oO](_?[0-7])+|(\d(_?\d)*\.?(\d(_?\d)*)?|\.\d(_?\d)*)([eE][+-]?\d(_?\d)*)?[jJ]?)[lL]?/y;
const space = /[ \t\f]+/y;
const escaped = /\\\r?\n/y;
const lineEnd = /\r\n|\n|\r/y;
const comment = /#[^\r\n]*/y;
const operator =
  /\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|<>|->|:=|\*\*|\/\/|>>|<<|<=|>=|==|[-+*/%@&|^]=|[-+*/%@&|^~<>()[\]{},:.;=]/y;
const stringStart = /([rRuUbBfFtT]{0,3})("""|'''|"|')/y;

type Frame = { readonly quote: string; readonly isRaw: boolean; readonly isSpec: boolean };
type Scanner = { readonly text: string; at: number; readonly tokens: Token[]; depth: number; hasCode: boolean };

/** The tokens of a text, without gaps. What Python would refuse comes out as `other`; nothing is thrown. */
export function tokensOf(text: string): readonly Token[] {
  const scanner: Scanner = { text, at: 0, tokens: [], depth: 0, hasCode: false };
  while (scanner.at < text.length) step(scanner);
  return scanner.tokens;
}

function step(scanner: Scanner): void {
  const start = taken(scanner, stringStart);
  if (start !== undefined) stringAt(scanner, start);
  else plainAt(scanner);
}

function plainAt(scanner: Scanner): void {
  for (const [kind, pattern] of plain) {
    const found = taken(scanner, pattern);
    if (found === undefined) continue;
    if (kind === 'op') count(scanner, found);
    const isEnd = kind === 'nl' && scanner.depth === 0 && scanner.hasCode;
    push(scanner, isEnd ? 'newline' : kind, found);
    if (isEnd) scanner.hasCode = false;
    return;
  }
  push(scanner, 'other', scanner.text[scanner.at] ?? '');
}

const plain: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', space],
  ['name', name],
  ['nl', lineEnd],
  ['comment', comment],
  ['number', number],
  ['op', operator],
  ['escaped', escaped],
];

function taken({ text, at }: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const idle: ReadonlySet<TokenKind> = new Set(['space', 'comment', 'escaped', 'nl']);

function push(scanner: Scanner, kind: TokenKind, text: string): void {
  const start = scanner.at;
  scanner.at = start + text.length;
  scanner.tokens.push({ kind, text: kind === 'literal' ? '' : text, start, end: scanner.at });
  if (!idle.has(kind)) scanner.hasCode = true;
}

function count(scanner: Scanner, text: string): void {
  if ('([{'.includes(text)) scanner.depth += 1;
  if (')]}'.includes(text)) scanner.depth = Math.max(0, scanner.depth - 1);
}

function stringAt(scanner: Scanner, opening: string): void {
  const [, prefix = '', quote = ''] = /^(\w*)(.*)$/s.exec(opening) ?? [];
  const isRaw = /r/i.test(prefix);
  if (/[ft]/i.test(prefix)) {
    formatted(scanner, opening, { quote, isRaw, isSpec: false });
    return;
  }
  const { text, at } = scanner;
  const from = at + opening.length;
  const end = closingQuote(text, from, quote);
  push(scanner, end === undefined ? 'other' : 'string', text.slice(at, end ?? from));
}

/** Offset behind the closing quote. A single-quoted string may not go over a line that is not joined. */
function closingQuote(text: string, from: number, quote: string): number | undefined {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
    else if (quote.length === 1 && text[at] === '\n') return undefined;
  }
  return undefined;
}

/** An f-string without fields is one token, as any string; else its code is tokens as any code. */
function formatted(scanner: Scanner, opening: string, frame: Frame): void {
  const { text, at } = scanner;
  const end = closingQuote(text, at + opening.length, frame.quote);
  const whole = end === undefined ? undefined : text.slice(at, end);
  if (whole !== undefined && !/\{/.test(whole.replaceAll('{{', ''))) {
    push(scanner, 'string', whole);
    return;
  }
  push(scanner, 'literal', opening);
  while (scanner.at < text.length) {
    const part = literalPart(scanner.text, scanner.at, frame);
    if (part !== '') push(scanner, 'literal', part);
    const isClosed = text.startsWith(frame.quote, scanner.at);
    if (isClosed) push(scanner, 'literal', frame.quote);
    if (isClosed || scanner.at >= text.length || text[scanner.at] === '\n') return;
    field(scanner, frame);
  }
}

function literalPart(text: string, from: number, { quote, isSpec, isRaw }: Frame): string {
  let at = from;
  for (; at < text.length; at += 1) {
    if (text.startsWith(quote, at)) break;
    if (isSpec && (text[at] === '{' || text[at] === '}')) break;
    if (!isRaw && text.startsWith('\\N{', at)) at = Math.max(at, text.indexOf('}', at));
    else if (text[at] === '\\') at += text[at + 1] === '{' || text[at + 1] === '}' ? 0 : 1;
    else if (text.startsWith('{{', at) || text.startsWith('}}', at)) at += 1;
    else if (text[at] === '{') break;
    else if (quote.length === 1 && text[at] === '\n') break;
  }
  return text.slice(from, at);
}

/** `{expression!r:spec}`, with fields within the specification. */
function field(scanner: Scanner, frame: Frame): void {
  const { text } = scanner;
  const floor = scanner.depth;
  push(scanner, 'op', '{');
  scanner.depth += 1;
  while (scanner.at < text.length) {
    const isOwn = scanner.depth === floor + 1;
    if (isOwn && text[scanner.at] === '}') break;
    if (isOwn && text[scanner.at] === ':' && text[scanner.at + 1] !== '=') {
      push(scanner, 'literal', ':');
      specification(scanner, frame);
      break;
    }
    if (isOwn && /![rsa]\s*[:}]/y.test(text.slice(scanner.at, scanner.at + 8)))
      push(scanner, 'literal', text.slice(scanner.at, scanner.at + 2));
    else if (isOwn && text.startsWith(frame.quote, scanner.at) && !/['"]/.test(text[scanner.at + 1] ?? '')) break;
    else step(scanner);
  }
  if (text[scanner.at] === '}') push(scanner, 'op', '}');
  scanner.depth = floor;
}

function specification(scanner: Scanner, frame: Frame): void {
  const inner = { ...frame, isSpec: true };
  while (scanner.at < scanner.text.length) {
    const part = literalPart(scanner.text, scanner.at, inner);
    if (part !== '') push(scanner, 'literal', part);
    if (scanner.text[scanner.at] !== '{') return;
    field(scanner, frame);
  }
}
