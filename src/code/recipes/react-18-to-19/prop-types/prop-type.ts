import type { SgNode } from '@ast-grep/napi';
import { argumentsOf } from '../reading/places.ts';

/** A prop as a member of an interface. */
export type PropType = {
  readonly isRequired: boolean /** `undefined` for a validator of the user's own. */;
  readonly type: TypeText | undefined;
};

/** A type as text, and whether parentheses are needed around it before `[]`. */
type TypeText = { readonly text: string; readonly isLoose: boolean; readonly isFunction: boolean };

/** How types are written: the name of React in this file, the end of members, the indentation of the place. */
export type Writing = { readonly react: string; readonly end: string; readonly indent: string };

const plain: Readonly<Record<string, (react: string) => string>> = {
  any: () => 'unknown',
  array: () => 'unknown[]',
  bool: () => 'boolean',
  number: () => 'number',
  object: () => 'object',
  string: () => 'string',
  symbol: () => 'symbol',
  bigint: () => 'bigint',
  node: (react) => `${react}.ReactNode`,
  element: (react) => `${react}.ReactElement`,
  elementType: (react) => `${react}.ElementType`,
};

/** Reads an entry of `propTypes`: `PropTypes.string.isRequired`. */
export function propTypeOf(value: SgNode, writing: Writing): PropType {
  const isRequired = value.is('member_expression') && value.field('property')?.text() === 'isRequired';
  const inner = isRequired ? value.field('object') : value;
  return { isRequired, type: inner === null ? undefined : typeOf(inner, writing) };
}

/** The member of an interface that an entry becomes. */
export function memberText(key: string, { isRequired, type }: PropType): string {
  const mark = isRequired ? '' : '?';
  if (type?.isFunction === true) return `${key}${mark}(...args: unknown[]): unknown`;
  return `${key}${mark}: ${type?.text ?? 'unknown'}`;
}

function typeOf(value: SgNode, writing: Writing): TypeText | undefined {
  if (value.is('call_expression')) return calledType(value, writing);
  const name = value.is('member_expression')
    ? value.field('property')?.text()
    : value.is('identifier')
      ? value.text()
      : undefined;
  if (name === 'func') return { text: '(...args: unknown[]) => unknown', isLoose: true, isFunction: true };
  const text = name !== undefined && Object.hasOwn(plain, name) ? plain[name]?.(writing.react) : undefined;
  return text === undefined ? undefined : { text, isLoose: false, isFunction: false };
}

function calledType(call: SgNode, writing: Writing): TypeText | undefined {
  const callee = call.field('function');
  const name = callee?.is('member_expression') === true ? callee.field('property')?.text() : callee?.text();
  const [first] = argumentsOf(call);
  if (first === undefined) return undefined;
  switch (name) {
    case 'oneOf':
      return oneOf(first);
    case 'oneOfType':
      return oneOfType(first, writing);
    case 'instanceOf':
      return { text: first.text(), isLoose: false, isFunction: false };
    case 'arrayOf':
    case 'objectOf':
      return collection(name, propTypeOf(first, writing).type);
    case 'shape':
    case 'exact':
      return first.kind() === 'object' ? shape(first, writing) : undefined;
    default:
      return undefined;
  }
}

function collection(name: 'arrayOf' | 'objectOf', held: TypeText | undefined): TypeText | undefined {
  if (held === undefined) return undefined;
  const text =
    name === 'objectOf' ? `Record<string, ${held.text}>` : held.isLoose ? `(${held.text})[]` : `${held.text}[]`;
  return { text, isLoose: false, isFunction: false };
}

function oneOf(list: SgNode): TypeText {
  if (!list.is('array')) return { text: 'unknown[]', isLoose: false, isFunction: false };
  const kinds = new Set(['string', 'number', 'true', 'false', 'null', 'undefined']);
  const texts = list
    .namedChildren()
    .filter((one) => one.kind() !== 'comment')
    .map((one) => (kinds.has(String(one.kind())) ? one.text() : 'unknown'));
  return { text: texts.join(' | '), isLoose: texts.length > 1, isFunction: false };
}

function oneOfType(list: SgNode, writing: Writing): TypeText | undefined {
  if (!list.is('array')) return undefined;
  const types = list
    .namedChildren()
    .filter((one) => one.kind() !== 'comment')
    .map((one) => propTypeOf(one, writing).type);
  const texts = types.map((type) => (type === undefined ? 'unknown' : type.isFunction ? `(${type.text})` : type.text));
  return { text: texts.join(' | '), isLoose: texts.length > 1, isFunction: false };
}

function shape(object: SgNode, writing: Writing): TypeText | undefined {
  const inner = { ...writing, indent: `${writing.indent}  ` };
  const members = membersOf(object, inner);
  if (members === undefined) return undefined;
  const lines = members.map((member) => `${inner.indent}${member}${writing.end}`);
  return {
    text: lines.length === 0 ? 'object' : `{\n${lines.join('\n')}\n${writing.indent}}`,
    isLoose: false,
    isFunction: false,
  };
}

/** The members that an object of prop types becomes, with the comments on them; undefined where it takes in another by a spread. */
export function membersOf(object: SgNode, writing: Writing): readonly string[] | undefined {
  const members: string[] = [];
  let comments: string[] = [];
  for (const entry of object.namedChildren()) {
    if (entry.kind() === 'comment') {
      comments.push(entry.text().replaceAll(/\n[\t ]*/g, `\n${writing.indent} `));
      continue;
    }
    const [key, value] = [entry.field('key') ?? entry.field('name'), entry.field('value')];
    if (key === null || key.kind() === 'computed_property_name') return undefined;
    const type = value === null ? { isRequired: false, type: undefined } : propTypeOf(value, writing);
    members.push([...comments, memberText(key.text(), type)].join(`\n${writing.indent}`));
    comments = [];
  }
  return members;
}
