import type { SgNode } from '@ast-grep/napi';
import type { PythonSource } from './python-source.ts';

/** Offset of the first character of a node. */
export function startOf(node: SgNode): number {
  return node.range().start.index;
}

/** Offset behind the last character of a node. */
export function endOf(node: SgNode): number {
  return node.range().end.index;
}

/** Named children without comments. */
export function partsOf(node: SgNode | null | undefined): readonly SgNode[] {
  return (node?.children() ?? []).filter(
    (child) => child.isNamed() && !child.is('comment') && !child.is('line_continuation'),
  );
}

/** An expression without the parentheses around it. */
export function bare(node: SgNode | null | undefined): SgNode | undefined {
  if (node === null || node === undefined) return undefined;
  if (node.is('parenthesized_expression') || node.is('type')) return bare(partsOf(node)[0]);
  // `for (a) in b`: to the grammar a tuple, to Python a name.
  const isName = node.is('tuple_pattern') && !node.children().some((child) => child.text() === ',');
  if (isName && partsOf(node).length === 1) return bare(partsOf(node)[0]);
  return node;
}

/** The parent of an expression, parentheses around it passed over. */
export function above(node: SgNode): SgNode | undefined {
  const parent = node.parent();
  if (parent === null) return undefined;
  return parent.is('parenthesized_expression') || parent.is('type') ? above(parent) : parent;
}

/** True where two nodes are the same place. */
export function isSameNode(one: SgNode | null | undefined, other: SgNode | null | undefined): boolean {
  return one != null && other != null && one.id() === other.id();
}

/** `name`, imported from one of the modules before, or `module.name`. */
export function isNameOf(
  py: PythonSource,
  node: SgNode | null | undefined,
  modules: readonly string[],
  names: readonly string[],
): node is SgNode {
  if (node == null) return false;
  if (node.is('identifier')) {
    const name = node.text();
    return names.includes(name) && modules.some((module) => py.imports(module, name, startOf(node)));
  }
  return isAttribute(node, modules, names);
}

/** `object.name` where the object is a plain name. */
export function isAttribute(
  node: SgNode | null | undefined,
  objects: readonly string[],
  names: readonly string[],
): node is SgNode {
  if (node?.is('attribute') !== true) return false;
  const object = node.field('object');
  if (object?.is('identifier') !== true) return false;
  return names.includes(node.field('attribute')?.text() ?? '') && objects.includes(object.text());
}

/** The name that a node is, where it is one and nothing more. */
export function nameOf(node: SgNode | null | undefined): string | undefined {
  return node?.is('identifier') === true ? node.text() : undefined;
}

/** What a call passes. */
export type Arguments = {
  readonly positional: readonly SgNode[];
  readonly keywords: readonly { readonly name: string; readonly value: SgNode; readonly node: SgNode }[];
  /** `*a` or `**b` is among them. */
  readonly hasStar: boolean;
  readonly all: readonly SgNode[];
};

/** The arguments of a call; a generator without parentheses of its own is the only one. */
export function argumentsOf(call: SgNode): Arguments {
  const list = call.field('arguments');
  const all = list?.is('generator_expression') === true ? [list] : partsOf(list);
  const isStar = (node: SgNode): boolean => node.is('list_splat') || node.is('dictionary_splat');
  const keywords = all
    .filter((node) => node.is('keyword_argument'))
    .flatMap((node) => {
      const value = node.field('value');
      return value === null ? [] : [{ name: node.field('name')?.text() ?? '', value, node }];
    });
  const positional = all.filter((node) => !node.is('keyword_argument') && !isStar(node));
  return { positional, keywords, hasStar: all.some(isStar), all };
}

/** A name that is read or written as a variable; not one of an attribute, a keyword, a parameter or a definition. */
export function isVariable(node: SgNode): boolean {
  const parent = node.parent();
  if (parent === null) return false;
  const kind = String(parent.kind());
  if (notVariables.has(kind)) return false;
  if (kind === 'attribute') return isSameNode(parent.field('object'), node);
  if (namedKinds.has(kind)) return !isSameNode(parent.field('name'), node);
  if (kind === 'list_splat_pattern' || kind === 'dictionary_splat_pattern')
    return !/parameter/.test(String(parent.parent()?.kind()));
  if (kind === 'typed_parameter') return false;
  return true;
}

const notVariables = new Set([
  'dotted_name',
  'aliased_import',
  'parameters',
  'lambda_parameters',
  'global_statement',
  'nonlocal_statement',
  'as_pattern_target',
  'type_conversion',
]);
const namedKinds = new Set([
  'keyword_argument',
  'function_definition',
  'class_definition',
  'default_parameter',
  'typed_default_parameter',
]);

const annotated = new Set(['typed_parameter', 'typed_default_parameter', 'function_definition', 'assignment']);

/** True for what stands in an annotation of a parameter, a result or a variable. */
export function isInAnnotation(node: SgNode): boolean {
  let at = node.parent();
  for (let depth = 0; at !== null && depth < 200; depth += 1) {
    if (at.is('type') && annotated.has(String(at.parent()?.kind()))) return true;
    if (at.is('block') || at.is('module')) return false;
    at = at.parent();
  }
  return false;
}

/** `value[a, b]`: as an expression, or as the grammar reads it in an annotation. */
export type Subscript = {
  readonly node: SgNode;
  readonly value: SgNode;
  readonly items: readonly SgNode[];
  readonly isTuple: boolean;
};

/** Every subscript of a file in which one of the names stands. */
export function subscriptsIn(py: PythonSource, names: readonly string[]): readonly Subscript[] {
  return [
    ...py.matching('subscript', `\\b(${names.join('|')})\\b`),
    ...py.matching('generic_type', `\\b(${names.join('|')})\\b`),
  ].flatMap((node): readonly Subscript[] => {
    const [value, ...rest] = partsOf(node);
    if (value === undefined) return [];
    const holder = node.is('generic_type') ? rest[0] : node;
    const items = (node.is('generic_type') ? partsOf(holder) : rest).map((one) => bare(one) ?? one);
    const hasComma = (holder?.children() ?? []).some((child) => child.text() === ',');
    const [only] = items;
    if (!hasComma && items.length === 1 && only?.is('tuple') === true)
      return [{ node, value, items: partsOf(only), isTuple: true }];
    return [{ node, value, items, isTuple: hasComma }];
  });
}

/** True where an expression waits for something (`await`). */
export function hasAwait(node: SgNode): boolean {
  return node.find({ rule: { kind: 'await' } }) !== null || node.is('await');
}
