import { fromAnsi } from './from-ansi.ts';

/** A part of a command line. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly inner: readonly string[]; readonly isSplit: boolean }
  | { readonly kind: 'end'; readonly isPipe: boolean }
  | { readonly kind: 'from'; readonly how: '<' | '<<<' }
  | { readonly kind: 'to'; readonly isAppended: boolean }
  | { readonly kind: 'fed'; readonly text: string; readonly inner: readonly string[] };

/** What a substitution stands for, where that can be told without running it. */
export type Said = (inner: string) => string | undefined;

/** One place in the line, read from left to right. */
type Scan = {
  readonly line: string;
  readonly said: Said;
  at: number;
  readonly documents: Document[];
};

type Document = {
  readonly end: string;
  readonly isLiteral: boolean;
  readonly token: { readonly kind: 'fed'; text: string; inner: readonly string[] };
};

/** The parts of a command line; undefined where it cannot be read. Pure. */
export function tokensOf(line: string, said: Said): readonly Token[] | undefined {
  const scan: Scan = { line, said, at: 0, documents: [] };
  const tokens: Token[] = [];
  while (scan.at < line.length) {
    const token = nextToken(scan);
    if (token === 'unreadable') return undefined;
    if (token !== undefined) tokens.push(token);
  }
  return scan.documents.length > 0 ? undefined : tokens;
}

