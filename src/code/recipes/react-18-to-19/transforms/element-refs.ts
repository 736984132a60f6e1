import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { declarationOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { insertBefore } from '../editing/style.ts';
import { exportUsesOf } from '../reading/export-uses.ts';
import { isReact } from '../reading/names.ts';
import { argumentsOf, callOf, functionAround } from '../reading/places.ts';

/** The ref of an element is one of its props. */
export const elementRefs: FileTransform = {
  kind: 'file',
  id: 'element-refs',
  why: '`ref` is a prop in React 19; `element.ref` warns, and will go.',
  files: sourceFiles,
  mentions: ['.ref'],
  transform(file) {
    const root = file.root();
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const seen = new Set<number>();
    for (const element of elementsIn(root)) {
      for (const { read, last } of readsOf(element)) {
        if (seen.has(read.id())) continue;
        seen.add(read.id());
        if (file.language === 'javascript') edits.push(insertBefore(last, 'props.'));
        else unresolved.push(leftOpen(read));
      }
    }
    return { edits, unresolved };
  },
};

/** Names of which React's own functions say that they are elements. */
function elementsIn(root: SgNode): readonly SgNode[] {
  return exportUsesOf(root, isReact).flatMap(({ name, node }) => {
    const call = callOf(node);
    if (call === undefined) return [];
    if (name === 'cloneElement' || name === 'isValidElement')
      return argumentsOf(call)
        .slice(0, 1)
        .filter((one) => one.is('identifier'));
    return [];
  });
}

function readsOf(element: SgNode): readonly { readonly read: SgNode; readonly last: SgNode }[] {
  const declared = declarationOf(element);
  const around = functionAround(element);
  if (declared === undefined || around === undefined) return [];
  return around.findAll({ rule: { kind: 'member_expression', regex: '\\.ref$' } }).flatMap((read) => {
    const object = bare(read.field('object'));
    const last = read.field('property');
    const isSame =
      object?.is('identifier') === true &&
      object.text() === element.text() &&
      declarationOf(object)?.id() === declared.id();
    return isSame && last !== null ? [{ read, last }] : [];
  });
}

function bare(node: SgNode | null): SgNode | null {
  const isWrapped = node?.kind() === 'parenthesized_expression' || node?.kind() === 'as_expression';
  return isWrapped ? bare(node?.namedChildren()[0] ?? null) : node;
}

function leftOpen(read: SgNode): Unresolved {
  return {
    ...spanOf(read),
    message: `\`${read.text()}\` reads the ref of an element; React 19 has it among the props, and warns here.`,
    cure: 'Read `props.ref`, with the props of the element typed.',
    symbol: 'ref',
    evidence: 'React 19 Upgrade Guide, “Deprecated: element.ref”',
  };
}
