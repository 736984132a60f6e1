/** How the new file is written: what the tree's Prettier says, else what Prettier does by itself. */
export type CodeStyle = {
  readonly quote: '"' | "'";
  readonly indent: string;
  readonly width: number;
  readonly end: ';' | '';
  /** Whether the last of several lines ends with a comma. */
  readonly comma: ',' | '';
};

/** A piece of code that is laid out when it is written. */
export type Code =
  /** As it stands; of several lines the first has no indentation, and that of the others counts from the first. */
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly CodeItem[] }
  | { readonly kind: 'object'; readonly entries: readonly CodeEntry[]; readonly isOpen: boolean }
  | { readonly kind: 'call'; readonly callee: string; readonly args: readonly Code[] };

/** Comments are whole, with their marks. */
type Commented = { readonly before?: readonly string[]; readonly after?: string | undefined };
export type CodeItem = Commented & { readonly value: Code };
/** Without a key it is a spread, or a name that stands for itself. */
export type CodeEntry = Commented & { readonly key?: string | undefined; readonly value: Code };

/** Code as it stands. */
export function raw(text: string): Code {
  return { kind: 'raw', text };
}

/** A string literal. */
export function text(value: string): Code {
  return { kind: 'text', value };
}

/** A list of string literals. */
export function texts(values: readonly string[]): Code {
  return { kind: 'list', items: values.map((value) => ({ value: text(value) })) };
}

/** An object that is written over several lines. */
export function opened(entries: readonly CodeEntry[]): Code {
  return { kind: 'object', entries, isOpen: true };
}

/** Writes code that begins at a column of a line with an indentation. Lines end with LF. */
export function writeCode(
  code: Code,
  style: CodeStyle,
  at: { readonly indent: string; readonly column: number },
): string {
  const flat = inline(code, style);
  if (flat !== undefined && at.column + flat.length <= style.width) return flat;
  const inner = at.indent + style.indent;
  const within = { indent: inner, column: inner.length };
  if (code.kind === 'raw') return code.text.replaceAll('\n', `\n${at.indent}`);
  if (code.kind === 'text') return quoted(code.value, style);
  if (code.kind === 'list') {
    const items = code.items.map((item) => framed(item, writeCode(item.value, style, within), inner));
    return `[\n${lines(items, inner, style)}\n${at.indent}]`;
  }
  if (code.kind === 'object') {
    const entries = code.entries.map((entry) => framed(entry, keyed(entry, style, within), inner));
    return entries.length === 0 ? '{}' : `{\n${lines(entries, inner, style)}\n${at.indent}}`;
  }
  const [only] = code.args;
  if (only !== undefined && code.args.length === 1 && (only.kind === 'list' || only.kind === 'object'))
    return `${code.callee}(${writeCode(only, style, { indent: at.indent, column: at.column + code.callee.length + 2 })})`;
  const args = code.args.map((arg) => ({ text: writeCode(arg, style, within), after: '' }));
  return `${code.callee}(\n${lines(args, inner, style)}\n${at.indent})`;
}

/** A string literal in the style's quotes; in the others where that spares escapes. */
export function quoted(value: string, { quote }: Pick<CodeStyle, 'quote'>): string {
  const other = quote === '"' ? "'" : '"';
  const mark = value.includes(quote) && !value.includes(other) ? other : quote;
  const body = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  return mark + body.replaceAll(mark, `\\${mark}`) + mark;
}

/** A key of an object, quoted where it has to be. */
export function keyText(key: string, style: Pick<CodeStyle, 'quote'>): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key, style);
}

type Line = { readonly text: string; readonly after: string };

function framed({ before = [], after }: Commented, body: string, indent: string): Line {
  const above = before.map((comment) => `${comment.replaceAll('\n', `\n${indent}`)}\n${indent}`).join('');
  return { text: `${above}${body}`, after: after === undefined ? '' : ` ${after}` };
}

function lines(all: readonly Line[], indent: string, { comma }: CodeStyle): string {
  return all
    .map(({ text: body, after }, at) => `${indent}${body}${at < all.length - 1 ? ',' : comma}${after}`)
    .join('\n');
}

function keyed(
  { key, value }: CodeEntry,
  style: CodeStyle,
  at: { readonly indent: string; readonly column: number },
): string {
  if (key === undefined) return writeCode(value, style, at);
  const name = `${keyText(key, style)}: `;
  return name + writeCode(value, style, { indent: at.indent, column: at.column + name.length + 1 });
}

/** The code on one line; undefined where it has comments, is meant to be open, or holds lines of its own. */
function inline(code: Code, style: CodeStyle): string | undefined {
  if (code.kind === 'raw') return code.text.includes('\n') ? undefined : code.text;
  if (code.kind === 'text') return quoted(code.value, style);
  if (code.kind === 'call') {
    const args = joined(
      code.args.map((value) => ({ value })),
      style,
    );
    return args === undefined ? undefined : `${code.callee}(${args})`;
  }
  if (code.kind === 'list') {
    // Prettier breaks a list of several objects or lists.
    const isGroup = code.items.length > 1 && code.items.every(({ value }) => isFilled(value));
    const items = isGroup ? undefined : joined(code.items, style);
    return items === undefined ? undefined : `[${items}]`;
  }
  if (code.entries.length === 0) return '{}';
  if (code.isOpen) return undefined;
  const entries = code.entries.map(({ key, value, before = [], after }) => {
    const body = before.length > 0 || after !== undefined ? undefined : inline(value, style);
    return body === undefined || key === undefined ? body : `${keyText(key, style)}: ${body}`;
  });
  return entries.includes(undefined) ? undefined : `{ ${entries.join(', ')} }`;
}

function isFilled(code: Code): boolean {
  return (code.kind === 'list' && code.items.length > 1) || (code.kind === 'object' && code.entries.length > 1);
}

function joined(items: readonly CodeItem[], style: CodeStyle): string | undefined {
  const all = items.map(({ value, before = [], after }) =>
    before.length > 0 || after !== undefined ? undefined : inline(value, style),
  );
  return all.includes(undefined) ? undefined : all.join(', ');
}
