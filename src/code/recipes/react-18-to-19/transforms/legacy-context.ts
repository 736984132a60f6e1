import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { declarationOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type Unresolved } from '../../../recipe.ts';
import { classComponentsOf, membersOf, nameOf } from '../reading/classes.ts';
import { functionComponentOf } from '../reading/function-components.ts';

const members: Readonly<Record<string, string>> = {
  contextTypes: 'Create a context with `createContext`, and read it with `static contextType`.',
  childContextTypes: 'Create a context with `createContext`, and render it around the children.',
  getChildContext: 'Create a context with `createContext`, and pass what this returns as its value.',
};

/** The legacy context is reported: who provides and who reads it stand in different files. */
export const legacyContext: FileTransform = {
  kind: 'file',
  id: 'legacy-context',
  why: 'React 19 has no legacy context: `contextTypes`, `childContextTypes` and `getChildContext` are passed over.',
  files: sourceFiles,
  mentions: Object.keys(members),
  transform(file) {
    const root = file.root();
    const own = classComponentsOf(root).flatMap((component) =>
      membersOf(component).filter((member) => Object.hasOwn(members, nameOf(member) ?? '')),
    );
    const assigned = root
      .findAll({ rule: { kind: 'member_expression', regex: '\\.(contextTypes|childContextTypes)$' } })
      .filter(isAssignedTo);
    return {
      edits: [],
      unresolved: [
        ...own.map((member) => leftOpen(headOf(member), nameOf(member) ?? '')),
        ...assigned.map((node) => leftOpen(node, node.field('property')?.text() ?? '')),
      ],
    };
  },
};

function headOf(member: SgNode): SgNode {
  return member.field('name') ?? member.field('property') ?? member;
}

function isAssignedTo(node: SgNode): boolean {
  const parent = node.parent();
  const object = node.field('object');
  if (
    parent?.is('assignment_expression') !== true ||
    parent.field('left')?.id() !== node.id() ||
    object?.is('identifier') !== true
  )
    return false;
  const declared = declarationOf(object);
  if (declared === undefined) return false;
  return String(declared.parent()?.kind()).includes('class') || functionComponentOf(declared) !== undefined;
}

function leftOpen(node: SgNode, name: string): Unresolved {
  return {
    ...spanOf(node),
    message: `\`${name}\` belongs to the legacy context, which React 19 does not have.`,
    ...(members[name] === undefined ? {} : { cure: members[name] }),
    symbol: name,
    evidence: 'React 19 Upgrade Guide, “Removed: Legacy Context using contextTypes and getChildContext”',
  };
}
