import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { quoted } from '../editing/style.ts';
import { bare, type MemberCall, stringOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';

/** `app.param(':id', …)` loses its colon; `app.param(callback)` is reported. */
export const paramCallbacks = expressTransform(
  {
    id: 'param-callbacks',
    why: '`app.param(callback)` is gone in Express 5, and a colon before the name is no longer taken away: such a callback is never called.',
    mentions: ['param'],
  },
  (findings) => {
    const { source } = findings;
    for (const host of ['application', 'router'] as const) {
      for (const call of source.callsOn(host, ['param'])) look(call, host, findings);
    }
  },
);

function look(member: MemberCall, host: 'application' | 'router', findings: Findings): void {
  const [name] = member.args;
  if (name === undefined) return;
  const node = bare(name);
  const names = ts.isArrayLiteralExpression(node) ? node.elements : [node];
  for (const one of names) {
    const text = stringOf(one);
    if (text?.startsWith(':') === true) findings.edit(replaced(one, quoted(text.slice(1), findings.style)));
  }
  if (ts.isArrayLiteralExpression(node) && host === 'router') leaveNames(member, findings);
  if (member.args.length === 1) leaveCallback(member, findings);
}

function leaveCallback({ call }: MemberCall, { leave }: Findings): void {
  leave({
    ...spanOf(call),
    message: '`param(callback)`, which changed how `param(name, callback)` works, is gone in Express 5.',
    cure: 'Give each name its callback: `param(name, (req, res, next, value) => …)`.',
    symbol: 'Application.param',
    evidence: 'Migrating to Express 5: app.param(fn), router.param(fn)',
  });
}

function leaveNames({ call }: MemberCall, { leave }: Findings): void {
  leave({
    ...spanOf(call),
    message: '`router.param` takes one name in Express 5, and throws for a list.',
    cure: 'Call it once for each name.',
    symbol: 'Router.param',
    evidence: 'router 2: Router.prototype.param',
  });
}
