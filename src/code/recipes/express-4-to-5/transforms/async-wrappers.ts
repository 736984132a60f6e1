import { removed, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { stringOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';

const patching = ['express-async-errors'];
const wrapping = [
  'express-async-handler',
  'express-async-wrap',
  'express-promise-router',
  'async-express-mw',
  '@root/async-router',
];
/** Middleware that assigns to `req.query`, which throws in Express 5. */
const assigning = ['express-mongo-sanitize', 'xss-clean', 'hpp'];

/** Packages that did for Express 4 what Express 5 does by itself, or that cannot live with it. */
export const companions = expressTransform(
  {
    id: 'companions',
    why: 'Express 5 hands what an asynchronous handler throws to the error handlers by itself. What patched Express 4 for that reaches into files that are gone; what wrapped handlers can go.',
    mentions: [...patching, ...wrapping, ...assigning],
  },
  (findings) => {
    for (const node of findings.source.nodes) {
      if (!ts.isStringLiteralLike(node)) continue;
      const name = stringOf(node) ?? '';
      if (patching.includes(name)) withoutPatch(node, name, findings);
      else if (wrapping.includes(name) && isImport(node)) leaveWrapper(node, name, findings);
      else if (assigning.includes(name) && isImport(node)) leaveAssigning(node, name, findings);
    }
  },
);

function isImport({ parent }: ts.Node): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExternalModuleReference(parent)) return true;
  return ts.isCallExpression(parent) && parent.expression.getText() === 'require';
}

/** `import 'express-async-errors'` and `require('express-async-errors')` that stand alone. */
function withoutPatch(node: ts.Node, name: string, { file, edit, leave }: Findings): void {
  if (!isImport(node)) return;
  const own = ts.isImportDeclaration(node.parent) ? node.parent : node.parent.parent;
  const isAlone = (ts.isImportDeclaration(own) && own.importClause === undefined) || ts.isExpressionStatement(own);
  if (isAlone) {
    const start = own.getStart();
    const end = own.getEnd() + (/^[ \t]*\r?\n/.exec(file.text.slice(own.getEnd()))?.[0].length ?? 0);
    edit(removed(start, end));
  }
  leave({
    ...(isAlone ? { offset: own.getStart(), length: 0 } : spanOf(node)),
    message: `\`${name}\` patches files of Express 4 that are gone; Express 5 handles what asynchronous handlers throw by itself.`,
    cure: `Remove \`${name}\` from package.json.`,
    symbol: name,
    evidence: 'Migrating to Express 5: Rejected promises handled from middleware and handlers',
  });
}

function leaveWrapper(node: ts.Node, name: string, { leave }: Findings): void {
  leave({
    ...spanOf(node),
    message: `\`${name}\` is no longer needed: Express 5 hands what asynchronous handlers throw to the error handlers.`,
    cure: 'It goes on working. Hand the functions to Express as they are, and remove the package, when it suits.',
    symbol: name,
    evidence: 'Migrating to Express 5: Rejected promises handled from middleware and handlers',
  });
}

function leaveAssigning(node: ts.Node, name: string, { leave }: Findings): void {
  leave({
    ...spanOf(node),
    message: `\`${name}\` writes to \`req.query\`, which is a getter in Express 5.`,
    cure: 'Look for a version that knows Express 5, or for another package.',
    symbol: name,
    evidence: 'Migrating to Express 5: req.query',
  });
}
