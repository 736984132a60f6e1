import { spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import type { TreeUnresolved } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import ts from '../../../typescript.cts';
import type { MochaPackage } from './mocha-package.ts';
import type { Sources } from './test-sources.ts';

/** Places that tell a NODE_ENV of `test`, which Vitest sets, from none, as Mocha leaves it. */
export function readersOfNodeEnv(one: MochaPackage, sources: Sources): readonly TreeUnresolved[] {
  const scripts = Object.entries(one.calls).filter(([, calls]) => calls.length > 0);
  if (scripts.length > 0 && scripts.every(([name]) => /\bNODE_ENV=/.test(one.manifest.scripts[name] ?? ''))) return [];
  return [...sources].flatMap(([path, { root }]) =>
    [...nodesBelow(root)].flatMap((node) => {
      const isNamed = (ts.isIdentifier(node) || ts.isStringLiteral(node)) && node.text === 'NODE_ENV';
      if (!isNamed || isSame(node)) return [];
      const message = 'Vitest sets NODE_ENV to `test` where nobody has set it, and Mocha leaves it unset.';
      const cure = 'Set it in the script of the tests to what they are to see: `NODE_ENV=development vitest run`.';
      return [{ path: within(one.folder, path), ...spanOf(node), message, cure }];
    }),
  );
}

/** Compared with another text than `test` it is none of both; and what is assigned is read by nobody there. */
function isSame(node: ts.Node): boolean {
  const { parent } = node;
  const access = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) ? parent : undefined;
  if (access === undefined || !ts.isBinaryExpression(access.parent)) return false;
  const { left, right, operatorToken } = access.parent;
  if (left === access && operatorToken.kind === ts.SyntaxKind.EqualsToken) return true;
  const other = left === access ? right : left;
  const isComparison = /^[!=]==?$/.test(operatorToken.getText());
  return isComparison && ts.isStringLiteralLike(other) && other.text !== 'test';
}
