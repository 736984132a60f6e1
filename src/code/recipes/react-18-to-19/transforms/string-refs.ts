import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { findKinds } from '../../../engine/find-kinds.ts';
import {
  type FileTransform,
  type RecipeContext,
  type RecipeFile,
  sourceFiles,
  type TextEdit,
  type Unresolved,
} from '../../../recipe.ts';
import { classComponentsOf, membersOf, nameOf } from '../reading/classes.ts';
import { freeName } from '../reading/names.ts';
import { classAround, functionAround, indentOf, isFunction } from '../reading/places.ts';

const evidence = 'React 19 Upgrade Guide, “Removed: string refs”';

/** `ref="name"` in a class component becomes a callback that keeps the element where `this.refs.name` finds it. */
export const stringRefs: FileTransform = {
  kind: 'file',
  id: 'string-refs',
  why: 'React 19 knows refs only as functions and objects; a string is an error when it is attached.',
  files: sourceFiles,
  mentions: ['ref'],
  transform(file, context) {
    const attributes = refAttributes(file.root());
    if (attributes.length === 0) return { edits: [], unresolved: [] };
    const components = new Set(classComponentsOf(file.root()).map((node) => node.id()));
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const named = new Map<SgNode, Ref[]>();
    for (const { attribute, value, name } of attributes) {
      const owner = ownerOf(attribute, components);
      if (owner === undefined || name === undefined) {
        unresolved.push(leftOpen(value, name !== undefined));
        continue;
      }
      edits.push(replaceNode(value, callbackFor(name, attribute)));
      const known = [...named.keys()].find((one) => one.id() === owner.id()) ?? owner;
      named.set(known, [...(named.get(known) ?? []), { name, element: elementOf(attribute) }]);
    }
    for (const [owner, refs] of named) edits.push(...declared(owner, refs, file, context));
    return { edits, unresolved };
  },
};

type Ref = { readonly name: string; readonly element: string };
type Attribute = {
  readonly attribute: SgNode;
  readonly value: SgNode /** Undefined for a text made at run time. */;
  readonly name: string | undefined;
};

function refAttributes(root: SgNode): readonly Attribute[] {
  return findKinds(root, ['jsx_attribute']).flatMap((attribute): readonly Attribute[] => {
    const [name, value] = attribute.namedChildren();
    if (name?.text() !== 'ref' || value === undefined) return [];
    const inner = value.kind() === 'jsx_expression' ? value.namedChildren()[0] : value;
    if (inner?.is('string') === true) return [{ attribute, value, name: inner.text().slice(1, -1) }];
    if (inner?.kind() !== 'template_string') return [];
    const isFixed = inner.find({ rule: { kind: 'template_substitution' } }) === null;
    return [{ attribute, value, name: isFixed ? inner.text().slice(1, -1) : undefined }];
  });
}

/** The class whose `this` an attribute sees: through arrow functions, not through other functions. */
function ownerOf(attribute: SgNode, components: ReadonlySet<number>): SgNode | undefined {
  for (const one of attribute.ancestors()) {
    if (components.has(one.id())) return one;
    if (isFunction(one) && one.kind() !== 'arrow_function' && one.kind() !== 'method_definition') return undefined;
  }
  return undefined;
}

function callbackFor(name: string, attribute: SgNode): string {
  const parameter = freeName('ref', new Set());
  const target = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `this.refs.${name}`
    : `this.refs[${JSON.stringify(name)}]`;
  return `{(${parameter}) => { ${target} = ${parameter}; }}${attribute.text() === '' ? '' : ''}`;
}

function elementOf(attribute: SgNode): string {
  return attribute.parent()?.field('name')?.text() ?? '';
}

/** The types of React 19 no longer have `refs`; a class that uses them says what they hold. */
function declared(owner: SgNode, refs: readonly Ref[], file: RecipeFile, { home }: RecipeContext): readonly TextEdit[] {
  const isTyped = (file.language === 'tsx' || file.language === 'typescript') && home !== undefined;
  const [first] = membersOf(owner);
  if (!isTyped || first === undefined || membersOf(owner).some((member) => nameOf(member) === 'refs')) return [];
  const indent = indentOf(first);
  const names = [...new Set(refs.map(({ name }) => name))];
  const lines = names.map((name) => {
    const types = [...new Set(refs.filter((ref) => ref.name === name).map(({ element }) => typeOf(element)))];
    return `${indent}  ${/^[\w$]+$/.test(name) ? name : JSON.stringify(name)}?: ${[...types, 'null'].join(' | ')};`;
  });
  const comment = 'Filled by the ref callbacks below.';
  const text = `/** ${comment} */\n${indent}refs: {\n${lines.join('\n')}\n${indent}} = {};\n\n${indent}`;
  return [{ offset: first.range().start.index, length: 0, text }];
}

function typeOf(element: string): string {
  return /^[a-z]/.test(element) && !element.includes('.') ? `HTMLElementTagNameMap['${element}']` : element;
}

function leftOpen(value: SgNode, isFixed: boolean): Unresolved {
  const isInFunction = functionAround(value) !== undefined && classAround(value) === undefined;
  return {
    ...spanOf(value),
    message: isFixed
      ? `\`ref=${value.text()}\` is a string ref, and the component that owns it cannot be seen from here.`
      : `\`ref=${value.text()}\` names a ref by a text made at run time; React 19 has no string refs.`,
    cure: isInFunction
      ? 'Use `useRef` and pass the ref object.'
      : 'Pass a function that keeps the element, or a ref object.',
    symbol: 'ref',
    evidence,
  };
}