function nextToken(scan: Scan): Token | undefined | 'unreadable' {
  const { line } = scan;
  const rest = line.slice(scan.at);
  const space = /^(?:[ \t\r]|\\\n)+/.exec(rest)?.[0];
  if (space !== undefined) return skip(scan, space.length);
  if (rest.startsWith('#')) return skip(scan, rest.indexOf('\n') === -1 ? rest.length : rest.indexOf('\n'));
  if (rest.startsWith('\n')) {
    skip(scan, 1);
    return readDocuments(scan) ? { kind: 'end', isPipe: false } : 'unreadable';
  }
  const document = documentAt(rest);
  if (document !== undefined) {
    skip(scan, document.length);
    const token: Document['token'] = { kind: 'fed', text: '', inner: [] };
    scan.documents.push({ ...document, token });
    return token;
  }
  const operator = /^(?:&&|\|\||\|&|;;|[;&|(){}!])/.exec(rest)?.[0];
  if (operator !== undefined && !isInWord(operator, rest)) {
    skip(scan, operator.length);
    return { kind: 'end', isPipe: operator === '|' || operator === '|&' };
  }
  const here = /^\d*(<<<|<>|<&|<(?!\())/.exec(rest);
  if (here !== null) {
    skip(scan, here[0].length);
    return { kind: 'from', how: here[1] === '<<<' ? '<<<' : '<' };
  }
  const out = /^(?:\d*|&)(?:>>|>\||>&|>(?!\())/.exec(rest)?.[0];
  if (out !== undefined) {
    skip(scan, out.length);
    return { kind: 'to', isAppended: out.endsWith('>>') };
  }
  const before = scan.at;
  const word = readWord(scan);
  return word === undefined || scan.at === before ? 'unreadable' : word;
}

/** The beginning of a here-document: the word that ends it, and whether it is taken as it stands. */
function documentAt(rest: string): { length: number; end: string; isLiteral: boolean } | undefined {
  const found = /^\d*<<-?[ \t]*(?:(['"])([^'"\n]+)\1|(\\?)([\w.-]+))/.exec(rest);
  if (found === null || rest.startsWith('<<<')) return undefined;
  const [whole, , quotedEnd, backslash, end = ''] = found;
  return { length: whole.length, end: quotedEnd ?? end, isLiteral: quotedEnd !== undefined || backslash !== '' };
}

/** `{a,b}` and `!=` are words. */
function isInWord(operator: string, rest: string): boolean {
  return (
    (operator === '{' || operator === '}' || operator === '!') && /^.[^\s]/.test(rest) && !/^[{}!][;)\s]/.test(rest)
  );
}

function skip(scan: Scan, length: number): undefined {
  scan.at += length;
  return undefined;
}

/** The here-documents that were announced in the line before; false where one does not end. */
function readDocuments(scan: Scan): boolean {
  for (const { end, isLiteral, token } of scan.documents.splice(0)) {
    const from = scan.at;
    for (let isOpen = true; isOpen; ) {
      if (scan.at > scan.line.length) return false;
      const stop = scan.line.indexOf('\n', scan.at);
      const to = stop === -1 ? scan.line.length : stop;
      isOpen =
        scan.line
          .slice(scan.at, to)
          .replace(/^\t*/, '')
          .replace(/[ \t]*$/, '') !== end;
      if (!isOpen) token.text = scan.line.slice(from, scan.at);
      scan.at = isOpen ? to + 1 : to;
    }
    const meant = isLiteral ? undefined : inQuotes(token.text, { said: scan.said, end: undefined });
    if (meant === 'open') return false;
    if (meant !== undefined) [token.text, token.inner] = [meant.text, meant.inner];
  }
  return true;
}

function readWord(scan: Scan): Token | undefined {
  let text = '';
  let isSplit = false;
  const inner: string[] = [];
  while (scan.at < scan.line.length) {
    const rest = scan.line.slice(scan.at);
    if (/^[\s;&|<>()]/.test(rest) && !/^[<>]\(/.test(rest)) break;
    const around = quoted(rest, scan.said);
    const piece = around ?? substituted(rest, scan.said) ?? plain(rest);
    if (piece === 'open') return undefined;
    if (around === undefined && piece.isSaid === true) isSplit = true;
    text += piece.text;
    inner.push(...piece.inner);
    scan.at += piece.length;
  }
  return { kind: 'word', text, inner, isSplit };
}

type Piece = {
  readonly length: number;
  readonly text: string;
  readonly inner: readonly string[];
  /** True for what a substitution stands for, instead of the substitution. */
  readonly isSaid?: boolean;
};

function quoted(rest: string, said: Said): Piece | 'open' | undefined {
  if (rest.startsWith('\\')) return { length: 2, text: rest.charAt(1) === '\n' ? '' : rest.charAt(1), inner: [] };
  if (rest.startsWith("$'")) return ansiQuoted(rest);
  if (rest.startsWith("'")) {
    const end = rest.indexOf("'", 1);
    return end === -1 ? 'open' : { length: end + 1, text: rest.slice(1, end), inner: [] };
  }
  if (!rest.startsWith('"')) return undefined;
  const within = inQuotes(rest.slice(1), { said, end: '"' });
  return within === 'open' ? 'open' : { ...within, length: within.length + 2 };
}

/** Text up to the quote that ends it, or to its end, as double quotes and here-documents hold it. */
function inQuotes(rest: string, { said, end }: { readonly said: Said; readonly end: '"' | undefined }): Piece | 'open' {
  let [at, text] = [0, ''];
  const inner: string[] = [];
  while (at < rest.length && rest.charAt(at) !== end) {
    const here = rest.slice(at);
    const piece = /^\\["\\$`\n]/.test(here)
      ? { length: 2, text: here.charAt(1), inner: [] }
      : (substituted(here, said) ?? plain(here));
    if (piece === 'open') return 'open';
    text += piece.text;
    inner.push(...piece.inner);
    at += piece.length;
  }
  return at >= rest.length && end !== undefined ? 'open' : { length: at, text, inner };
}

function ansiQuoted(rest: string): Piece | 'open' {
  const [whole, body = ''] = /^\$'((?:\\[\s\S]|[^'\\])*)'/.exec(rest) ?? [];
  return whole === undefined ? 'open' : { length: whole.length, text: fromAnsi(body), inner: [] };
}

function plain(rest: string): Piece {
  return { length: 1, text: rest.charAt(0), inner: [] };
}

/** `$(…)`, `` `…` ``, `<(…)`: what stands in them is a command line too. So is arithmetic, `$((…))`, for all that can be told from here. */
function substituted(rest: string, said: Said): Piece | 'open' | undefined {
  if (rest.startsWith('`')) {
    const end = rest.indexOf('`', 1);
    return end === -1 ? 'open' : substitution(rest.slice(0, end + 1), { inner: rest.slice(1, end), said });
  }
  if (!/^[$<>]\(/.test(rest)) return undefined;
  let depth = 0;
  const ends: string[] = [];
  for (let at = 1; at < rest.length; at += 1) {
    const here = rest.slice(at);
    const document = documentAt(here);
    const piece = quoted(here, unsaid);
    if (document !== undefined) {
      ends.push(document.end);
      at += document.length - 1;
    } else if (here.startsWith('\n')) at += afterDocuments(here, ends.splice(0));
    else if (piece === 'open') return 'open';
    else if (piece !== undefined) at += piece.length - 1;
    else if (here.startsWith('#') && /\s/.test(rest.charAt(at - 1))) at += (/^[^\n]*/.exec(here)?.[0].length ?? 1) - 1;
    else if (here.startsWith('(')) depth += 1;
    else if (here.startsWith(')')) depth -= 1;
    if (depth === 0) return substitution(rest.slice(0, at + 1), { inner: rest.slice(2, at), said });
  }
  return 'open';
}

/** Where the last of the here-documents ends that begin behind a line, whatever stands in them. */
function afterDocuments(rest: string, ends: readonly string[]): number {
  let at = 0;
  for (const end of ends) {
    const line = rest.indexOf('\n', at);
    const found = rest
      .slice(line)
      .search(new RegExp(`\\n\\t*${end.replaceAll(/[.*+?^${}()|[\]\\-]/g, '\\$&')}[ \\t]*(?=\\n|\\)|$)`));
    if (found === -1) return rest.length;
    at = line + found + 1 + (/^\t*/.exec(rest.slice(line + found + 1))?.[0].length ?? 0) + end.length - 1;
  }
  return at;
}

const unsaid: Said = () => undefined;

function substitution(whole: string, { inner, said }: { readonly inner: string; readonly said: Said }): Piece {
  const text = /^[<>]/.test(whole) ? undefined : said(inner);
  return { length: whole.length, text: text ?? whole, inner: [inner], isSaid: text !== undefined };
}
