/** A stretch of SQL text that means one thing to psql. */
export type Stretch = {
  readonly kind:
    | 'code'
    | 'string'
    | 'quoted-name'
    | 'comment'
    | 'dollar'
    | 'template'
    | 'psql-command'
    | 'copy-data'
    | 'semicolon';
  readonly start: number;
  readonly end: number;
};

const interesting = /['"$\\;]|--|\/\*|\{[{%]|<%[=-]/g;
const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const nameCharacter = /[\w$\u0080-\uffff]/;
const copyFromStdin = /^\s*copy\b[\s\S]*\bfrom\s+stdin\b/i;

/**
 * Divides SQL into code, quoted things, comments, templates, commands of psql, data of COPY and the semicolons between statements,
 * in order and without gaps. It takes whatever is given: what is not closed goes on to the end. Rules of quoting: PostgreSQL manual,
 * 4.1 Lexical Structure; commands and COPY data: psql, Meta-Commands and COPY, File Formats.
 */
export function scanSql(text: string, from = 0, to = text.length): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let codeStart = from;
  let statementStart = from;
  let index = from;
  const push = (kind: Stretch['kind'], start: number, end: number): void => {
    if (start > codeStart) stretches.push({ kind: 'code', start: codeStart, end: start });
    stretches.push({ kind, start, end });
    codeStart = end;
    index = end;
  };
  while (index < to) {
    interesting.lastIndex = index;
    const found = interesting.exec(text);
    if (found === null || found.index >= to) break;
    const at = found.index;
    index = at + 1;
    const stretch = stretchAt(text, at, to);
    if (stretch === undefined) continue;
    push(stretch.kind, at, Math.min(stretch.end, to));
    if (stretch.kind !== 'semicolon') continue;
    const isCopy = copyFromStdin.test(codeOf(text, stretches, statementStart));
    statementStart = index;
    const data = isCopy ? copyDataAfter(text, index, to) : undefined;
    if (data === undefined) continue;
    push('copy-data', data.start, data.end);
    statementStart = index;
  }
  if (codeStart < to) stretches.push({ kind: 'code', start: codeStart, end: to });
  return stretches;
}

/** How many statements a stretch of text has: commands of psql and data of COPY are none. */
export function statementsIn(text: string, start: number, end: number): readonly string[] {
  const statements: string[] = [];
  let words = '';
  for (const { kind, start: from, end: to } of scanSql(text, start, end)) {
    if (kind === 'semicolon') {
      statements.push(words);
      words = '';
    } else if (kind === 'comment') words += ' ';
    else if (kind !== 'psql-command' && kind !== 'copy-data') words += text.slice(from, to);
  }
  return [...statements, words].map((statement) => statement.trim()).filter((statement) => statement !== '');
}

type Found = { readonly kind: Stretch['kind']; readonly end: number };

function stretchAt(text: string, at: number, to: number): Found | undefined {
  switch (text[at]) {
    case "'":
      return { kind: 'string', end: isEscapeString(text, at) ? endOfEscapes(text, at, to) : endOfQuoted(text, at, to) };
    case '"':
      return { kind: 'quoted-name', end: endOfName(text, at, to) };
    case '-':
      return { kind: 'comment', end: endOfLine(text, at, to) };
    case '/':
      return { kind: 'comment', end: endOfComment(text, at, to) };
    case '\\':
      return { kind: 'psql-command', end: endOfLine(text, at, to) };
    case ';':
      return { kind: 'semicolon', end: at + 1 };
    case '{':
    case '<':
      return templateAt(text, at, to);
    default:
      return dollarAt(text, at, to);
  }
}

const templateEnds: Readonly<Record<string, string>> = { '{{': '}}', '{%': '%}', '<%': '%>' };

/** `{{ name }}`, `{% if … %}` and `<%= name %>`, with whatever quotes there are within. `<%` alone is an operator of pg_trgm. */
function templateAt(text: string, at: number, to: number): Found | undefined {
  const close = text.indexOf(templateEnds[text.slice(at, at + 2)] ?? '', at + 2);
  return close === -1 || close + 2 > to ? undefined : { kind: 'template', end: close + 2 };
}

function isEscapeString(text: string, at: number): boolean {
  return /e/i.test(text[at - 1] ?? '') && !nameCharacter.test(text[at - 2] ?? ' ');
}

function endOfQuoted(text: string, at: number, to: number): number {
  const quote = text[at] ?? "'";
  let close = text.indexOf(quote, at + 1);
  while (close !== -1 && text[close + 1] === quote) close = text.indexOf(quote, close + 2);
  return close === -1 ? to : close + 1;
}

/** A template within a name may have quotes of its own: `"{{ index .Options "Prefix" }}_users"`. */
function endOfName(text: string, at: number, to: number): number {
  const found = /"(?:[^"{\n]|\{(?!\{)|\{\{[^{}\n]*\}\})*"/y;
  found.lastIndex = at;
  const whole = found.exec(text)?.[0];
  const isTemplate = whole?.includes('{{') === true && at + whole.length <= to && text[at + whole.length] !== '"';
  return isTemplate ? at + whole.length : endOfQuoted(text, at, to);
}

function endOfEscapes(text: string, at: number, to: number): number {
  let index = at + 1;
  while (index < to) {
    if (text[index] === '\\') index += 2;
    else if (text[index] !== "'") index += 1;
    else if (text[index + 1] === "'") index += 2;
    else return index + 1;
  }
  return to;
}

/** Where the line that holds an index ends, its line break not included; at most `to`. */
export function endOfLine(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return to;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** After the comment between slashes that begins at an index; such comments nest. At most `to`. */
export function endOfComment(text: string, at: number, to: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  let depth = 0;
  for (let found = edge.exec(text); found !== null && found.index < to; found = edge.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return to;
}

function dollarAt(text: string, at: number, to: number): Found | undefined {
  if (nameCharacter.test(text[at - 1] ?? ' ')) return undefined;
  dollarTag.lastIndex = at;
  const tag = dollarTag.exec(text)?.[0];
  if (tag === undefined) return undefined;
  const close = text.indexOf(tag, at + tag.length);
  return { kind: 'dollar', end: close === -1 ? to : close + tag.length };
}

/** The code of the statement that began at an index; enough of it to see what kind it is. */
function codeOf(text: string, stretches: readonly Stretch[], start: number): string {
  const from = stretches.findLastIndex((stretch) => stretch.end <= start) + 1;
  const parts = stretches.slice(from).filter(({ kind }) => kind === 'code' || kind === 'quoted-name');
  return parts.map(({ start: at, end }) => text.slice(at, end)).join(' ');
}

/** Lines after a COPY … FROM stdin, with the line that ends them. */
function copyDataAfter(text: string, at: number, to: number): { start: number; end: number } | undefined {
  const line = text.indexOf('\n', at);
  if (line === -1 || line + 1 >= to) return undefined;
  const close = /^\\\.[ \t]*\r?$/gm;
  close.lastIndex = line + 1;
  const found = close.exec(text);
  return { start: line + 1, end: found === null ? to : Math.min(to, found.index + found[0].replace('\r', '').length) };
}
