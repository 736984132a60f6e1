import type { SgNode } from '@ast-grep/napi';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, isNameOf, nameOf, partsOf, startOf } from '../../../python-source/nodes.ts';
import { at, firstToken, lineEndFrom, replaceTokens } from '../../../python-source/tokens-at.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';
import { isIdentifier, keywords as reserved } from '../reading/python-words.ts';

type Field = { readonly name: string; readonly type: SgNode };

/** `C = NamedTuple('C', [('a', int)])` is a class. */
export const typedClasses = pythonTransform({
  id: 'typed-classes',
  why: 'A class says the same as the call, with names where they are read (Python 3.6).',
  mentions: ['NamedTuple', 'TypedDict'],
  from: 6,
  find: (py) => py.matching('assignment', 'NamedTuple|TypedDict').flatMap((node) => classFix(py, node) ?? []),
});

function classFix(py: PythonFile, node: SgNode): readonly Fix[] | undefined {
  const call = bare(node.field('right'));
  const name = nameOf(node.field('left'));
  if (
    call?.is('call') !== true ||
    name === undefined ||
    node.parent()?.is('assignment') === true ||
    node.field('type') !== null
  )
    return undefined;
  const { positional, hasStar } = argumentsOf(call);
  const title = literalOf(positional[0]);
  if (hasStar || title?.kind !== 'str' || title.value !== name) return undefined;
  const callee = call.field('function');
  const found = isNameOf(py, callee, ['typing'], ['NamedTuple'])
    ? tupleFields(call)
    : isNameOf(py, callee, ['typing', 'typing_extensions'], ['TypedDict'])
      ? dictFields(call)
      : undefined;
  if (found === undefined || callee === null) return undefined;
  const spelled = found.fields.map(({ name: key, type }) => ({ key, type, text: spell(type) }));
  if (spelled.some(({ text }) => text === undefined)) return undefined;
  const members = membersOf(
    py,
    node,
    spelled.map(({ key, type, text }) => ({ key, type, text: text ?? '' })),
  );
  const start = firstToken(py, node);
  const end = lineEndFrom(py, start);
  const to = at(py, end - 1).kind === 'newline' ? end - 1 : end;
  return [[replaceTokens(py, [start, to], `class ${name}(${callee.text()}${found.total}):\n${members}`)]];
}

function tupleFields(call: SgNode): { readonly fields: readonly Field[]; readonly total: string } | undefined {
  const { positional, keywords } = argumentsOf(call);
  const list = bare(positional[1]);
  if (positional.length !== 2 || keywords.length > 0 || !(list?.is('list') === true || list?.is('tuple') === true))
    return undefined;
  const pairs = partsOf(list).map((one) => bare(one) ?? one);
  const fields = pairs.flatMap((pair) => (pair.is('tuple') ? fieldOf(partsOf(pair)) : []));
  return pairs.length === 0 || fields.length !== pairs.length ? undefined : { fields, total: '' };
}

function fieldOf([key, type, ...more]: readonly (SgNode | null | undefined)[]): readonly Field[] {
  const name = literalOf(key);
  const isName = name?.kind === 'str' && isIdentifier(name.value) && !reserved.has(name.value);
  return type == null || more.length > 0 || !isName ? [] : [{ name: name.value, type }];
}

function dictFields(call: SgNode): { readonly fields: readonly Field[]; readonly total: string } | undefined {
  const { positional, keywords } = argumentsOf(call);
  if (positional.length === 1) {
    const fields = keywords.map(({ name, value }) => ({ name, type: value }));
    return fields.length === 0 || keywords.some(({ name }) => name === 'total') ? undefined : { fields, total: '' };
  }
  const dictionary = bare(positional[1]);
  const [total, ...more] = keywords;
  const isTotal =
    total === undefined || (total.name === 'total' && (total.value.is('true') || total.value.is('false')));
  if (positional.length !== 2 || more.length > 0 || !isTotal || dictionary?.is('dictionary') !== true) return undefined;
  const pairs = partsOf(dictionary);
  const fields = pairs.flatMap((pair) => (pair.is('pair') ? fieldOf([pair.field('key'), pair.field('value')]) : []));
  if (pairs.length === 0 || fields.length !== pairs.length) return undefined;
  return { fields, total: total === undefined ? '' : `, total=${total.value.text()}` };
}

/** A type as it is written in one line; undefined for what is none. */
function spell(type: SgNode): string | undefined {
  const node = bare(type);
  if (node === undefined) return undefined;
  const all = (nodes: readonly SgNode[]): string | undefined => {
    const texts = nodes.map(spell);
    return texts.includes(undefined) ? undefined : texts.join(', ');
  };
  if (['identifier', 'true', 'false', 'none', 'ellipsis'].includes(String(node.kind()))) return node.text();
  if (node.is('string') || node.is('concatenated_string')) return quoted(node);
  if (node.is('attribute')) {
    const object = node.field('object');
    const text = object === null ? undefined : spell(object);
    return text === undefined ? undefined : `${text}.${node.field('attribute')?.text()}`;
  }
  if (node.is('list')) {
    const items = all(partsOf(node));
    return items === undefined ? undefined : `[${items}]`;
  }
  if (node.is('binary_operator') && node.field('operator')?.text() === '|') {
    const sides = partsOf(node).map(spell);
    return sides.includes(undefined) ? undefined : sides.join(' | ');
  }
  if (!node.is('subscript')) return undefined;
  const [value, ...rest] = partsOf(node);
  const base = value === undefined ? undefined : spell(value);
  const items = all(rest.length === 1 && rest[0]?.is('tuple') === true ? partsOf(rest[0]) : rest);
  const isOneTuple = rest.length === 1 && node.children().some((child) => child.text() === ',');
  return base === undefined || items === undefined ? undefined : `${base}[${items}${isOneTuple ? ',' : ''}]`;
}

/** As `repr` quotes it. */
function quoted(node: SgNode): string | undefined {
  const literal = literalOf(node);
  if (literal === undefined || /[\\\n\r\t]|[^\x20-\x7e]/.test(literal.value)) return undefined;
  const quote = literal.value.includes("'") && !literal.value.includes('"') ? '"' : "'";
  const body = quote === "'" ? literal.value.replaceAll("'", "\\'") : literal.value;
  return `${literal.kind === 'bytes' ? 'b' : ''}${quote}${body}${quote}`;
}

function membersOf(
  py: PythonFile,
  node: SgNode,
  fields: readonly { readonly key: string; readonly type: SgNode; readonly text: string }[],
): string {
  const start = firstToken(py, node);
  const before = at(py, start - 1);
  const indent = `${before.kind === 'space' ? before.text : ''}    `;
  const comments = py.tokens.slice(start, lineEndFrom(py, start)).filter(({ kind }) => kind === 'comment');
  const lines: string[] = [];
  const lineOf = (offset: number): number => py.text.slice(0, offset).split('\n').length;
  for (const { key, type, text } of fields) {
    const inner = bare(type) ?? type;
    while (comments[0] !== undefined && comments[0].start < startOf(inner))
      lines.push(`${indent}${comments.shift()?.text}`);
    const isBeside = comments[0] !== undefined && lineOf(comments[0].start) === lineOf(startOf(inner));
    lines.push(`${indent}${key}: ${text}${isBeside ? `  ${comments.shift()?.text}` : ''}`);
  }
  return [...lines, ...comments.map(({ text }) => `${indent}${text}`)].join('\n');
}
