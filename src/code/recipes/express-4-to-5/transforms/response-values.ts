import { replaced, spanOf, withoutItem } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { bare, stringOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';

/** Statuses are integers from 100 to 999. */
export const statusIntegers = expressTransform(
  {
    id: 'status-integers',
    why: '`res.status()` and `res.sendStatus()` throw in Express 5 for anything but an integer from 100 to 999; Express 4 took texts too.',
    mentions: ['status', 'sendStatus'],
  },
  ({ source, edit, leave }) => {
    for (const { args } of source.callsOn('response', ['status', 'sendStatus'])) {
      const [code] = args;
      if (code === undefined) continue;
      const text = stringOf(code);
      if (text !== undefined && isStatus(text)) edit(replaced(code, text));
      else if (text !== undefined || isOutside(code)) leave(badStatus(code, 'is no integer from 100 to 999'));
      else if (isText(code, source)) leave(badStatus(code, 'is a text'));
    }
  },
);

function isStatus(text: string): boolean {
  return /^[1-9]\d\d$/.test(text);
}

function isOutside(code: ts.Expression): boolean {
  return ts.isNumericLiteral(code) && !isStatus(code.text);
}

/** Values from the address and from headers are texts. */
function isText(code: ts.Expression, source: Findings['source']): boolean {
  const node = bare(code);
  if (ts.isTemplateExpression(node)) return true;
  if (ts.isCallExpression(node)) return node.expression.getText() === 'String';
  if (!ts.isPropertyAccessExpression(node)) return false;
  const owner = bare(node.expression);
  const isPart = ts.isPropertyAccessExpression(owner) && /^(params|query|headers)$/.test(owner.name.text);
  return isPart && source.roleOf(owner.expression) === 'request';
}

function badStatus(code: ts.Expression, why: string) {
  return {
    ...spanOf(code),
    message: `Express 5 throws for the status \`${code.getText()}\`, which ${why}.`,
    cure: 'Make it a number from 100 to 999: `Number(…)`.',
    symbol: 'Response.status',
    evidence: 'Migrating to Express 5: res.status',
  };
}

/** `res.vary()` needs a field. */
export const varyField = expressTransform(
  {
    id: 'vary-field',
    why: '`res.vary()` without a field throws in Express 5; Express 4 warned and did nothing.',
    mentions: ['vary'],
  },
  ({ source, leave }) => {
    for (const { call, args } of source.callsOn('response', ['vary'])) {
      const [field] = args;
      const isEmpty = field === undefined || stringOf(field) === '' || /^(\[\]|undefined|null)$/.test(field.getText());
      if (!isEmpty) continue;
      leave({
        ...spanOf(call),
        message: '`res.vary()` without a field throws in Express 5.',
        cure: 'Name the header, or take the call away: it did nothing.',
        symbol: 'Response.vary',
        evidence: 'Migrating to Express 5: res.vary',
      });
    }
  },
);

/** `res.clearCookie(name, { maxAge, expires })` has nothing to say about when. */
export const clearCookieExpiry = expressTransform(
  {
    id: 'clear-cookie-expiry',
    why: '`res.clearCookie()` ignores `maxAge` and `expires` in Express 5: the cookie expires at once.',
    mentions: ['clearCookie'],
  },
  ({ source, edit, leave }) => {
    for (const { args } of source.callsOn('response', ['clearCookie'])) {
      const options = args[1];
      if (options === undefined || !ts.isObjectLiteralExpression(options)) continue;
      const { properties } = options;
      const ignored = properties.filter(({ name }) => /^(maxAge|expires)$/.test(name?.getText() ?? ''));
      for (const property of ignored) {
        const value = ts.isPropertyAssignment(property) ? property.initializer.getText() : property.getText();
        if (/^(-?\d+|new Date\([01]?\))$/.test(value) && ignored.length === 1 && !/^[1-9]/.test(value)) {
          edit(withoutItem(properties, properties.indexOf(property)));
          continue;
        }
        leave({
          ...spanOf(property),
          message: `\`${property.getText()}\` is ignored by \`res.clearCookie()\` in Express 5: the cookie expires at once.`,
          cure: 'Take it away; where the cookie should live on for a while, set it with `res.cookie()`.',
          symbol: 'Response.clearCookie',
          evidence: 'Migrating to Express 5: res.clearCookie',
        });
      }
    }
  },
);
