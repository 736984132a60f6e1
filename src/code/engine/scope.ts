import type { SgNode } from '@ast-grep/napi';
import { hasKind } from './find-kinds.ts';

/** One place where a name is bound, and the node within which it is known. */
type Declaration = { readonly node: SgNode; readonly scope: SgNode };

/**
 * Every use of the name that an identifier declares, in the order of the text: reads, writes, types, JSX, exports; not the
 * declaration itself, and not what an inner scope calls by the same name. JavaScript's scopes by syntax alone: `with` and
 * `eval` are not seen.
 */
export function usesOf(declared: SgNode): readonly SgNode[] {
  const { declarations, references } = namesakes(declared);
  return references.filter((reference) => resolved(reference, declarations)?.node.id() === declared.id());
}

/** The identifier that declares what this one means; undefined for a global. Of several (`var` twice) the first. */
export function declarationOf(reference: SgNode): SgNode | undefined {
  return resolved(reference, namesakes(reference).declarations)?.node;
}

/** The identifier that declares a name at the top of a module, imports included; undefined where there is none. */
export function declarationIn(root: SgNode, name: string): SgNode | undefined {
  return named(root, name).declarations.find(({ scope }) => scope.id() === root.id())?.node;
}

const identifierKinds = ['identifier', 'shorthand_property_identifier', 'shorthand_property_identifier_pattern'];

/** JavaScript's grammar has no types. */
function kindsIn(root: SgNode): readonly string[] {
  return hasKind(root, 'type_identifier') ? [...identifierKinds, 'type_identifier'] : identifierKinds;
}

function namesakes(identifier: SgNode) {
  return named(identifier.getRoot().root(), identifier.text());
}

function named(root: SgNode, text: string) {
  const name = text.replaceAll(/[$\\]/g, '\\$&');
  const any = kindsIn(root).map((kind) => ({ kind }));
  const declarations: Declaration[] = [];
  const references: SgNode[] = [];
  for (const node of root.findAll({ rule: { any, regex: `^${name}$` } })) {
    const scope = scopeDeclaredIn(node);
    if (scope !== undefined) declarations.push({ node, scope });
    else if (isReference(node)) references.push(node);
  }
  return { declarations, references };
}

function resolved(reference: SgNode, declarations: readonly Declaration[]): Declaration | undefined {
  const own = declarations.find(({ node }) => node.id() === reference.id());
  if (own !== undefined) return own;
  const byScope = new Map<number, Declaration>();
  for (const declaration of declarations) {
    const id = declaration.scope.id();
    if (!byScope.has(id)) byScope.set(id, declaration);
  }
  for (const ancestor of reference.ancestors()) {
    const found = byScope.get(ancestor.id());
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The last part of `a.B` as a type, and either side of `export { a as b } from`, name something else. */
function isReference(node: SgNode): boolean {
  const parent = node.parent();
  const kind = parent?.kind();
  if (kind === 'nested_type_identifier' || kind === 'nested_identifier') return parent?.child(0)?.id() === node.id();
  if (kind === 'import_specifier') return false;
  if (kind !== 'export_specifier' || parent === null) return true;
  const isFrom = parent.parent()?.parent()?.field('source') != null;
  return !isFrom && parent.field('name')?.id() === node.id();
}

const patternKinds = new Set(['object_pattern', 'array_pattern', 'rest_pattern']);
const signatureKinds = new Set(['formal_parameters', 'required_parameter', 'optional_parameter']);
const blockKinds = new Set(['statement_block', 'program', 'switch_body', 'class_static_block']);
const functionKinds = new Set([
  'program',
  'function_declaration',
  'function_expression',
  'generator_function',
  'generator_function_declaration',
  'arrow_function',
  'method_definition',
  'class_static_block',
  'internal_module',
  'module',
]);
const namedKinds = new Set([
  'function_declaration',
  'generator_function_declaration',
  'function_signature',
  'class_declaration',
  'abstract_class_declaration',
  'enum_declaration',
  'internal_module',
  'type_alias_declaration',
  'interface_declaration',
]);
const selfNamedKinds = new Set(['function_expression', 'generator_function', 'class']);

/** Undefined where the identifier declares nothing. */
function scopeDeclaredIn(identifier: SgNode): SgNode | undefined {
  const node = wholePattern(identifier);
  const parent = node?.parent();
  if (node === undefined || parent == null) return undefined;
  const kind = String(parent.kind());
  const isNode = (field: string): boolean => parent.field(field)?.id() === node.id();
  if (kind === 'variable_declarator') return isNode('name') ? scopeOfVariable(parent) : undefined;
  if (kind === 'for_in_statement')
    return isNode('left') && parent.field('kind') != null ? scopeOfLoop(parent) : undefined;
  if (kind === 'catch_clause') return isNode('parameter') ? parent : undefined;
  if (kind === 'arrow_function') return isNode('parameter') ? parent : undefined;
  if (signatureKinds.has(kind))
    return isDefault(parent, node) ? undefined : above(parent, (at) => !signatureKinds.has(at));
  if (namedKinds.has(kind)) return isNode('name') ? above(parent, (at) => blockKinds.has(at)) : undefined;
  if (selfNamedKinds.has(kind)) return isNode('name') ? parent : undefined;
  if (kind === 'type_parameter') return isNode('name') ? (parent.parent()?.parent() ?? undefined) : undefined;
  const isImport = kind === 'import_clause' || kind === 'namespace_import' || kind === 'import_require_clause';
  const isSpecifier =
    kind === 'import_specifier' && (parent.field('alias') ?? parent.field('name'))?.id() === node.id();
  return isImport || isSpecifier ? above(parent, (at) => blockKinds.has(at)) : undefined;
}

/** The outermost pattern that an identifier is bound by; undefined for a key or a default value within one. */
function wholePattern(identifier: SgNode): SgNode | undefined {
  let node = identifier;
  for (let parent = node.parent(); parent !== null; parent = node.parent()) {
    const kind = String(parent.kind());
    const isValue = kind === 'pair_pattern' && parent.field('value')?.id() === node.id();
    const isDefaulted = kind === 'assignment_pattern' || kind === 'object_assignment_pattern';
    if (isDefaulted && parent.field('left')?.id() !== node.id()) return undefined;
    if (!isValue && !isDefaulted && !patternKinds.has(kind)) return node;
    node = parent;
  }
  return node;
}

/** TypeScript's grammar holds the default value of a parameter beside its pattern. */
function isDefault(parameter: SgNode, node: SgNode): boolean {
  const value = parameter.field('value');
  return value?.id() === node.id();
}

function scopeOfVariable(declarator: SgNode): SgNode | undefined {
  const declaration = declarator.parent();
  if (declaration?.kind() === 'variable_declaration') return above(declaration, (kind) => functionKinds.has(kind));
  const holder = declaration?.parent() ?? undefined;
  if (holder?.kind() === 'for_statement') return holder;
  return declaration == null ? undefined : above(declaration, (kind) => blockKinds.has(kind));
}

function scopeOfLoop(loop: SgNode): SgNode | undefined {
  return loop.field('kind')?.text() === 'var' ? above(loop, (kind) => functionKinds.has(kind)) : loop;
}

function above(node: SgNode, isScope: (kind: string) => boolean): SgNode | undefined {
  return node.ancestors().find((ancestor) => isScope(String(ancestor.kind())));
}
