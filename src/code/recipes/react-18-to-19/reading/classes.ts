import type { SgNode } from '@ast-grep/napi';
import { exportUsesOf } from './export-uses.ts';
import { isReact } from './names.ts';

const bases = new Set(['Component', 'PureComponent']);

/** The class components of a file: classes that extend `Component` or `PureComponent` of React, under whatever name. */
export function classComponentsOf(root: SgNode): readonly SgNode[] {
  return exportUsesOf(root, isReact).flatMap(({ name, node }) => {
    if (!bases.has(name)) return [];
    const heritage = node.ancestors().find((one) => one.kind() === 'class_heritage');
    const isBase =
      heritage !== undefined && (node.parent()?.id() === heritage.id() || node.parent()?.kind() === 'extends_clause');
    const owner = isBase ? heritage.parent() : null;
    return owner === null ? [] : [owner];
  });
}

/** A member of a class by name; of several the first. */
export function memberOf(component: SgNode, name: string): SgNode | undefined {
  return membersOf(component).find((one) => nameOf(one) === name);
}

/** Everything in the body of a class. */
export function membersOf(component: SgNode): readonly SgNode[] {
  return component.field('body')?.namedChildren() ?? [];
}

/** The name of a member, which JavaScript's grammar calls its property. */
export function nameOf(member: SgNode): string | undefined {
  return (member.field('name') ?? member.field('property'))?.text();
}

/** True for `static x`. */
export function isStatic(member: SgNode): boolean {
  return member.children().some((child) => child.kind() === 'static');
}
