import type { SgNode } from '@ast-grep/napi';
import { replaceNode } from '../../../engine/edit-node.ts';
import { type FileTransform, type RecipeContext, sourceFiles, type TextEdit } from '../../../recipe.ts';
import { importEdits } from '../editing/import-edits.ts';
import { insertAfter, removeBetween } from '../editing/style.ts';
import { droppedBy } from '../editing/unused-imports.ts';
import { exportUsesOf, moduleBindingsOf } from '../reading/export-uses.ts';
import { parametersOf } from '../reading/function-components.ts';
import { isReact } from '../reading/names.ts';
import { argumentsOf, callOf, isFunction } from '../reading/places.ts';

/** With the parameter `forward-ref`, functions take `ref` as a prop in place of `forwardRef`. */
export const forwardRefs: FileTransform = {
  kind: 'file',
  id: 'forward-refs',
  why: '`forwardRef` is no longer needed: in React 19 a function component has its ref among its props.',
  files: sourceFiles,
  mentions: ['forwardRef'],
  transform(file, context) {
    if (context.params['forward-ref'] !== 'remove') return { edits: [], unresolved: [] };
    const root = file.root();
    const edits: TextEdit[] = [];
    const gone = new Set<number>();
    for (const { name, node } of exportUsesOf(root, isReact)) {
      const call = name === 'forwardRef' ? callOf(node) : undefined;
      const made = call === undefined ? undefined : unwrapped(call, context);
      if (made === undefined) continue;
      edits.push(...made);
      gone.add(node.id());
    }
    return {
      edits: [
        ...edits,
        ...importEdits(root, { drop: droppedBy(moduleBindingsOf(root, isReact), gone, context), add: [] }),
      ],
      unresolved: [],
    };
  },
};

/** Undefined for what is no function, or takes its props in another form than a name or a pattern. */
function unwrapped(call: SgNode, context: RecipeContext): readonly TextEdit[] | undefined {
  const [fn, ...more] = argumentsOf(call);
  if (fn === undefined || !isFunction(fn) || more.length > 0) return undefined;
  const parameters = parametersOf(fn);
  const [props, ref] = parameters;
  const taken = props === undefined || ref === undefined ? [] : withRef({ call, props, ref }, context);
  if (taken === undefined || fn.field('parameter') !== null) return undefined;
  const [outer, inner] = [call.range(), fn.range()];
  return [
    removeBetween(outer.start.index, inner.start.index),
    ...taken,
    removeBetween(inner.end.index, outer.end.index),
  ];
}

type Forwarded = { readonly call: SgNode; readonly props: SgNode; readonly ref: SgNode };

function withRef(forwarded: Forwarded, context: RecipeContext): readonly TextEdit[] | undefined {
  const { props, ref } = forwarded;
  const pattern = props.field('pattern') ?? props;
  const refName = (ref.field('pattern') ?? ref).text();
  const part = refName === 'ref' ? 'ref' : `ref: ${refName}`;
  const end = removeBetween(props.range().end.index, ref.range().end.index);
  const type = typeFor(forwarded, context);
  const typed: readonly TextEdit[] = type === undefined ? [] : [typeEdit(props, pattern, type)];
  if (pattern.is('identifier')) return [replaceNode(pattern, `{ ${part}, ...${pattern.text()} }`), ...typed, end];
  if (pattern.kind() !== 'object_pattern') return undefined;
  const [first] = pattern.namedChildren();
  const edit =
    first === undefined
      ? replaceNode(pattern, `{ ${part} }`)
      : { offset: first.range().start.index, length: 0, text: `${part}, ` };
  return [edit, ...typed, end];
}

function typeEdit(props: SgNode, pattern: SgNode, type: string): TextEdit {
  const annotation = props.field('type');
  return annotation === null ? insertAfter(pattern, `: ${type}`) : replaceNode(annotation, `: ${type}`);
}

/** Types come from the arguments of `forwardRef`, else from the parameters; without any there is nothing to say. */
function typeFor({ call, props, ref }: Forwarded, { params }: RecipeContext): string | undefined {
  const [refType, propsType] = call.field('type_arguments')?.namedChildren() ?? [];
  const own = propsType ?? props.field('type')?.namedChildren()[0];
  const held = refType?.text() ?? heldBy(ref.field('type')?.namedChildren()[0]);
  if (own === undefined && held === undefined) return undefined;
  const mark = params['ref-type'] === 'RefObject' ? '' : '?';
  const refMember = `{ ref${mark}: React.${params['ref-type']}<${held ?? 'unknown'}> }`;
  if (own === undefined) return refMember;
  const isUnion = own.kind() === 'union_type' || own.kind() === 'conditional_type' || own.kind() === 'function_type';
  return `${isUnion ? `(${own.text()})` : own.text()} & ${refMember}`;
}

function heldBy(type: SgNode | undefined): string | undefined {
  return type?.kind() === 'generic_type' ? type.field('type_arguments')?.namedChildren()[0]?.text() : undefined;
}
