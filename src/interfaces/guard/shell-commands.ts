import { fromAnsi } from './from-ansi.ts';

/** A simple command: its words as the shell hands them over, and what is fed into it. */
export type ShellCommand = {
  readonly words: readonly string[];
  /** Text that it reads from its standard input, where that stands in the line: a here-document, or what `echo` says into a pipe. */
  readonly fed: string;
  /** Files that its standard input is taken from. */
  readonly files: readonly string[];
  /** Files that its output goes to. */
  readonly written: readonly string[];
  /** True where another command writes what it reads, and what that is does not stand in the line. */
  readonly isFedUnseen: boolean;
};

/** The simple commands of a command line, those in substitutions and in `sh -c` too. Undefined where it cannot be read. */
export type ReadLine = readonly ShellCommand[] | undefined;

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly inner: readonly string[] }
  | { readonly kind: 'end'; readonly isPipe: boolean }
  | { readonly kind: 'from'; readonly how: '<' | '<<<' }
  | { readonly kind: 'to' }
  | { readonly kind: 'fed'; readonly text: string };

const depthMax = 6;
const lengthMax = 200_000;

/**
 * Reads a command line of a POSIX shell or of bash (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html):
 * quotes, operators, redirections, here-documents, substitutions. Nothing is expanded; what stands for something else stays
 * as it is written. Pure.
 */
export function shellCommands(line: string, depth = 0): ReadLine {
  if (depth > depthMax || line.length > lengthMax) return undefined;
  const tokens = tokensOf(line);
  if (tokens === undefined) return undefined;
  const found: ShellCommand[] = [];
  let piped: Piped = { text: '', files: [], isUnseen: false };
  for (const { words, inner, fed, files, written, isPiped } of simpleCommands(tokens)) {
    for (const text of inner) {
      const own = shellCommands(text, depth + 1);
      if (own === undefined) return undefined;
      found.push(...own);
    }
    const whole = {
      words: withoutAssignments(words),
      fed: fed + piped.text,
      files: [...files, ...piped.files],
      written,
      isFedUnseen: piped.isUnseen,
    };
    found.push(whole);
    const nested = scriptOf(whole);
    if (nested !== undefined) {
      const own = shellCommands(nested, depth + 1);
      if (own === undefined) return undefined;
      found.push(...own);
    }
    piped = isPiped ? saidBy(whole) : { text: '', files: [], isUnseen: false };
  }
  return found;
}

type Simple = {
  words: string[];
  inner: string[];
  fed: string;
  files: string[];
  written: string[];
  isPiped: boolean;
};

function simpleCommands(tokens: readonly Token[]): readonly Simple[] {
  const all: Simple[] = [];
  let now: Simple = { words: [], inner: [], fed: '', files: [], written: [], isPiped: false };
  let redirects: '<' | '<<<' | 'to' | undefined;
  for (const token of [...tokens, { kind: 'end', isPipe: false } as const]) {
    if (token.kind === 'end') {
      if (now.words.length > 0 || now.inner.length > 0 || now.written.length > 0)
        all.push({ ...now, isPiped: token.isPipe });
      now = { words: [], inner: [], fed: '', files: [], written: [], isPiped: false };
      redirects = undefined;
    } else if (token.kind === 'from') redirects = token.how;
    else if (token.kind === 'to') redirects = 'to';
    else if (token.kind === 'fed') now.fed += token.text;
    else {
      now.inner.push(...token.inner);
      if (redirects === undefined) now.words.push(token.text);
      else if (redirects === 'to') now.written.push(token.text);
      else if (redirects === '<') now.files.push(token.text);
      else if (redirects === '<<<') now.fed += token.text;
      redirects = undefined;
    }
  }
  return all;
}

/** `A=1 B=2 command` is `command`, and so is `then command`. */
function withoutAssignments(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !/^(?:[A-Za-z_]\w*=|(?:if|then|elif|else|while|until|do|!|time)$)/.test(word));
  return at === -1 ? [] : words.slice(at);
}

const shells = /^(?:.*\/)?(?:ba|da|z|k|a|fi)?sh$/;

/** What a shell is told to run: by `-c`, or on its standard input. */
function scriptOf({ words, fed }: ShellCommand): string | undefined {
  const at = words.findIndex((word) => shells.test(word));
  if (words[0] === 'eval') return words.slice(1).join(' ');
  if (words[0] === 'trap') return words.slice(1).find((word) => !word.startsWith('-'));
  const split = words.findIndex((word) => /^(-\w*S|--split-string)$/.test(word));
  if (split > 0 && /(^|\/)env$/.test(words[0] ?? '')) return words.slice(split + 1).join(' ');
  if (at === -1) return undefined;
  const flag = words.findIndex((word, place) => place > at && /^-[a-z]*c[a-z]*$/.test(word));
  return flag === -1 ? (fed === '' ? undefined : fed) : words.slice(flag + 1).find((word) => word !== '--');
}

/** What goes through a pipe. */
type Piped = { readonly text: string; readonly files: readonly string[]; readonly isUnseen: boolean };

