import type { SgNode } from '@ast-grep/napi';
import { replaceNode } from '../../../engine/edit-node.ts';
import type { TextEdit } from '../../../recipe.ts';
import { insertAfter } from '../editing/style.ts';
import { blockOf, type FunctionComponent, propsParameterOf } from '../reading/function-components.ts';
import { freeName, takenNames } from '../reading/names.ts';
import { indentOf } from '../reading/places.ts';
import type { DefaultValue } from './default-values.ts';

/** Edits that give a function's props their defaults, or why that cannot be done for certain. */
export type Defaulted = { readonly edits: readonly TextEdit[] } | { readonly why: string };

/** Writes defaults into the parameter of a component, and into the head of its body for props that the parameter does not name. */
export function defaulted({ fn, wrappers, type }: FunctionComponent, values: readonly DefaultValue[]): Defaulted {
  const parameter = propsParameterOf(fn);
  if (parameter === undefined) return { edits: [] };
  const { pattern } = parameter;
  if (pattern.kind() === 'object_pattern') return intoPattern(fn, pattern, values);
  if (!pattern.is('identifier')) return { why: 'its parameter is neither a name nor a pattern' };
  const isTyped =
    parameter.type !== undefined ||
    type !== undefined ||
    wrappers.some(({ call }) => call.field('type_arguments') !== null);
  return isTyped ? asPattern(fn, pattern, values) : reassigned(fn, pattern.text(), values);
}

/** Names that a parameter binds. */
export function namesBoundBy(fn: SgNode): ReadonlySet<string> {
  const pattern = propsParameterOf(fn)?.pattern;
  const kinds = ['identifier', 'shorthand_property_identifier_pattern'];
  const found = pattern?.findAll({ rule: { any: kinds.map((kind) => ({ kind })) } }) ?? [];
  return new Set([
    ...found.map((node) => node.text()),
    ...(pattern?.is('identifier') === true ? [pattern.text()] : []),
  ]);
}

function intoPattern(fn: SgNode, pattern: SgNode, values: readonly DefaultValue[]): Defaulted {
  const parts = pattern.namedChildren();
  const rest = parts.find((part) => part.kind() === 'rest_pattern');
  const edits: TextEdit[] = [];
  const unnamed: DefaultValue[] = [];
  for (const value of values) {
    const part = parts.find((one) => keyOf(one) === value.key);
    if (part === undefined) {
      unnamed.push(value);
      continue;
    }
    if (part.kind() === 'object_assignment_pattern' || part.field('value')?.kind() === 'assignment_pattern') {
      return { why: `the parameter gives \`${value.key}\` a default of its own, which \`defaultProps\` overruled` };
    }
    edits.push(insertAfter(part, ` = ${value.text}`));
  }
  if (rest === undefined || unnamed.length === 0) return { edits };
  const name = rest.namedChildren()[0]?.text();
  const more: Defaulted = name === undefined ? { why: 'its rest has no name' } : reassigned(fn, name, unnamed);
  return 'why' in more ? more : { edits: [...edits, ...more.edits] };
}

function keyOf(part: SgNode): string | undefined {
  const node =
    part.kind() === 'pair_pattern'
      ? part.field('key')
      : part.kind() === 'object_assignment_pattern'
        ? part.field('left')
        : part;
  return node?.text().replaceAll(/^['"]|['"]$/g, '');
}

function reassigned(fn: SgNode, name: string, values: readonly DefaultValue[]): Defaulted {
  const block = blockOf(fn);
  if (block === undefined) return { why: 'its body is an expression, with no place for a statement' };
  const lines = values.map(({ key, text }) => {
    const at = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)
      ? { written: key, read: `${name}.${key}` }
      : { written: `"${key}"`, read: `${name}["${key}"]` };
    return `${at.written}: typeof ${at.read} === "undefined" ? ${text} : ${at.read}`;
  });
  const { indent, step } = indentIn(block);
  const body = [`...${name}`, ...lines].map((line) => `${indent}${step}${line}`).join(',\n');
  return {
    edits: [
      { offset: block.range().start.index + 1, length: 0, text: `\n${indent}${name} = {\n${body}\n${indent}};\n` },
    ],
  };
}

/** A typed parameter becomes a pattern, since its declared type would still say that the props may be missing. */
function asPattern(fn: SgNode, pattern: SgNode, values: readonly DefaultValue[]): Defaulted {
  const block = blockOf(fn);
  if (block === undefined) return { why: 'its body is an expression, with no place for a statement' };
  if (values.some(({ key }) => !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)))
    return { why: 'a prop has a name that is no identifier' };
  const taken = new Set(takenNames(fn));
  const names = values.map(({ key, text }) => {
    const local = freeName(key, taken);
    taken.add(local);
    return { key, local, part: `${key === local ? key : `${key}: ${local}`} = ${text}` };
  });
  const rest = freeName(`other${pattern.text().charAt(0).toUpperCase()}${pattern.text().slice(1)}`, taken);
  const whole = names.map(({ key, local }) => (key === local ? key : `${key}: ${local}`));
  const { indent } = indentIn(block);
  const text = `\n${indent}const ${pattern.text()} = { ...${rest}, ${whole.join(', ')} };`;
  const isBare = fn.field('parameter') !== null;
  const parameter = `{ ${names.map(({ part }) => part).join(', ')}, ...${rest} }`;
  return {
    edits: [
      replaceNode(pattern, isBare ? `(${parameter})` : parameter),
      { offset: block.range().start.index + 1, length: 0, text },
    ],
  };
}

function indentIn(block: SgNode): { readonly indent: string; readonly step: string } {
  const outer = indentOf(block);
  const [first] = block.namedChildren();
  const indent =
    first === undefined || first.range().start.line === block.range().start.line ? `${outer}  ` : indentOf(first);
  const step = indent.startsWith(outer) ? indent.slice(outer.length) : '  ';
  return { indent, step: step.length > 2 ? '  ' : step === '' ? '  ' : step };
}
