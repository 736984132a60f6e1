import type { SgNode } from '@ast-grep/napi';
import { declarationOf, usesOf } from '../engine/scope.ts';
import { nodeAt } from './tree-roots.ts';

/** Where a name comes from, in the terms of the public format. */
export type Definition = { readonly node: SgNode; readonly kind: 'local' | 'import' };

const identifiers = new Set([
  'identifier',
  'type_identifier',
  'shorthand_property_identifier',
  'shorthand_property_identifier_pattern',
]);
const bindsOne = new Set(['import_specifier', 'namespace_import']);

/**
 * What the node means, within its file: for a use of a name where it is declared (`local`), for a name in an import the
 * part of the import that binds it (`import`). Undefined for anything that is no name, and for globals. The node is the
 * outermost of exactly the name's range, as the public runner has it.
 */
export function definitionIn(node: SgNode): Definition | undefined {
  const identifier = identifierIn(node);
  const imported = importAround(identifier ?? node);
  if (imported !== undefined) return { node: imported, kind: 'import' };
  const declared = identifier === undefined ? undefined : declarationOf(identifier);
  return declared === undefined ? undefined : { node: outermost(declared), kind: 'local' };
}

/** Uses of the name that the node declares or uses, within its file; not the declaration itself. */
export function referencesIn(node: SgNode): readonly SgNode[] {
  const identifier = identifierIn(node);
  const declared = identifier === undefined ? undefined : declarationOf(identifier);
  return declared === undefined ? [] : usesOf(declared).map(outermost);
}

/** The identifier that a node is, or that fills it wholly, as a parameter without type does. */
export function identifierIn(node: SgNode): SgNode | undefined {
  let current: SgNode | undefined = node;
  while (current !== undefined && !identifiers.has(String(current.kind()))) {
    const { start, end } = current.range();
    current = current.children().find((child) => {
      const range = child.range();
      return range.start.index === start.index && range.end.index === end.index;
    });
  }
  return current;
}

/** The part of an import that binds a name, where the node is or overlaps one. */
function importAround(node: SgNode): SgNode | undefined {
  const clause = [node, ...node.ancestors()].find((one) => one.is('import_clause') || one.is('import_statement'));
  if (clause === undefined) return undefined;
  const { start, end } = node.range();
  const parts = clause.findAll({
    rule: { any: [{ kind: 'import_specifier' }, { kind: 'namespace_import' }, { kind: 'identifier' }] },
  });
  const binding = parts.find((part) => {
    const isPart = bindsOne.has(String(part.kind())) || part.parent()?.is('import_clause') === true;
    const range = part.range();
    return isPart && range.start.index < end.index && range.end.index > start.index;
  });
  return binding === undefined ? undefined : outermost(binding);
}

function outermost(node: SgNode): SgNode {
  const { start, end } = node.range();
  return nodeAt(node.getRoot().root(), start.index, end.index);
}
