import { isMap, isScalar, parseDocument } from 'yaml';
import { type Refused, refusal, type TextEdit } from '../text/edit-json.ts';

/**
 * A YAML text with one value changed in its own quotes, all else byte for byte; unchanged where the value is there already.
 * What is new is added under the deepest of its keys that is there, and at the end of the file where none is. Pure.
 */
export function editYaml(text: string, { keys, from, to }: TextEdit): string | Refused {
  const document = parseDocument(text);
  if (document.errors.length > 0) return { why: 'It is no YAML any more.' };
  const node = document.getIn([...keys], true);
  const value = isScalar(node) ? String(node.value) : node === undefined ? undefined : node;
  if (value === to) return text;
  if (value !== from) return refusal({ keys, from, to }, value);
  if (!isScalar(node)) return added(text, { keys, to });
  const [start = 0, end = 0] = node.range ?? [];
  return text.slice(0, start) + quotedAs(text.slice(start, end), to) + text.slice(end);
}

function quotedAs(written: string, value: string): string {
  const quote = /^['"]/.exec(written)?.[0];
  if (quote !== undefined) return quote + value + quote;
  return isPlain(value) ? value : `'${value}'`;
}

/** Plain scalars may not begin with an indicator, hold `: ` or ` #`, or read as something else than text. */
function isPlain(value: string): boolean {
  return /^[\^~\w][\w.+^~ |=<-]*$/.test(value) && !/^[\d.]+$/.test(value) && !/^~$/.test(value) && !value.endsWith(' ');
}

/** Writes the keys that are missing, indented by two below those that are there. */
function added(text: string, { keys, to }: Pick<TextEdit, 'keys' | 'to'>): string | Refused {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const document = parseDocument(text);
  let depth = 0;
  while (depth < keys.length - 1 && isMap(document.getIn(keys.slice(0, depth + 1)))) depth += 1;
  const parent = document.getIn(keys.slice(0, depth));
  const items = depth === 0 || !isMap(parent) ? [] : parent.items;
  const first = items[0]?.key;
  const last = items.at(-1)?.value;
  if (depth === 0 || !isScalar(first) || !hasEnd(last)) {
    const start = text === '' || text.endsWith('\n') ? text : text + eol;
    return start + lines(keys, { to, indent: '' }).join(eol) + eol;
  }
  const margin = text.slice(text.lastIndexOf('\n', (first.range?.[0] ?? 0) - 1) + 1, first.range?.[0] ?? 0);
  if (!/^ *$/.test(margin))
    return { why: `Its ${keys.slice(0, depth).join(' > ')} is written on one line, where nothing is added.` };
  const lineEnd = text.indexOf('\n', Math.max(0, last.range[1] - 1));
  const at = lineEnd === -1 ? text.length : lineEnd + 1;
  const glue = lineEnd === -1 ? eol : '';
  return text.slice(0, at) + glue + lines(keys.slice(depth), { to, indent: margin }).join(eol) + eol + text.slice(at);
}

function hasEnd(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function lines(
  keys: readonly string[],
  { to, indent }: { readonly to: string; readonly indent: string },
): readonly string[] {
  return keys.map((key, index) => {
    const isLast = index === keys.length - 1;
    const name = /^[\w-]+$/.test(key) ? key : `'${key}'`;
    return `${indent}${'  '.repeat(index)}${name}:${isLast ? ` ${quotedAs("''", to)}` : ''}`;
  });
}
