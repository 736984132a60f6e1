import { inserted, removed, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { quoted } from '../editing/style.ts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare, functionAround, type MemberCall, stringOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';
import { kindOf } from './status-values.ts';

/** `res.redirect(url, status)` is `res.redirect(status, url)`. */
export const redirectOrder = expressTransform(
  {
    id: 'redirect-order',
    why: '`res.redirect(url, status)` is gone in Express 5: the status comes first.',
    mentions: ['redirect'],
  },
  ({ source, edit, leave }) => {
    for (const { args, call } of source.callsOn('response', ['redirect'])) {
      const [first, second] = args;
      if (first === undefined || second === undefined || args.length !== 2) continue;
      const [one, two] = [kindOf(first, source), kindOf(second, source)];
      if (one === 'status' || (two === 'other' && one !== 'other')) continue;
      if (two === 'status' || one === 'other') {
        edit(inserted(first.getStart(), `${second.getText()}, `), removed(first.getEnd(), second.getEnd()));
        continue;
      }
      leave({
        ...spanOf(call),
        message: `Which of ${first.getText()} and ${second.getText()} is the status cannot be seen; Express 5 takes it first.`,
        cure: 'Write `redirect(status, url)`.',
        symbol: 'Response.redirect',
        evidence: 'Migrating to Express 5: res.redirect(url, status)',
      });
    }
  },
);

/** `res.redirect('back')` asks the request for its referrer. */
export const redirectBack = expressTransform(
  {
    id: 'redirect-back',
    why: "`'back'` is no longer a magic word for `res.redirect()` and `res.location()`: Express 5 would send people to a page of that name.",
    mentions: ['back'],
  },
  (findings) => {
    const { source } = findings;
    for (const role of ['response', 'request'] as const) {
      for (const call of source.callsOn(role, ['redirect', 'location'])) {
        const url = call.args.at(-1);
        if (url !== undefined) toReferrer(url, call, findings);
      }
    }
  },
);

function toReferrer(url: ts.Expression, call: MemberCall, { source, style, edit, leave }: Findings): void {
  const literal = backIn(url);
  if (literal === undefined) return;
  const request = requestFor(call, source);
  const referrer = `${request}.get(${quoted('Referrer', style)}) || ${quoted('/', style)}`;
  const needsParentheses = literal.parent !== call.call && !isLastOfOr(literal);
  edit(replaced(literal, needsParentheses ? `(${referrer})` : referrer));
  if (source.roleOf(call.receiver) === 'response') return;
  leave({
    ...spanOf(call.call),
    message: `\`${call.receiver.getText()}\` is named like a request and used like a response; the referrer is asked of it.`,
    cure: 'Ask the request for its referrer.',
    symbol: 'Response.redirect',
    evidence: "Migrating to Express 5: res.redirect('back')",
  });
}

/** The literal `'back'`, also as one of the outcomes of `||`, `??` and `? :`. */
function backIn(url: ts.Expression): ts.Expression | undefined {
  const node = bare(url);
  if (stringOf(node) === 'back') return node;
  if (ts.isConditionalExpression(node)) return backIn(node.whenTrue) ?? backIn(node.whenFalse);
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isChoice = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
  return isChoice ? backIn(node.right) : undefined;
}

function isLastOfOr({ parent }: ts.Node): boolean {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
}

/** The request that stands beside the response among the parameters; else the one that the response holds. */
function requestFor({ receiver }: MemberCall, source: ExpressSource): string {
  const response = receiver.getText();
  for (let around = functionAround(receiver); around !== undefined; around = functionAround(around)) {
    const names = around.parameters.map(({ name }) => name);
    const request = names.find((name) => ts.isIdentifier(name) && source.roleOf(name) === 'request');
    if (request !== undefined) return request.getText();
    if (names.some((name) => name.getText() === response)) break;
  }
  return `${response}.req`;
}
