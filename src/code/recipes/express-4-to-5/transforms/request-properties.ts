import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { quoted } from '../editing/style.ts';
import { bare, memberCallOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';

/** `req.host` is `req.hostname`. */
export const requestHost = expressTransform(
  {
    id: 'request-host',
    why: 'In Express 4 `req.host` was the name of the host; in Express 5 it has the port too. `req.hostname` is what it was.',
    mentions: ['host'],
  },
  ({ source, edit, leave }) => {
    for (const node of source.nodes) {
      if (ts.isPropertyAccessExpression(node) && node.name.text === 'host' && isRequest(node.expression, source)) {
        edit(replaced(node.name, 'hostname'));
      }
      if (!ts.isBindingElement(node) || (node.propertyName ?? node.name).getText() !== 'host') continue;
      const owner = node.parent.parent;
      const value = ts.isVariableDeclaration(owner) ? owner.initializer : undefined;
      if (value === undefined || !isRequest(value, source)) continue;
      if (ts.isIdentifier(node.name)) edit(replaced(node, `hostname: ${node.name.text}${initializerOf(node)}`));
      else
        leave({
          ...spanOf(node),
          message: '`host` of a request has the port too in Express 5; `hostname` is what it was.',
        });
    }
  },
);

function initializerOf({ initializer }: ts.BindingElement): string {
  return initializer === undefined ? '' : ` = ${initializer.getText()}`;
}

function isRequest(node: ts.Expression, source: Findings['source']): boolean {
  return source.roleOf(node) === 'request';
}

const queryEvidence = 'Migrating to Express 5: req.query';

/** What is assigned to `req.query` is defined on the request; changes of its members are reported. */
export const requestQuery = expressTransform(
  {
    id: 'request-query',
    why: '`req.query` is a getter in Express 5, which parses the address each time: it cannot be assigned, and changes of what it gives are lost.',
    mentions: ['query'],
  },
  (findings) => {
    const { source, style, edit, leave } = findings;
    for (const node of source.nodes) {
      const query = changedQuery(node, findings);
      if (query === undefined) continue;
      const { parent } = node;
      if (query === 'assigned' && ts.isBinaryExpression(node) && ts.isPropertyAccessExpression(node.left)) {
        const request = node.left.expression.getText();
        const value = node.right.getText();
        if (ts.isExpressionStatement(parent)) {
          const options = `{ value: ${value}, writable: true, configurable: true, enumerable: true }`;
          edit(replaced(node, `Object.defineProperty(${request}, ${quoted('query', style)}, ${options})`));
          continue;
        }
      }
      leave({
        ...spanOf(node),
        message: `\`${node.getText()}\` has no effect in Express 5: \`req.query\` is a getter, and gives a new object each time.`,
        cure: 'Keep the changed values elsewhere, for instance in `res.locals`; or define the property `query` on the request.',
        symbol: 'Request.query',
        evidence: queryEvidence,
      });
    }
  },
);

/** `req.query = …`, `req.query.x = …`, `delete req.query.x`, `Object.assign(req.query, …)`. */
function changedQuery(node: ts.Node, { source }: Findings): 'assigned' | 'changed' | undefined {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) {
    if (isQuery(node.left, source)) return 'assigned';
    return isQueryMember(node.left, source) ? 'changed' : undefined;
  }
  if (ts.isDeleteExpression(node)) return isQueryMember(node.expression, source) ? 'changed' : undefined;
  const call = memberCallOf(node);
  if (call === undefined || call.receiver.getText() !== 'Object' || call.name.text !== 'assign') return undefined;
  const [target] = call.args;
  return target !== undefined && isQuery(target, source) ? 'changed' : undefined;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isQuery(expression: ts.Expression, source: Findings['source']): boolean {
  const node = bare(expression);
  return ts.isPropertyAccessExpression(node) && node.name.text === 'query' && isRequest(node.expression, source);
}

function isQueryMember(expression: ts.Expression, source: Findings['source']): boolean {
  const node = bare(expression);
  const isMember = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  return isMember && (isQuery(node.expression, source) || isQueryMember(node.expression, source));
}

/** `req.params.hasOwnProperty(x)` asks the prototype of all objects. */
export const bareObjects = expressTransform(
  {
    id: 'bare-objects',
    why: '`req.params` and, with the simple parser, `req.query` have no prototype in Express 5: they have no methods of their own.',
    mentions: ['hasOwnProperty'],
  },
  ({ source, edit }) => {
    for (const { call, receiver, name, args } of source.calls) {
      if (name.text !== 'hasOwnProperty' || args.length !== 1) continue;
      const owner = bare(receiver);
      if (!ts.isPropertyAccessExpression(owner) || !/^(params|query)$/.test(owner.name.text)) continue;
      if (!isRequest(owner.expression, source)) continue;
      edit(replaced(call, `Object.prototype.hasOwnProperty.call(${receiver.getText()}, ${args[0]?.getText() ?? ''})`));
    }
  },
);
