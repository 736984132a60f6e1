import { inserted, removed, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import type { Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import type { ExpressSource } from '../reading/express-source.ts';
import { bare, type MemberCall, memberCallOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';
import { kindOf } from './status-values.ts';

const evidence = 'Migrating to Express 5: res.send(body, status), res.send(status), res.json(obj, status)';

/** A status among the arguments of `send`, `json` and `jsonp` becomes `status(…)`, or `sendStatus(…)`. */
export const statusArguments = expressTransform(
  {
    id: 'status-arguments',
    why: '`res.send(status)`, `res.send(body, status)` and `res.json(obj, status)` are gone in Express 5: it would send the number as a body, or ignore it, with status 200.',
    mentions: ['send', 'json'],
  },
  (findings) => {
    for (const call of findings.source.callsOn('response', ['send', 'json', 'jsonp'])) {
      if (call.args.some(ts.isSpreadElement)) continue;
      if (call.args.length === 1 && call.name.text === 'send') aloneIn(call, findings);
      else if (call.args.length === 2) besideBody(call, findings);
    }
  },
);

function aloneIn(call: MemberCall, { source, edit, leave }: Findings): void {
  const [only] = call.args;
  if (only === undefined) return;
  const kind = kindOf(only, source);
  if (kind !== 'status') return;
  const isSure = ts.isNumericLiteral(bare(only)) || isNumberByDeclaration(only, source);
  if (isSure && !setsType(call.receiver)) edit(replaced(call.name, 'sendStatus'));
  else leave(alone(call, only));
}

/** A name alone does not show that a value is a number: `send(error.code)` may be a text. */
function isNumberByDeclaration(only: ts.Expression, source: ExpressSource): boolean {
  const node = bare(only);
  if (ts.isPropertyAccessExpression(node)) return /^[A-Z][A-Z0-9_]+$/.test(node.name.text);
  if (!ts.isIdentifier(node)) return false;
  return (source.reader.symbolOf(node)?.declarations ?? []).some((declaration) => {
    if (!ts.isVariableDeclaration(declaration) && !ts.isParameter(declaration)) return false;
    if (declaration.type !== undefined) return declaration.type.kind === ts.SyntaxKind.NumberKeyword;
    const { initializer } = declaration;
    if (initializer === undefined || ts.isParameter(declaration)) return false;
    return ts.isNumericLiteral(bare(initializer)) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  });
}

/** `sendStatus` sends plain text whatever type was set before. */
function setsType(receiver: ts.Expression): boolean {
  const member = memberCallOf(bare(receiver));
  if (member === undefined) return false;
  return /^(type|contentType|set|header)$/.test(member.name.text) || setsType(member.receiver);
}

function alone({ call }: MemberCall, only: ts.Expression): Unresolved {
  return {
    ...spanOf(call),
    message: `\`send(${only.getText()})\` answered with that status in Express 4, if it is a number; Express 5 sends it as the body, with status 200.`,
    cure: 'Write `sendStatus(…)` where it is a status, `send(String(…))` where it is a body.',
    symbol: 'Response.send',
    evidence,
  };
}

function besideBody(call: MemberCall, { source, edit, leave }: Findings): void {
  const [first, second] = call.args;
  if (first === undefined || second === undefined) return;
  const at = statusAmong([first, second], call.name.text, source);
  if (at === undefined) {
    leave({
      ...spanOf(call.call),
      message: `\`${call.name.text}\` takes one argument in Express 5; which of ${first.getText()} and ${second.getText()} is the status cannot be seen.`,
      cure: `Write \`status(…).${call.name.text}(…)\`.`,
      symbol: `Response.${call.name.text}`,
      evidence,
    });
    return;
  }
  const status = at === 0 ? first : second;
  edit(inserted(call.name.getStart(), `status(${status.getText()}).`));
  edit(at === 0 ? removed(first.getStart(), second.getStart()) : removed(first.getEnd(), second.getEnd()));
}

/** Where the status stands, as Express 4 decides it: `send` looks at the first for a number, `json` at the second. */
function statusAmong(
  [first, second]: readonly [ts.Expression, ts.Expression],
  method: string,
  source: ExpressSource,
): 0 | 1 | undefined {
  const [one, two] = [kindOf(first, source), kindOf(second, source)];
  const leading = method === 'send' ? one : two;
  if (leading === 'status') return method === 'send' ? 0 : 1;
  const trailing = method === 'send' ? two : one;
  if (trailing === 'status') return method === 'send' ? 1 : 0;
  if (one === 'other' && two === 'unknown') return 1;
  if (two === 'other' && one === 'unknown') return 0;
  return undefined;
}
