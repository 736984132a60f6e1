import type { SgNode } from '@ast-grep/napi';
import { type Binding, bindingsOf, specifiersOf } from '../../../engine/bindings.ts';
import { declarationOf, usesOf } from '../../../engine/scope.ts';

/** A place that stands for an export of a built-in module: `util.isArray`, or `isArray` where it is bound by itself. */
export type ModuleUse = {
  /** The whole expression: the member expression, or the name. */
  readonly node: SgNode;
  /** The export. */
  readonly member: string;
  /** What binds it; undefined for a global, and for a module that is named on the spot (`require('util').isArray`). */
  readonly binding: Binding | undefined;
  /** What stands before the member: `util`; undefined where the export is bound by itself. */
  readonly holder: SgNode | undefined;
};

/** True for a built-in module by its name, with or without `node:`. */
export function isBuiltin(name: string): (specifier: string) => boolean {
  return (specifier) => specifier === name || specifier === `node:${name}`;
}

/** Every name that a file binds to a built-in module, also by `import('m').then((x) => …)`. */
export function bindingsOfModule(root: SgNode, module: string): readonly Binding[] {
  const isModule = isBuiltin(module);
  const specifiers = specifiersOf(root, isModule);
  return [...bindingsOf(root, isModule), ...specifiers.flatMap(boundByThen)];
}

/** All uses of exports of a built-in module, in the order of the text. `global` is a name under which the module is known anyway. */
export function moduleUses(root: SgNode, module: string, global?: string): readonly ModuleUse[] {
  const bound = bindingsOfModule(root, module).flatMap(usesOfBinding);
  const inline = specifiersOf(root, isBuiltin(module)).flatMap(inlineUse);
  const free = global === undefined ? [] : globalUses(root, global);
  const known = new Set<number>();
  return [...bound, ...inline, ...free]
    .filter(({ node }) => !known.has(node.id()) && known.add(node.id()))
    .sort((one, other) => one.node.range().start.index - other.node.range().start.index);
}

function usesOfBinding(binding: Binding): readonly ModuleUse[] {
  if (binding.isTypeOnly) return [];
  const uses = usesOf(binding.node);
  if (binding.imported !== '*' && binding.imported !== 'default') {
    return uses.map((node) => ({ node, member: binding.imported, binding, holder: undefined }));
  }
  return uses.flatMap((use) => memberOf(use, binding));
}

function memberOf(holder: SgNode, binding: Binding | undefined): readonly ModuleUse[] {
  const node = holder.parent();
  if (node?.kind() !== 'member_expression' || node.field('object')?.id() !== holder.id()) return [];
  const member = node.field('property')?.text();
  return member === undefined ? [] : [{ node, member, binding, holder }];
}

function inlineUse(specifier: SgNode): readonly ModuleUse[] {
  const call = specifier.parent()?.parent();
  if (call?.field('function')?.text() !== 'require') return [];
  const [use] = memberOf(call, undefined);
  // A declarator with this value is a binding already.
  return use === undefined || use.node.parent()?.kind() === 'variable_declarator' ? [] : [use];
}

function globalUses(root: SgNode, name: string): readonly ModuleUse[] {
  return root
    .findAll({ rule: { kind: 'identifier', regex: `^${name}$` } })
    .filter((node) => declarationOf(node) === undefined)
    .flatMap((node) => memberOf(node, undefined));
}

/** The parameter of the function that gets the module. */
function boundByThen(specifier: SgNode): readonly Binding[] {
  const call = specifier.parent()?.parent();
  const then = call?.parent();
  const isThen = call?.field('function')?.text() === 'import' && then?.field('property')?.text() === 'then';
  const receiver = isThen ? then?.parent()?.field('arguments')?.namedChildren()[0] : undefined;
  const single = receiver?.field('parameter');
  const first = single ?? receiver?.field('parameters')?.namedChildren()[0];
  const node = first?.is('required_parameter') === true ? first.field('pattern') : first;
  if (call == null || node?.is('identifier') !== true) return [];
  return [
    { local: node.text(), imported: '*', form: 'dynamic-import', isTypeOnly: false, node, specifier, statement: call },
  ];
}
