import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import type { State } from '../flow/state.ts';
import { refuse } from '../flow/state.ts';
import type { MomentNames } from './moment-names.ts';

/** A type of moment: the whole name, and the identifier in it that an import brings. */
export type TypeUse = { readonly node: TypeScript.Node; readonly root: TypeScript.Identifier };

/** Types that go with a group of values, and those that go with none. Refuses groups whose declared type is another. */
export function readTypes(
  state: State,
  names: MomentNames,
): { readonly converted: readonly (TypeUse & { readonly group: number })[]; readonly left: readonly TypeUse[] } {
  const uses = [...typeUses(state, names)];
  const owned = new Map<TypeUse, number>();
  const places = [
    ...[...state.holders.values()].map(({ declaration, group }) => ({ type: declaration.type, group })),
    ...[...state.answering].map(([owner, group]) => ({ type: owner.type, group })),
  ];
  for (const { type, group } of places) {
    if (type === undefined) continue;
    const within = uses.filter(({ node }) => node.pos >= type.pos && node.end <= type.end);
    const isPlain = within.length > 0 && within.every(({ node }) => /(^|\.)Moment$/.test(node.getText()));
    if (!isPlain) refuse(state, group, type, `its declared type is \`${type.getText()}\``);
    else for (const use of within) owned.set(use, group);
  }
  return {
    converted: uses.flatMap((use) => {
      const group = owned.get(use);
      return group === undefined ? [] : [{ ...use, group }];
    }),
    left: uses.filter((use) => !owned.has(use)),
  };
}

/** Names of types, whole: `moment.Moment`, `Moment` of an import of its own. */
function* typeUses(state: State, { names }: MomentNames): Generator<TypeUse> {
  const parts = new Set(names.flatMap(({ name, part }) => (part === undefined ? [] : (state.symbolOf(name) ?? []))));
  for (const node of nodesBelow(state.source)) {
    if (!ts.isIdentifier(node) || names.some(({ name }) => name === node)) continue;
    const symbol = state.symbolOf(node);
    if (symbol === undefined) continue;
    if (ts.isQualifiedName(node.parent) && node.parent.left === node && state.moments.has(symbol))
      yield { node: node.parent, root: node };
    else if (parts.has(symbol) && !ts.isImportSpecifier(node.parent)) yield { node, root: node };
  }
}
