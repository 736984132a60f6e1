import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import { type FileTransform, type RecipeFile, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { importEdits } from '../editing/import-edits.ts';
import { insertAfter, insertBefore, removeBetween, removeWithGap, styleOf } from '../editing/style.ts';
import { membersOf } from '../prop-types/prop-type.ts';
import { classComponentsOf, isStatic, memberOf } from '../reading/classes.ts';
import { isWhole, moduleBindingsOf } from '../reading/export-uses.ts';
import {
  type FunctionComponent,
  functionComponentOf,
  parametersOf,
  propsParameterOf,
} from '../reading/function-components.ts';
import { freeName, takenNames } from '../reading/names.ts';
import { statementOf } from '../reading/places.ts';

/** In TypeScript `propTypes` become types of the props; in JavaScript it is said that nothing checks them any more. */
export const propTypes: FileTransform = {
  kind: 'file',
  id: 'prop-types',
  why: 'React 19 does not look at `propTypes`, neither when it runs nor in its types, which read props off them before.',
  files: sourceFiles,
  mentions: ['propTypes'],
  transform(file, { params }) {
    if (params['prop-types'] === 'keep') return { edits: [], unresolved: [] };
    const root = file.root();
    const found = [...assigned(root), ...declaredIn(root)].sort(
      (one, other) => one.node.range().start.index - other.node.range().start.index,
    );
    const [first] = found;
    if (first === undefined) return { edits: [], unresolved: [] };
    if (file.language === 'javascript') return { edits: [], unresolved: [unchecked(first.node)] };
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const gone: SgNode[] = [];
    const taken = new Set(takenNames(root));
    for (const one of found) {
      const made = typed(one, file, taken);
      if (made === undefined) unresolved.push(leftOpen(one.node));
      else {
        edits.push(...made);
        gone.push(one.node);
      }
    }
    return { edits: [...edits, ...freedImports(root, gone)], unresolved };
  },
};

type Owner =
  | { readonly kind: 'function'; readonly component: FunctionComponent }
  | { readonly kind: 'class'; readonly component: SgNode };
type Found = { readonly node: SgNode; readonly value: SgNode; readonly name: string; readonly owner: Owner };

function assigned(root: SgNode): readonly Found[] {
  const classes = classComponentsOf(root);
  return root
    .findAll({ rule: { kind: 'assignment_expression', regex: '\\.propTypes\\b' } })
    .flatMap((assignment): readonly Found[] => {
      const [left, value, node] = [assignment.field('left'), assignment.field('right'), statementOf(assignment)];
      const object =
        left?.is('member_expression') === true && left.field('property')?.text() === 'propTypes'
          ? left.field('object')
          : null;
      const declared = object?.is('identifier') === true ? declarationOf(object) : undefined;
      if (
        declared === undefined ||
        value === null ||
        node === undefined ||
        usesOf(declared).filter((use) => use.parent()?.field('property')?.text() === 'propTypes').length > 1
      )
        return [];
      const component = functionComponentOf(declared);
      if (component !== undefined)
        return [{ node, value, name: declared.text(), owner: { kind: 'function', component } }];
      const own = classes.find((one) => one.field('name')?.id() === declared.id());
      return own === undefined
        ? []
        : [{ node, value, name: declared.text(), owner: { kind: 'class', component: own } }];
    });
}

function declaredIn(root: SgNode): readonly Found[] {
  return classComponentsOf(root).flatMap((component): readonly Found[] => {
    const node = memberOf(component, 'propTypes');
    const value = node?.field('value');
    if (node === undefined || value == null || !isStatic(node)) return [];
    return [{ node, value, name: component.field('name')?.text() ?? 'Component', owner: { kind: 'class', component } }];
  });
}

/** Undefined where the props cannot be read for certain. */
function typed(
  { node, value, name, owner }: Found,
  file: RecipeFile,
  taken: Set<string>,
): readonly TextEdit[] | undefined {
  const removal = owner.kind === 'class' && !node.is('expression_statement') ? removeMember(node) : removeWithGap(node);
  if (owner.kind === 'class' ? hasTypes(owner.component) : isTyped(owner.component)) return [removal];
  if (value.kind() !== 'object') return undefined;
  const root = file.root();
  const end = styleOf(root, undefined).semicolon;
  const react = moduleBindingsOf(root, (module) => module === 'react').find(isWhole)?.local ?? 'React';
  const members = membersOf(value, { react, end, indent: '  ' });
  const type = freeName(`${name}Props`, taken);
  const annotated = owner.kind === 'class' ? classType(owner.component, type) : functionType(owner.component, type);
  const place = topOf(owner.kind === 'class' ? owner.component : owner.component.statement);
  if (members === undefined || annotated === undefined) return undefined;
  taken.add(type);
  const lines = members.map((member) => `  ${member}${end}\n`).join('');
  return [insertBefore(place, `interface ${type} {\n${lines}}\n\n`), ...annotated, removal];
}

function isTyped({ fn, type, wrappers }: FunctionComponent): boolean {
  return (
    type !== undefined ||
    propsParameterOf(fn)?.type !== undefined ||
    wrappers.some(({ call }) => call.field('type_arguments') !== null)
  );
}

function heritageOf(component: SgNode): SgNode | undefined {
  return component
    .namedChildren()
    .find((one) => one.kind() === 'class_heritage')
    ?.namedChildren()
    .find((one) => one.kind() === 'extends_clause');
}

function hasTypes(component: SgNode): boolean {
  return (
    heritageOf(component)
      ?.namedChildren()
      .some((one) => one.kind() === 'type_arguments') === true
  );
}

function classType(component: SgNode, type: string): readonly TextEdit[] | undefined {
  const base = heritageOf(component)?.field('value');
  return base == null ? undefined : [insertAfter(base, `<${type}>`)];
}

function functionType({ fn, wrappers }: FunctionComponent, type: string): readonly TextEdit[] | undefined {
  const forwarding = wrappers.find(({ name }) => name === 'forwardRef');
  const callee = forwarding?.call.field('function');
  if (callee != null) return [insertAfter(callee, `<HTMLElement, ${type}>`)];
  const bare = fn.field('parameter');
  if (bare !== null) return [replaceNode(bare, `(${bare.text()}: ${type})`)];
  const [first] = parametersOf(fn);
  const pattern = first?.field('pattern');
  return pattern == null ? undefined : [insertAfter(pattern, `: ${type}`)];
}

function topOf(node: SgNode): SgNode {
  const all = [node, ...node.ancestors()];
  return all[all.findIndex((one) => one.is('program')) - 1] ?? node;
}

/** A member goes with the empty lines behind it. */
function removeMember(member: SgNode): TextEdit {
  const text = member.getRoot().root().text();
  const { start, end } = member.range();
  const lineStart = text.lastIndexOf('\n', start.index - 1) + 1;
  const after = /^;?[\t ]*(?:\r?\n[\t ]*)*/.exec(text.slice(end.index))?.[0] ?? '';
  const rest = /[\t ]*$/.exec(after)?.[0].length ?? 0;
  const isOwnLine = text.slice(lineStart, start.index).trim() === '' && after.includes('\n');
  return isOwnLine
    ? removeBetween(lineStart, end.index + after.length - rest)
    : removeBetween(start.index, end.index + after.length);
}

/** Imports of `prop-types` that only what is gone has used. */
function freedImports(root: SgNode, gone: readonly SgNode[]): readonly TextEdit[] {
  const isGone = (node: SgNode): boolean =>
    gone.some(
      (one) => one.range().start.index <= node.range().start.index && node.range().end.index <= one.range().end.index,
    );
  const drop = moduleBindingsOf(root, (module) => module === 'prop-types').filter(({ node }) => {
    const uses = usesOf(node);
    return uses.length > 0 && uses.every(isGone);
  });
  return importEdits(root, { drop, add: [] });
}

function leftOpen(node: SgNode): Unresolved {
  return {
    ...spanOf(node),
    message: 'React 19 does not look at these `propTypes`, and their types cannot be read for certain.',
    cure: 'Give the props a type, and delete them.',
    symbol: 'propTypes',
    evidence: 'React 19 Upgrade Guide, “Removed: propTypes and defaultProps for functions”',
  };
}

function unchecked(node: SgNode): Unresolved {
  return {
    ...spanOf(node),
    message: 'React 19 passes `propTypes` over without a word; nothing checks the props of this file any more.',
    cure: 'Move to TypeScript, or check with `PropTypes.checkPropTypes` in a test.',
    symbol: 'propTypes',
    evidence: 'React 19 Upgrade Guide, “Removed: propTypes and defaultProps for functions”',
  };
}
