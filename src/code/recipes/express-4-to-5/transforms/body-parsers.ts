import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import type { ExpressSource } from '../reading/express-source.ts';
import { addProperty } from './dotfiles.ts';
import { expressTransform } from './express-transform.ts';

/** `express.urlencoded()` says that it parses nested values. */
export const urlencodedExtended = expressTransform(
  {
    id: 'urlencoded-extended',
    why: 'Forms are parsed with `extended: false` in Express 5 where nothing is said: `a[b]=c` is no longer an object. Express 4 had `true`.',
    mentions: ['urlencoded'],
  },
  (findings) => {
    const { source, edit, leave } = findings;
    for (const node of source.nodes) {
      if (!ts.isCallExpression(node) || !isParser(node.expression, 'urlencoded', source)) continue;
      const [options] = node.arguments;
      if (options === undefined) {
        const inside = node.getEnd() - 1;
        edit({ offset: inside, length: 0, text: '{ extended: true }' });
      } else if (ts.isObjectLiteralExpression(options)) {
        const isSaid = options.properties.some(({ name }) => /^['"]?extended['"]?$/.test(name?.getText() ?? ''));
        const isSpread = options.properties.some(ts.isSpreadAssignment);
        if (isSaid) continue;
        if (!isSpread) addProperty(options, 'extended: true', findings);
        else leave(unseen(options));
      } else leave(unseen(options));
    }
  },
);

/** A parser of express itself or of body-parser. */
export function isParser(callee: ts.Expression, name: string, source: ExpressSource): boolean {
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === name) {
    return source.roleOf(callee.expression) === 'express' || source.moduleOf(callee.expression) === 'body-parser';
  }
  if (!ts.isIdentifier(callee) || callee.text !== name) return false;
  return /^(express|body-parser)$/.test(source.moduleOf(callee) ?? '');
}

function unseen(options: ts.Expression) {
  return {
    ...spanOf(options),
    message:
      '`express.urlencoded` parses with `extended: false` in Express 5 where its options do not say otherwise, and these cannot be seen here.',
    cure: 'Say `extended: true` to go on parsing nested values.',
    symbol: 'express.urlencoded',
    evidence: 'Migrating to Express 5: express.urlencoded',
  };
}

/** What express no longer brings along. */
export const removedExports = expressTransform(
  {
    id: 'removed-exports',
    why: 'Express 5 keeps its router in a package of its own, and brings no `express.query` and no files below `express/lib/router` along.',
    mentions: ['_router', 'express/lib', '.query(', '.stack'],
  },
  ({ source, edit, leave }) => {
    for (const node of source.nodes) {
      if (ts.isPropertyAccessExpression(node) && node.name.text === '_router') {
        if (source.roleOf(node.expression) === 'application') edit(replaced(node.name, 'router'));
      }
      if (isLayerMember(node, source)) leave(layerMember(node));
      const isQuery =
        ts.isPropertyAccessExpression(node) &&
        node.name.text === 'query' &&
        source.roleOf(node.expression) === 'express';
      const isInside = ts.isStringLiteralLike(node) && /^express\/lib\/(router|middleware)\b/.test(node.text);
      if (!isQuery && !isInside) continue;
      leave({
        ...spanOf(node),
        message: `${node.getText()} is not in Express 5.`,
        cure: isQuery
          ? 'Set `query parser` on the application.'
          : 'Use the package `router`, or do without what is private.',
        symbol: isQuery ? 'express.query' : 'express/lib',
        evidence: 'History of express: 5.0.0',
      });
    }
  },
);

/** `layer.regexp` of a layer out of a router's stack. */
function isLayerMember(node: ts.Node, source: ExpressSource): boolean {
  if (!ts.isPropertyAccessExpression(node) || !/^(regexp|fast_slash)$/.test(node.name.text)) return false;
  return /layer|stack/i.test(node.expression.getText()) && /\.stack\b/.test(source.tree.text);
}

function layerMember(node: ts.Node) {
  return {
    ...spanOf(node),
    message: `A layer of the router has no \`${node.getText().split('.').at(-1)}\` in Express 5.`,
    cure: 'Ask it with `layer.match(path)`; the path of a route is `layer.route.path`.',
    symbol: 'Layer.regexp',
    evidence: 'router 2: Layer',
  };
}
