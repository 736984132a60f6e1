import type { SgNode } from '@ast-grep/napi';
import { bare, partsOf } from './nodes.ts';

/** A literal string, several side by side put together. */
export type Literal = { readonly kind: 'str' | 'bytes'; readonly value: string };

/** The value of a string in the program; undefined for what is none, and for f-strings with fields. */
export function literalOf(node: SgNode | null | undefined): Literal | undefined {
  const inner = bare(node);
  if (inner?.is('concatenated_string') === true) {
    const parts = partsOf(inner).map(literalOf);
    const kinds = new Set(parts.map((part) => part?.kind));
    const [kind] = kinds;
    if (kinds.size !== 1 || kind === undefined) return undefined;
    return { kind, value: parts.map((part) => part?.value ?? '').join('') };
  }
  return inner?.is('string') === true ? stringValue(inner.text()) : undefined;
}

/** True where a string, or one of several side by side, is an f-string. */
export function isFormatted(node: SgNode | null | undefined): boolean {
  const inner = bare(node);
  if (inner?.is('concatenated_string') === true) return partsOf(inner).some(isFormatted);
  return inner?.is('string') === true && /^\w*f/i.test(inner.text());
}

const form = /^([a-zA-Z]*)("""|'''|"|')([\s\S]*)\2$/;

/** A string in its parts: what stands before the quotes, the quotes, what is within. Undefined for what is no string. */
export function stringParts(
  text: string,
): { readonly prefix: string; readonly quote: string; readonly body: string } | undefined {
  const [, prefix, quote, body] = form.exec(text) ?? [];
  return prefix === undefined || quote === undefined || body === undefined ? undefined : { prefix, quote, body };
}

/** What a string says, by its source. Undefined for f-strings. */
export function stringValue(text: string): Literal | undefined {
  const parts = stringParts(text);
  if (parts === undefined || /[ft]/i.test(parts.prefix)) return undefined;
  const isBytes = /b/i.test(parts.prefix);
  const kind = isBytes ? 'bytes' : 'str';
  const body = parts.body.replaceAll('\r\n', '\n');
  return { kind, value: /r/i.test(parts.prefix) ? body : unescaped(body, isBytes) };
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescaped(body: string, isBytes: boolean): string {
  const pattern = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{([^}]*)\}|([\s\S]))/g;
  return body.replaceAll(pattern, (whole: string, ...groups: readonly (string | undefined)[]) => {
    const [octal, byte, short, long, named, single] = groups;
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    if (byte !== undefined) return String.fromCodePoint(Number.parseInt(byte, 16));
    if (isBytes && (short !== undefined || long !== undefined || named !== undefined)) return whole;
    if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16));
    if (long !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(long, 16), 0x10ffff));
    // The table of names is large; what stands for a character is one character, and never a brace.
    if (named !== undefined) return '\uFFFD';
    return escapes[single ?? ''] ?? whole;
  });
}

const codecs: Readonly<Record<string, string>> = {
  utf_8: 'utf-8',
  utf8: 'utf-8',
  u8: 'utf-8',
  utf: 'utf-8',
  utf8_ucs2: 'utf-8',
  utf8_ucs4: 'utf-8',
  cp65001: 'utf-8',
  ascii: 'ascii',
  646: 'ascii',
  us_ascii: 'ascii',
  ansi_x3_4_1968: 'ascii',
  'ansi_x3.4_1968': 'ascii',
  cp367: 'ascii',
  iso646_us: 'ascii',
  latin_1: 'latin-1',
  latin1: 'latin-1',
  latin: 'latin-1',
  l1: 'latin-1',
  iso8859_1: 'latin-1',
  iso_8859_1: 'latin-1',
  8859: 'latin-1',
  cp819: 'latin-1',
  iso8859: 'latin-1',
};

/** The encoding that a name stands for, of the three that matter here. */
export function codecOf(name: string): 'utf-8' | 'ascii' | 'latin-1' | undefined {
  const found = codecs[name.toLowerCase().replaceAll(/[\s-]+/g, '_')];
  return found === 'utf-8' || found === 'ascii' || found === 'latin-1' ? found : undefined;
}

/** A text as Python writes it, in double quotes where the string that it takes the place of has them. */
export function quotedLike(text: string, like: string): string {
  const single =
    text.includes("'") && !text.includes('"') ? `"${escaped(text)}"` : `'${escaped(text).replaceAll("'", "\\'")}'`;
  if (/['"]/.exec(like)?.[0] !== '"' || single.startsWith('"')) return single;
  return `"${escaped(text).replaceAll('"', '\\"')}"`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
