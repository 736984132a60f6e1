import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf, specifiersOf } from '../../../engine/bindings.ts';
import { declarationOf, usesOf } from '../../../engine/scope.ts';

/** A place where a file names an export of a module, as a value or as a type. */
export type ExportUse = {
  /** The export's name. */
  readonly name: string;
  /** All that denotes it: `render`, `ReactDOM.render`, `React.FC` without its type arguments. */
  readonly node: SgNode;
  /** The last part of it: `render` of `ReactDOM.render`. */
  readonly last: SgNode;
  /** What the file binds: the export itself, or the module that it is taken from; undefined for a `require` in place and a global. */
  readonly binding: Binding | undefined;
  /** `named`: the binding is the export. `member`: it is a property of the module. */
  readonly form: 'named' | 'member';
};

/** Every use of what a file has of a module, in the order of the text. Declarations and re-exports are not among them. */
export function exportUsesOf(root: SgNode, isModule: (specifier: string) => boolean): readonly ExportUse[] {
  const bindings = moduleBindingsOf(root, isModule);
  const uses = bindings.flatMap((binding) => (isWhole(binding) ? membersOf(binding) : namedUsesOf(binding)));
  return [...uses, ...inPlace(root, isModule)].sort((one, other) => startOf(one) - startOf(other));
}

/** What a file binds of a module, with what it takes out of the module's own name: `const { render } = ReactDOM`. */
export function moduleBindingsOf(root: SgNode, isModule: (specifier: string) => boolean): readonly Binding[] {
  const bindings = bindingsOf(root, isModule);
  return [...bindings, ...bindings.filter(isWhole).flatMap(takenOut)];
}

/** True for `import x`, `import * as x` and `const x = require()`: names whose properties are the exports. */
export function isWhole({ imported }: Binding): boolean {
  return imported === '*' || imported === 'default';
}

/** Members of the global namespace `React` that declarations of types make; none where the file declares the name. */
export function globalUsesOf(root: SgNode, namespace: string): readonly ExportUse[] {
  return root
    .findAll({ rule: { kind: 'nested_type_identifier' } })
    .filter((node) => node.child(0)?.text() === namespace)
    .flatMap((node) => {
      const head = node.child(0);
      if (head === null || declarationOf(head) !== undefined) return [];
      return memberAt(head, undefined);
    });
}

function startOf({ node }: ExportUse): number {
  return node.range().start.index;
}

function namedUsesOf(binding: Binding): readonly ExportUse[] {
  return usesOf(binding.node).map((node) => ({
    name: binding.imported,
    node,
    last: node,
    binding,
    form: 'named' as const,
  }));
}

function membersOf(binding: Binding): readonly ExportUse[] {
  return usesOf(binding.node).flatMap((node) => memberAt(node, binding));
}

const memberFields: Readonly<Record<string, readonly [object: string, property: string]>> = {
  member_expression: ['object', 'property'],
  nested_type_identifier: ['module', 'name'],
  nested_identifier: ['object', 'property'],
};

function memberAt(object: SgNode, binding: Binding | undefined): readonly ExportUse[] {
  const parent = object.parent();
  const fields = memberFields[String(parent?.kind())];
  if (parent === null || fields === undefined) return [];
  const last = parent.field(fields[1]) ?? parent.namedChildren().at(-1);
  if (last === undefined || last.id() === object.id()) return [];
  if (last.text() === 'default') return memberAt(parent, binding);
  return [{ name: last.text(), node: parent, last, binding, form: 'member' }];
}

function takenOut(whole: Binding): readonly Binding[] {
  return usesOf(whole.node).flatMap((use): readonly Binding[] => {
    const statement = use.parent();
    const isValue = statement?.is('variable_declarator') === true && statement.field('value')?.id() === use.id();
    const pattern = isValue ? statement.field('name') : null;
    if (statement === null || pattern?.kind() !== 'object_pattern') return [];
    return pattern.namedChildren().flatMap((part) => {
      const node = part.kind() === 'pair_pattern' ? part.field('value') : part;
      const key = part.kind() === 'pair_pattern' ? part.field('key') : part;
      const isPlain = node?.is('identifier') === true || node?.kind() === 'shorthand_property_identifier_pattern';
      if (node === null || key === null || !isPlain) return [];
      return [{ ...whole, local: node.text(), imported: key.text(), node, statement }];
    });
  });
}

/** `require('react-dom').render()`, where the module has no name. */
function inPlace(root: SgNode, isModule: (specifier: string) => boolean): readonly ExportUse[] {
  return specifiersOf(root, isModule).flatMap((specifier) => {
    const call = specifier.parent()?.parent();
    const isRequire = call?.is('call_expression') === true && call.field('function')?.text() === 'require';
    const isBound = call?.parent()?.parent()?.is('variable_declarator') === true;
    return isRequire && !isBound ? memberAt(call, undefined) : [];
  });
}
