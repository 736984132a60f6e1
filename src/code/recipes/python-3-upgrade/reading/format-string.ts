/** A piece of a format string: text, and the field behind it. As `string.Formatter().parse` of Python gives them. */
export type FormatPart = {
  readonly text: string;
  readonly name?: string;
  readonly spec?: string;
  readonly conversion?: string;
};

/** The pieces of a format string, by its source or its value; undefined where Python would refuse it. */
export function parseFormat(text: string): readonly FormatPart[] | undefined {
  const parts: FormatPart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const named = /^\\N\{[^}]+\}/.exec(text.slice(at));
    const char = text[at] ?? '';
    if (named !== null) {
      literal += named[0];
      at += named[0].length;
    } else if ((char === '{' || char === '}') && text[at + 1] === char) {
      literal += char;
      at += 2;
    } else if (char === '}') return undefined;
    else if (char !== '{') {
      literal += char;
      at += 1;
    } else {
      const field = fieldAt(text, at + 1);
      if (field === undefined) return undefined;
      parts.push({ text: literal, ...field.part });
      literal = '';
      at = field.end;
    }
  }
  if (literal !== '' || parts.length === 0) parts.push({ text: literal });
  return parts;
}

type Field = { readonly part: Omit<FormatPart, 'text'>; readonly end: number };

function fieldAt(text: string, from: number): Field | undefined {
  let depth = 1;
  let at = from;
  let brackets = 0;
  let nameEnd: number | undefined;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (nameEnd === undefined && char === '[') brackets += 1;
    else if (nameEnd === undefined && char === ']') brackets = Math.max(0, brackets - 1);
    else if (char === '{') {
      if (nameEnd === undefined) return undefined;
      depth += 1;
    } else if (char === '}') {
      depth -= 1;
      if (depth === 0) break;
    } else if (nameEnd === undefined && brackets === 0 && (char === ':' || char === '!')) nameEnd = at;
  }
  if (depth > 0) return undefined;
  const name = text.slice(from, nameEnd ?? at);
  const tail = nameEnd === undefined ? '' : text.slice(nameEnd, at);
  if (!tail.startsWith('!')) return { part: { name, spec: tail.slice(1) }, end: at + 1 };
  const conversion = tail[1];
  if (conversion === undefined || (tail[2] !== undefined && tail[2] !== ':')) return undefined;
  return { part: { name, conversion, spec: tail.slice(3) }, end: at + 1 };
}

/** The pieces as a format string again. */
export function unparseFormat(parts: readonly FormatPart[]): string {
  return parts
    .map(({ text, name, spec, conversion }) => {
      const literal = curlyEscaped(text);
      if (name === undefined) return literal;
      const ending = `${conversion === undefined ? '' : `!${conversion}`}${spec === undefined || spec === '' ? '' : `:${spec}`}`;
      return `${literal}{${name}${ending}}`;
    })
    .join('');
}

/** Braces doubled, but those of a named character. */
export function curlyEscaped(text: string): string {
  return text
    .split(/(\\N\{[^}]+\})/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('{', '{{').replaceAll('}', '}}')))
    .join('');
}
