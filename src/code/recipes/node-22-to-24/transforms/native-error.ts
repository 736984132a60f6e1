import type { SgNode } from '@ast-grep/napi';
import { specifiersOf } from '../../../engine/bindings.ts';
import { spanOf } from '../../../engine/edit-node.ts';
import { usesOf } from '../../../engine/scope.ts';
import type { TextEdit } from '../../../recipe.ts';
import { withoutStatement } from '../editing/import-list.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import { isBuiltin } from '../reading/module-uses.ts';

/** `util.types.isNativeError(x)` is `Error.isError(x)`. */
export const nativeError = moduleTransform(
  {
    id: 'native-error',
    why: 'Node 24 deprecates `util.types.isNativeError()` for `Error.isError()` of the language (DEP0197).',
    module: 'util',
    mentions: ['isNativeError'],
  },
  ({ root, uses, edit, put, drop, leave }) => {
    for (const item of nestedIn(root)) {
      const name = item.is('pair_pattern') ? item.field('value') : item;
      const own = name === null ? [] : usesOf(name);
      if (name === null || !own.every(isAsked)) {
        leave(item, {
          message: '`isNativeError` is deprecated, and is handed on here.',
          cure: 'Write `Error.isError(value)`, and take the name out of the pattern.',
          symbol: 'util.types.isNativeError',
          evidence: 'Deprecated APIs, DEP0197',
        });
        continue;
      }
      for (const use of own) edit(use, 'Error.isError');
      put(withoutItem(item));
    }
    for (const use of uses.filter(({ member }) => member === 'types')) {
      const member = use.node.parent();
      const isError = member?.kind() === 'member_expression' && member.field('property')?.text() === 'isNativeError';
      if (!isError || member == null || !isAsked(member)) continue;
      drop(use);
      edit(member, 'Error.isError');
    }
  },
);

function isAsked(node: SgNode): boolean {
  return argumentsOf(callOf(node)).length === 1;
}

/** `const { types: { isNativeError } } = require('util')` */
function nestedIn(root: SgNode): readonly SgNode[] {
  return specifiersOf(root, isBuiltin('util')).flatMap((specifier) => {
    const pattern = specifier.parent()?.parent()?.parent()?.field('name');
    const outer = pattern?.is('object_pattern') === true ? pattern.namedChildren() : [];
    const types = outer.find((one) => one.is('pair_pattern') && one.field('key')?.text() === 'types')?.field('value');
    const inner = types?.is('object_pattern') === true ? types.namedChildren() : [];
    return inner.filter((one) => {
      if (one.is('shorthand_property_identifier_pattern')) return one.text() === 'isNativeError';
      const isNamed = one.is('pair_pattern') && one.field('value')?.is('identifier') === true;
      return isNamed && one.field('key')?.text() === 'isNativeError';
    });
  });
}

/** Takes a part out of a pattern; a pattern that would be left empty goes too, and with the last the statement. */
function withoutItem(item: SgNode): TextEdit {
  const list = item.parent();
  const above = list?.parent();
  const siblings = (list?.namedChildren() ?? []).filter((one) => !one.is('comment'));
  if (siblings.length === 1 && above?.is('pair_pattern') === true) return withoutItem(above);
  if (siblings.length === 1 && above?.is('variable_declarator') === true) return withoutStatement(above);
  const at = siblings.findIndex((one) => one.id() === item.id());
  const [before, next] = [siblings[at - 1], siblings[at + 1]];
  const { offset, length } = spanOf(item);
  if (next !== undefined) return { offset, length: spanOf(next).offset - offset, text: '' };
  const start = before === undefined ? offset : spanOf(before).offset + spanOf(before).length;
  return { offset: start, length: offset + length - start, text: '' };
}
