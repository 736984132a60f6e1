import { moduleTransform } from '../editing/module-work.ts';

/** `crypto.fips` is `crypto.getFips()`, and setting it `crypto.setFips()`. */
export const cryptoFips = moduleTransform(
  {
    id: 'crypto-fips',
    why: 'Node 23 warns of the property `crypto.fips` (DEP0093); `getFips()` and `setFips()` take its place.',
    module: 'crypto',
    mentions: ['fips'],
  },
  ({ uses, edit, put, drop, nameFor, leave }) => {
    for (const use of uses.filter(({ member }) => member === 'fips')) {
      const { node } = use;
      const parent = node.parent();
      const isTarget = parent?.is('assignment_expression') === true && parent.field('left')?.id() === node.id();
      const name = nameFor(use, isTarget ? 'setFips' : 'getFips');
      const isOther =
        node.is('shorthand_property_identifier') || parent?.is('augmented_assignment_expression') === true;
      if (name === undefined || isOther) {
        leave(node, {
          message: `\`${node.text()}\` is a function of its own for reading and for setting now.`,
          cure: 'Write `getFips()` and `setFips(value)` of `node:crypto`.',
          symbol: 'crypto.fips',
          evidence: 'Deprecated APIs, DEP0093',
        });
        continue;
      }
      drop(use);
      const value = isTarget ? parent.field('right') : undefined;
      if (value == null) {
        edit(node, `${name}()`);
        continue;
      }
      // What stands between is the sign of the assignment; the value may read the property itself.
      const { start, end } = { start: node.range().start.index, end: value.range().start.index };
      put({ offset: start, length: end - start, text: `${name}(` });
      put({ offset: value.range().end.index, length: 0, text: ')' });
    }
  },
);
