import type { SgNode } from '@ast-grep/napi';
import { isSameNode } from './nodes.ts';
import type { PythonSource } from './python-source.ts';

/** Is a name given a meaning of its own in a scope around a node: a class, a function, or the module? Builtins are not asked. */
export function isBoundAround(py: PythonSource, node: SgNode, name: string): boolean {
  const scopes = py.matching('identifier', `^${name}$`).filter(isBinding).map(scopeOf);
  if (scopes.length === 0) return false;
  for (let around = node.parent(); around !== null; around = around.parent())
    if (scopes.some((scope) => isSameNode(scope, around))) return true;
  return false;
}

/** The scope in which a binding stands; the name of a function or class is bound around it. */
function scopeOf(identifier: SgNode): SgNode | null {
  let at = identifier.parent();
  if (at?.is('class_definition') === true || at?.is('function_definition') === true) at = at.parent();
  while (at !== null && !at.is('module') && !at.is('class_definition') && !at.is('function_definition'))
    at = at.parent();
  return at;
}

/** Kinds of nodes that bind a name, and the field in which it stands. */
const bindingFields = new Map<string, string>([
  ...[
    'function_definition',
    'class_definition',
    'default_parameter',
    'typed_default_parameter',
    'named_expression',
  ].map((kind) => [kind, 'name'] as const),
  ...['assignment', 'for_statement', 'augmented_assignment'].map((kind) => [kind, 'left'] as const),
  ['aliased_import', 'alias'],
]);
const parameterKinds = /^(parameters|typed_parameter|list_splat_pattern|dictionary_splat_pattern)$/;

function isBinding(identifier: SgNode): boolean {
  const parent = identifier.parent();
  if (parent === null) return false;
  const kind = String(parent.kind());
  const field = bindingFields.get(kind);
  if (field !== undefined) return isSameNode(parent.field(field), identifier);
  if (kind === 'dotted_name') return parent.parent()?.is('import_from_statement') === true && isImportedName(parent);
  return parameterKinds.test(kind) || kind === 'pattern_list' || kind === 'as_pattern_target';
}

function isImportedName(name: SgNode): boolean {
  return !isSameNode(name.parent()?.field('module_name'), name);
}
