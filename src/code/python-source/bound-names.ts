import type { SgNode } from '@ast-grep/napi';
import { isSameNode } from './nodes.ts';

/** Is a name given a meaning of its own in a scope around a node: a class, a function, or the module? Builtins are not asked. */
export function isBoundAround(node: SgNode, name: string): boolean {
  for (let scope = node.parent(); scope !== null; scope = scope.parent()) {
    const isScope = scope.is('module') || scope.is('class_definition') || scope.is('function_definition');
    if (isScope && bindsIn(scope, name)) return true;
  }
  return false;
}

function bindsIn(scope: SgNode, name: string): boolean {
  const found = scope.findAll({ rule: { kind: 'identifier', regex: `^${name}$` } });
  return found.some((identifier) => isBinding(identifier) && isSameNode(scopeOf(identifier), scope));
}

/** The scope in which a binding stands; the name of a function or class is bound around it. */
function scopeOf(identifier: SgNode): SgNode | null {
  let at = identifier.parent();
  if (at?.is('class_definition') === true || at?.is('function_definition') === true) at = at.parent();
  while (at !== null && !at.is('module') && !at.is('class_definition') && !at.is('function_definition'))
    at = at.parent();
  return at;
}

const parameterKinds = /^(parameters|typed_parameter|list_splat_pattern|dictionary_splat_pattern)$/;

function isBinding(identifier: SgNode): boolean {
  const parent = identifier.parent();
  if (parent === null) return false;
  const kind = String(parent.kind());
  if (kind === 'function_definition' || kind === 'class_definition' || kind === 'default_parameter')
    return isSameNode(parent.field('name'), identifier);
  if (kind === 'typed_default_parameter') return isSameNode(parent.field('name'), identifier);
  if (kind === 'assignment' || kind === 'for_statement' || kind === 'augmented_assignment')
    return isSameNode(parent.field('left'), identifier);
  if (kind === 'named_expression') return isSameNode(parent.field('name'), identifier);
  if (kind === 'aliased_import') return isSameNode(parent.field('alias'), identifier);
  if (kind === 'dotted_name') return parent.parent()?.is('import_from_statement') === true && isImportedName(parent);
  return parameterKinds.test(kind) || kind === 'pattern_list' || kind === 'as_pattern_target';
}

function isImportedName(name: SgNode): boolean {
  return !isSameNode(name.parent()?.field('module_name'), name);
}
