import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { findKinds } from '../../../engine/find-kinds.ts';
import { type FileTransform, sourceFiles } from '../../../recipe.ts';
import { functionAround, isFunction } from '../reading/places.ts';

/** Functions that return an object with `render` are reported. */
export const modulePattern: FileTransform = {
  kind: 'file',
  id: 'module-pattern',
  why: 'React 19 takes what a component function returns for what to show; an object with `render` is no element.',
  files: sourceFiles,
  mentions: ['render'],
  transform(file) {
    const objects = file
      .root()
      .findAll({ rule: { kind: 'object', regex: '\\brender\\b' } })
      .filter((object) => isReturned(object) && hasRender(object));
    return {
      edits: [],
      unresolved: objects.map((object) => ({
        ...spanOf(object),
        message: 'This component returns an object with `render`; React 19 does not call it.',
        cure: 'Return what `render` returns, or make it a class.',
        symbol: 'render',
        evidence: 'React 19 Upgrade Guide, “Removed: Module pattern factories”',
      })),
    };
  },
};

/** Only functions whose name is that of a component: others return objects with `render` for reasons of their own. */
function isReturned(object: SgNode): boolean {
  const around = functionAround(object);
  const parent = object.parent();
  const isBody = parent?.is('parenthesized_expression') === true && isFunction(parent.parent());
  if (around === undefined || (parent?.is('return_statement') !== true && !isBody)) return false;
  const name =
    around.field('name') ??
    (around.parent()?.is('variable_declarator') === true ? around.parent()?.field('name') : null);
  return /^[A-Z]/.test(name?.text() ?? '');
}

function hasRender(object: SgNode): boolean {
  const render = object.namedChildren().find((one) => (one.field('name') ?? one.field('key'))?.text() === 'render');
  const body = render?.kind() === 'pair' ? render.field('value') : render;
  if (body == null || !isFunction(body)) return false;
  return (
    /\b(createElement|jsx)\(/.test(body.text()) ||
    findKinds(body, ['jsx_element', 'jsx_self_closing_element']).length > 0
  );
}
