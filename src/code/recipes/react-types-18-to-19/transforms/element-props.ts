import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit, Unresolved } from '../../../recipe.ts';
import { insertAfter } from '../../react-18-to-19/editing/style.ts';
import { exportUsesOf } from '../../react-18-to-19/reading/export-uses.ts';
import { isReact } from '../../react-18-to-19/reading/names.ts';
import { argumentsOf, callOf, functionAround } from '../../react-18-to-19/reading/places.ts';
import { typedFiles, typeUsesOf, wholeType } from '../type-uses.ts';

/** The props of an element of which nothing is known are `unknown`; with the parameter `element-props`, `any` as before. */
export const elementProps: FileTransform = {
  kind: 'file',
  id: 'element-props',
  why: '`ReactElement` without an argument has props of the type `unknown` in React 19, where they were `any`.',
  files: typedFiles,
  mentions: ['ReactElement', 'isValidElement'],
  transform(file, { params }) {
    const root = file.root();
    if (params['element-props'] === 'any') {
      const bare = typeUsesOf(root).filter(
        ({ name, node }) => name === 'ReactElement' && wholeType(node).args.length === 0,
      );
      return { edits: bare.map(({ node }): TextEdit => insertAfter(node, '<any>')), unresolved: [] };
    }
    return { edits: [], unresolved: guardedReads(root) };
  },
};

/** `isValidElement(x) && x.props.y`: the guard alone says nothing of the props. */
function guardedReads(root: SgNode): readonly Unresolved[] {
  return exportUsesOf(root, isReact).flatMap(({ name, node }) => {
    const call = name === 'isValidElement' ? callOf(node) : undefined;
    const [argument] = call === undefined ? [] : argumentsOf(call);
    const isBare = call !== undefined && call.field('type_arguments') === null && argument?.is('identifier') === true;
    if (!isBare) return [];
    const around = functionAround(call) ?? root;
    const reads = around
      .findAll({ rule: { kind: 'member_expression', regex: '\\.props$' } })
      .filter((one) => one.text() === `${argument.text()}.props`);
    return reads
      .filter(
        (read) => read.parent()?.is('member_expression') === true || read.parent()?.is('variable_declarator') === true,
      )
      .map(leftOpen);
  });
}

function leftOpen(read: SgNode): Unresolved {
  return {
    ...spanOf(read),
    message: `\`${read.text()}\` is \`unknown\` in the types of React 19; it was \`any\`.`,
    cure: 'Say what props the element has: `isValidElement<Props>(…)`.',
    symbol: 'ReactElement',
    evidence: 'React 19 Upgrade Guide, “Changes to the ReactElement TypeScript type”',
  };
}
