import type { SgNode, SgRoot } from '@ast-grep/napi';
import { bindingsOf } from '../engine/bindings.ts';
import { declarationOf, usesOf } from '../engine/scope.ts';
import { exportNamed, isExported } from './exports.ts';
import { identifierIn } from './semantics.ts';
import { nodeAt } from './tree-roots.ts';
import type { WorkspaceLookup } from './workspace-lookup.ts';

/** The tree of another file of the workspace. */
export type RootAt = (path: string) => SgRoot;

type Across = { readonly workspace: WorkspaceLookup; readonly rootAt: RootAt };

/**
 * What an import means in the file that it names, one step far, as the public runner goes: the name that is declared or
 * imported there, or the statement that exports it from elsewhere. Undefined where the file or the name is not there.
 */
export function definitionElsewhere(part: SgNode, from: string, { workspace, rootAt }: Across) {
  const [binding] = bindingsAt(part);
  const path = binding === undefined ? undefined : workspace.resolve(textOf(binding.specifier), from);
  if (binding === undefined || path === undefined || binding.imported === '*') return undefined;
  const root = rootAt(path);
  const found = exportNamed(root.root(), binding.imported);
  return found === undefined ? undefined : { node: whole(found, root), root, kind: 'external' };
}

/** Where an exported name is used in other files: in the imports that name this file, and after them. */
export function referencesElsewhere(
  node: SgNode,
  filename: string,
  { workspace, rootAt, textOf: read }: Across & { textOf(path: string): string | undefined },
): readonly { readonly root: SgRoot; readonly nodes: readonly SgNode[] }[] {
  const identifier = identifierIn(node);
  const declared = identifier === undefined ? undefined : declarationOf(identifier);
  if (declared === undefined || !isExported(node.getRoot().root(), declared)) return [];
  const name = declared.text();
  return workspace.files.flatMap((path) => {
    if (path === filename || read(path)?.includes(name) !== true) return [];
    const root = rootAt(path);
    const isThis = (specifier: string): boolean => workspace.resolve(specifier, path) === filename;
    const bound = bindingsOf(root.root(), isThis).filter(({ imported, local }) => imported === name || local === name);
    const nodes = bound.flatMap((binding) =>
      [importPart(binding.node), ...usesOf(binding.node)].map((one) => whole(one, root)),
    );
    return nodes.length === 0 ? [] : [{ root, nodes }];
  });
}

function bindingsAt(part: SgNode) {
  const { start, end } = part.range();
  const statement = [part, ...part.ancestors()].find((one) => one.is('import_statement'));
  const all = statement === undefined ? [] : bindingsOf(statement, () => true);
  return all.filter(({ node }) => node.range().start.index >= start.index && node.range().end.index <= end.index);
}

/** Of `a as b` the whole, as the public runner has it. */
function importPart(identifier: SgNode): SgNode {
  const parent = identifier.parent();
  return parent?.is('import_specifier') === true ? parent : identifier;
}

function whole(node: SgNode, root: SgRoot): SgNode {
  const { start, end } = node.range();
  return nodeAt(root.root(), start.index, end.index);
}

function textOf(specifier: SgNode): string {
  return specifier.text().slice(1, -1);
}
