import type { SgNode } from '@ast-grep/napi';
import { applyEdits } from '../../../engine/apply-edits.ts';
import { recipeFile } from '../../../engine/recipe-file.ts';
import { replaceWhole } from '../../../python-source/calls.ts';
import type { Fix } from '../../../python-source/fixes.ts';
import { literalOf } from '../../../python-source/literals.ts';
import { argumentsOf, bare, partsOf, startOf } from '../../../python-source/nodes.ts';
import { pythonTransform } from '../editing/python-transform.ts';
import type { PythonFile } from '../reading/python-file.ts';

/** `x: 'int'` is `x: int`. */
export const forwardReferences = pythonTransform({
  id: 'forward-references',
  why: 'Annotations are not run before they are asked for (PEP 649, Python 3.14; before with `from __future__ import annotations`), and need no quotes.',
  mentions: ['"', "'"],
  find: (py) => [...annotationsIn(py), ...boundsIn(py)].flatMap((type) => unquoted(type).map((node) => fixOf(node))),
});

function isLazy(py: PythonFile, node: SgNode): boolean {
  return py.settings.minor >= 14 || py.imports('__future__', 'annotations', startOf(node));
}

function annotationsIn(py: PythonFile): readonly SgNode[] {
  return py.all('type').filter((node) => {
    const holder = node.parent();
    const kind = String(holder?.kind());
    if (
      holder === null ||
      !['typed_parameter', 'typed_default_parameter', 'function_definition', 'assignment'].includes(kind)
    )
      return false;
    return isLazy(py, holder);
  });
}

/** `class C[T: 'int']` */
function boundsIn(py: PythonFile): readonly SgNode[] {
  return py.all('constrained_type').flatMap((node) => {
    const bound = partsOf(node)[1];
    return bound !== undefined && isLazy(py, node) ? [bound] : [];
  });
}

function fixOf(node: SgNode): Fix {
  const value = literalOf(node)?.value;
  const type = value === undefined ? undefined : typeIn(value);
  return type === undefined ? [] : [replaceWhole(node, type)];
}

const before = '_: ';

/**
 * A type from the text of it, where texts within (`'Optional["Old"]'`) are types too: at once, since what reads the file next
 * would take them for texts. Undefined for what is no type of one line, which Python only reads between quotes.
 */
function typeIn(value: string): string | undefined {
  if (/[\n\r#;]/.test(value)) return undefined;
  const root = recipeFile('annotation.py', `${before}${value}\n`).root();
  const [statement, ...more] = partsOf(root);
  const assignment = statement?.is('expression_statement') === true ? partsOf(statement)[0] : undefined;
  const type = assignment?.is('assignment') === true ? assignment.field('type') : undefined;
  const isOther = root.find({ rule: { any: ['ERROR', 'constrained_type', 'splat_type'].map((kind) => ({ kind })) } });
  if (type == null || more.length > 0 || isOther !== null || assignment?.field('right') !== null) return undefined;
  const edits = unquoted(type).flatMap(fixOf);
  return applyEdits(
    value,
    edits.map((edit) => ({ ...edit, offset: edit.offset - before.length })),
  ).text;
}

/** Strings of an annotation that are types. */
function unquoted(type: SgNode): readonly SgNode[] {
  const node = bare(type);
  if (node === undefined) return [];
  if (node.is('string') || node.is('concatenated_string')) return literalOf(node)?.kind === 'str' ? [node] : [];
  if (node.is('call')) return inCall(node).flatMap(unquoted);
  if (node.is('generic_type') || node.is('subscript')) return inSubscript(node).flatMap(unquoted);
  return partsOf(node).flatMap(unquoted);
}

function lastName(node: SgNode | null | undefined): string {
  return (node?.is('attribute') === true ? node.field('attribute') : node)?.text() ?? '';
}

function inSubscript(node: SgNode): readonly SgNode[] {
  const [value, ...rest] = partsOf(node);
  const name = lastName(value);
  const items = node.is('generic_type') ? partsOf(rest[0]) : rest;
  if (name === 'Literal') return [];
  const [only] = items;
  const all = items.length === 1 && bare(only)?.is('tuple') === true ? partsOf(bare(only)) : items;
  if (name !== 'Annotated') return all;
  const isSeveral = all.length > 1 || node.children().some((child) => child.text() === ',');
  return isSeveral ? all.slice(0, 1) : [];
}

const argumentTypes = ['Arg', 'DefaultArg', 'NamedArg', 'DefaultNamedArg', 'VarArg', 'KwArg'];

function inCall(call: SgNode): readonly SgNode[] {
  const name = lastName(call.field('function'));
  const { positional, keywords } = argumentsOf(call);
  const named = (key: string): readonly SgNode[] =>
    keywords.filter((one) => one.name === key).map(({ value }) => value);
  if (name === 'TypedDict') {
    if (keywords.length > 0) return keywords.map(({ value }) => value);
    const fields = positional.length === 2 ? bare(positional[1]) : undefined;
    return fields?.is('dictionary') === true ? partsOf(fields).flatMap((pair) => pair.field('value') ?? []) : [];
  }
  if (name === 'NamedTuple') {
    const fields = bare(positional.length === 2 ? positional[1] : named('fields')[0]);
    const pairs = fields?.is('list') === true ? partsOf(fields).map((one) => bare(one) ?? one) : [];
    return pairs.flatMap((pair) => (pair.is('tuple') && partsOf(pair).length === 2 ? partsOf(pair).slice(1) : []));
  }
  if (!argumentTypes.includes(name)) return [];
  return positional.length > 0 ? positional.slice(0, 1) : named('type').slice(0, 1);
}