/** What `echo`, `printf` and `cat` write into a pipe; of other programs nobody can tell. */
function saidBy({ words, fed, files, isFedUnseen }: ShellCommand): Piped {
  const [name = '', ...rest] = words;
  const program = name.replace(/^.*\//, '');
  const text = rest.filter((word) => !/^-[neE]+$/.test(word)).join(' ');
  if (program === 'echo' || program === 'printf')
    return { text: text.replaceAll('\\n', '\n'), files: [], isUnseen: /\$\(|`/.test(text) };
  if (program === 'true' || program === ':') return { text: '', files: [], isUnseen: false };
  if (program !== 'cat' && program !== 'tee') return { text: fed, files: [], isUnseen: true };
  const own = program === 'cat' ? rest.filter((word) => !word.startsWith('-')) : [];
  return { text: fed, files: [...files, ...own], isUnseen: isFedUnseen };
}

/** One place in the line, read from left to right. */
type Scan = {
  readonly line: string;
  at: number;
  readonly documents: { readonly end: string; readonly token: { text: string } }[];
};

function tokensOf(line: string): readonly Token[] | undefined {
  const scan: Scan = { line, at: 0, documents: [] };
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
  const document = /^\d*<<-?[ \t]*(?:(['"])([^'"\n]+)\1|\\?([\w.-]+))/.exec(rest);
  if (document !== null && !rest.startsWith('<<<')) {
    skip(scan, document[0].length);
    const token = { kind: 'fed' as const, text: '' };
    scan.documents.push({ end: document[2] ?? document[3] ?? '', token });
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
    return { kind: 'to' };
  }
  const before = scan.at;
  const word = readWord(scan);
  return word === undefined || scan.at === before ? 'unreadable' : word;
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
  for (const { end, token } of scan.documents.splice(0)) {
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
  }
  return true;
}

function readWord(scan: Scan): Token | undefined {
  let text = '';
  const inner: string[] = [];
  while (scan.at < scan.line.length) {
    const rest = scan.line.slice(scan.at);
    if (/^[\s;&|<>()]/.test(rest) && !/^[<>]\(/.test(rest)) break;
    const piece = quoted(rest) ?? substituted(rest) ?? { length: 1, text: rest.charAt(0), inner: [] };
    if (piece === 'open') return undefined;
    text += piece.text;
    inner.push(...piece.inner);
    scan.at += piece.length;
  }
  return { kind: 'word', text, inner };
}

type Piece = { readonly length: number; readonly text: string; readonly inner: readonly string[] };

function quoted(rest: string): Piece | 'open' | undefined {
  if (rest.startsWith('\\')) return { length: 2, text: rest.charAt(1) === '\n' ? '' : rest.charAt(1), inner: [] };
  if (rest.startsWith("$'")) return ansiQuoted(rest);
  if (rest.startsWith("'")) {
    const end = rest.indexOf("'", 1);
    return end === -1 ? 'open' : { length: end + 1, text: rest.slice(1, end), inner: [] };
  }
  if (!rest.startsWith('"')) return undefined;
  let [at, text] = [1, ''];
  const inner: string[] = [];
  while (at < rest.length && rest.charAt(at) !== '"') {
    const here = rest.slice(at);
    const piece = /^\\["\\$`\n]/.test(here)
      ? { length: 2, text: here.charAt(1), inner: [] }
      : (substituted(here) ?? plain(here));
    if (piece === 'open') return 'open';
    text += piece.text;
    inner.push(...piece.inner);
    at += piece.length;
  }
  return at >= rest.length ? 'open' : { length: at + 1, text, inner };
}

function ansiQuoted(rest: string): Piece | 'open' {
  const [whole, body = ''] = /^\$'((?:\\[\s\S]|[^'\\])*)'/.exec(rest) ?? [];
  return whole === undefined ? 'open' : { length: whole.length, text: fromAnsi(body), inner: [] };
}

function plain(rest: string): Piece {
  return { length: 1, text: rest.charAt(0), inner: [] };
}

/** `$(…)`, `` `…` ``, `<(…)`: what stands in them is a command line too. So is arithmetic, `$((…))`, for all that can be told from here. */
function substituted(rest: string): Piece | 'open' | undefined {
  if (rest.startsWith('`')) {
    const end = rest.indexOf('`', 1);
    return end === -1 ? 'open' : { length: end + 1, text: rest.slice(0, end + 1), inner: [rest.slice(1, end)] };
  }
  if (!/^[$<>]\(/.test(rest)) return undefined;
  let depth = 0;
  for (let at = 1; at < rest.length; at += 1) {
    const piece = quoted(rest.slice(at));
    if (piece === 'open') return 'open';
    if (piece !== undefined) at += piece.length - 1;
    else if (rest.charAt(at) === '(') depth += 1;
    else if (rest.charAt(at) === ')') depth -= 1;
    if (depth === 0) {
      return { length: at + 1, text: rest.slice(0, at + 1), inner: [rest.slice(2, at)] };
    }
  }
  return 'open';
}
