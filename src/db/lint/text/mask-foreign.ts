import { scanSql } from './scan-sql.ts';

/** What is in a file of SQL and is not SQL. */
export type Foreign = {
  readonly kind: 'psql-command' | 'copy-data' | 'variable' | 'placeholder' | 'template' | 'byte-order-mark';
  readonly start: number;
  readonly end: number;
  readonly text: string;
};

/** The text with everything that is not SQL made harmless. Its length, and so every place in it, is as before. */
export type MaskedText = { readonly text: string; readonly masked: readonly Foreign[] };

/**
 * Takes out what a tool would act on or put values for before the server sees the text: commands and variables of psql,
 * data of COPY, placeholders (`${name}`, `{{name}}`, `{name}`, `#{name}`, `$(name)`, `<%= name %>`) and statements of
 * templates (`{% if … %}`). A placeholder becomes a name of its length, or nothing where it stands alone on its line.
 * Inside quotes everything stays, but for `${name}` in bodies between dollars, which are read as SQL later.
 */
export function maskForeign(text: string): MaskedText {
  if (!mayHaveForeign.test(text)) return { text, masked: [] };
  const pieces: Piece[] = [];
  for (const { kind, start, end } of scanSql(text)) {
    if (kind === 'psql-command') pieces.push(command(text, start, end));
    else if (kind === 'copy-data') pieces.push({ kind, start, end, by: blank(text.slice(start, end)) });
    else if (kind === 'code') pieces.push(...inCode(text, start, end));
    else if (kind === 'template') pieces.push(inTemplate(text, start, end));
    else if (kind === 'quoted-name') pieces.push(...inName(text, start, end));
    else if (kind === 'dollar') pieces.push(...inBody(text, start, end));
  }
  if (text.startsWith('\uFEFF')) pieces.unshift({ kind: 'byte-order-mark', start: 0, end: 1, by: ' ' });
  return {
    text: put(text, pieces),
    masked: pieces.map(({ kind, start, end }) => ({ kind, start, end, text: text.slice(start, end) })),
  };
}

type Piece = { readonly kind: Foreign['kind']; readonly start: number; readonly end: number; readonly by: string };

const mayHaveForeign = /[\\{\uFEFF]|(?<!:):["'{A-Za-z_]|\$\(|<%|from\s+stdin/i;

/** Line breaks stay, so that lines keep their numbers. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** Commands that send the statement before them do what a semicolon does. */
function command(text: string, start: number, end: number): Piece {
  const words = text.slice(start, end);
  const isSending = /^\\(g|gx|gexec|gset|gdesc|crosstabview|watch|bind|parse)\b|^\\;/i.test(words);
  return { kind: 'psql-command', start, end, by: `${isSending ? ';' : ' '}${blank(words.slice(1))}` };
}

/** Words of Go templates, Handlebars and the like that decide which text there is, and comments. */
const control = /^(\{%|<%-|\{\{[-~]?\s*([#/^!>]|(if|else|end|range|with|define|block|template)\b))/;
const placeholder = /\$\{[^{}\n]*\}|#\{[^{}\n]*\}|\$\([A-Za-z_][\w.:-]*\)|\{[A-Za-z_][\w.:-]*\}/g;
/** As psql names them: manual of psql, SQL Interpolation. Never the second half of `::`, and never within `[1:n]`. */
const variable = /:(?:\{\?\w+\}|[A-Za-z_]\w*)/g;

function inTemplate(text: string, start: number, end: number): Piece {
  const words = text.slice(start, end);
  if (control.test(words)) return { kind: 'template', start, end, by: blank(words) };
  const isNothing = words.includes('\n') || standsAlone(text, start, end);
  return { kind: 'placeholder', start, end, by: isNothing ? blank(words) : nameFor(words) };
}

function inCode(text: string, start: number, end: number): readonly Piece[] {
  const code = text.slice(start, end);
  const found: Piece[] = [];
  const take = (
    kind: Foreign['kind'],
    pattern: RegExp,
    by: (match: string, at: number) => string | undefined,
  ): void => {
    for (const match of code.matchAll(pattern)) {
      const [from, to] = [start + match.index, start + match.index + match[0].length];
      if (found.some((piece) => piece.start < to && from < piece.end)) continue;
      const replacement = by(match[0], from);
      if (replacement !== undefined) found.push({ kind, start: from, end: to, by: replacement });
    }
  };
  take('placeholder', placeholder, (match, at) =>
    standsAlone(text, at, at + match.length) ? blank(match) : nameFor(match),
  );
  take('variable', variable, (match, at) => {
    if (/[:[]/.test(text[at - 1] ?? ' ') || isInBrackets(text, at)) return undefined;
    return nameFor(match);
  });
  // What psql writes as :'name' or :"name" is cut off here: the quotes are a stretch of their own.
  if (/['"]/.test(text[end] ?? '') && text[end - 1] === ':' && text[end - 2] !== ':') {
    found.push({ kind: 'variable', start: end - 1, end, by: ' ' });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Quotes of a template would end the name. */
function inName(text: string, start: number, end: number): readonly Piece[] {
  return [...text.slice(start, end).matchAll(/\{\{[^{}\n]*"[^{}\n]*\}\}/g)].map((match) => {
    const from = start + match.index;
    return { kind: 'placeholder', start: from, end: from + match[0].length, by: nameFor(match[0]) };
  });
}

function inBody(text: string, start: number, end: number): readonly Piece[] {
  return [...text.slice(start, end).matchAll(/\$\{[\w.:-]+\}/g)].map((match) => {
    const from = start + match.index;
    return { kind: 'placeholder', start: from, end: from + match[0].length, by: nameFor(match[0]) };
  });
}

/** A name of the same length that is told apart from others and cannot be a keyword. */
function nameFor(text: string): string {
  return text.replace(/[^\w\r\n]/g, '_').replace(/^[^_]/, '_');
}

function standsAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const after = text.slice(end, text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end));
  return before.trim() === '' && /^\s*;?\s*$/.test(after);
}

function isInBrackets(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 200), at);
  const open = before.lastIndexOf('[');
  return open !== -1 && open > before.lastIndexOf(']') && !before.slice(open).includes('\n');
}

function put(text: string, pieces: readonly Piece[]): string {
  let at = 0;
  const parts = pieces.map(({ start, end, by }) => {
    const kept = text.slice(at, start);
    at = end;
    return kept + by;
  });
  return [...parts, text.slice(at)].join('');
}
