import type { SgNode } from '@ast-grep/napi';
import { bindingsOf } from '../../../engine/bindings.ts';
import { usesOf } from '../../../engine/scope.ts';
import type { FileTransform } from '../../../recipe.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { importFirst, importStyleOf, importText } from '../editing/new-import.ts';
import { isBuiltin } from '../reading/module-uses.ts';

/** `process.assert()` is `assert()` of `node:assert`. */
export const processAssert = moduleTransform(
  {
    id: 'process-assert',
    why: 'Node 23 removed `process.assert()` (DEP0100); `node:assert` is what it stood for.',
    module: 'process',
    mentions: ['assert'],
    global: 'process',
  },
  ({ root, path, context, uses, edit, put, drop, dropUnused }) => {
    const asserts = uses.filter(({ member }) => member === 'assert');
    dropUnused(['assert']);
    if (asserts.length === 0) return;
    const known = bindingsOf(root, isBuiltin('assert')).find(
      ({ imported }) => imported === '*' || imported === 'default',
    );
    for (const use of asserts) {
      if (use.binding !== undefined) drop(use);
      edit(use.node, known?.local ?? 'assert');
    }
    if (known !== undefined) return;
    const statement = importText(root, { module: 'assert', default: 'assert' }, importStyleOf(root, path, context));
    put(importFirst(root, statement));
  },
);

/** `process.mainModule` is `require.main`. */
export const mainModule: FileTransform = moduleTransform(
  {
    id: 'process-main-module',
    why: '`process.mainModule` is deprecated since Node 14 (DEP0138); `require.main` is the same in CommonJS.',
    module: 'process',
    mentions: ['mainModule'],
    global: 'process',
  },
  ({ root, path, context, uses, edit, put, drop, dropUnused, leave }) => {
    dropUnused(['mainModule']);
    for (const pattern of patternsOfProcess(root)) {
      const only = pattern.names.namedChildren();
      const name = only.find((one) => one.text() === 'mainModule');
      if (name === undefined) continue;
      for (const use of usesOf(name)) edit(use, 'require.main');
      if (only.length > 1) continue;
      const { start, end } = pattern.statement.range();
      put({ offset: start.index, length: end.index - start.index, text: '' });
    }
    for (const use of uses.filter(({ member }) => member === 'mainModule')) {
      if (importStyleOf(root, path, context) === 'import' && !/\bmodule\b/.test(root.text())) {
        leave(use.node, {
          message: '`process.mainModule` is undefined in an ES module, and deprecated.',
          cure: 'Use `import.meta.main` (Node 24.2), or compare `import.meta.url` with the URL of `process.argv[1]`.',
          symbol: 'process.mainModule',
          evidence: 'Deprecated APIs, DEP0138',
        });
        continue;
      }
      if (use.binding !== undefined) drop(use);
      edit(use.node, 'require.main');
    }
  },
);

/** `const { a } = process` */
function patternsOfProcess(root: SgNode): readonly { readonly names: SgNode; readonly statement: SgNode }[] {
  return root.findAll({ rule: { pattern: 'const $P = process' } }).flatMap((statement) => {
    const names = statement.find({ rule: { kind: 'object_pattern' } });
    return names === null ? [] : [{ names, statement }];
  });
}

/** `process.binding()` has no counterpart. */
export const processBinding = moduleTransform(
  {
    id: 'process-binding',
    why: '`process.binding()` is deprecated, and warns with `--pending-deprecation` (DEP0111).',
    module: 'process',
    mentions: ['binding'],
    global: 'process',
  },
  ({ uses, leave }) => {
    for (const { node } of uses.filter(({ member }) => member === 'binding' || member === '_tickCallback')) {
      leave(node, {
        message: `\`${node.text()}\` reaches into Node itself, and may be gone in any version.`,
        cure: 'Use the public module for it.',
        symbol: 'process.binding',
        evidence: 'Deprecated APIs, DEP0111',
      });
    }
  },
);
