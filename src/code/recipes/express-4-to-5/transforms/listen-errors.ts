import { inserted, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import { indentAt } from '../editing/style.ts';
import { bare } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';

/** The callback of `app.listen` looks at the error that it is called with now. */
export const listenErrors = expressTransform(
  {
    id: 'listen-errors',
    why: 'Express 5 calls the callback of `app.listen()` with the error when the port cannot be had; Express 4 threw it. A callback that does not look says that all is well.',
    mentions: ['listen'],
  },
  (findings) => {
    for (const { args, call } of findings.source.callsOn('application', ['listen'])) {
      const last = args.at(-1);
      if (last === undefined) continue;
      const callback = bare(last);
      const own = findings.source.reader.functionOf(callback);
      if (own === undefined && ts.isIdentifier(callback) && callback.text === 'resolve') leaveCallback(last, findings);
      if (own === undefined || own.parameters.length > 0) continue;
      const isInline = ts.isArrowFunction(callback) || ts.isFunctionExpression(callback);
      if (isInline && !isWatched(call, findings)) mend(callback, findings);
      else leaveCallback(last, findings);
    }
  },
);

/** Somebody else listens for errors of the server, so that throwing would be new. */
function isWatched({ parent }: ts.CallExpression, { file }: Findings): boolean {
  return !ts.isExpressionStatement(parent) && /\.(on|once|addListener)\(\s*['"`]error['"`]/.test(file.text);
}

function mend(callback: ts.ArrowFunction | ts.FunctionExpression, { file, source, style, edit }: Findings): void {
  const name = [...nodesBelow(callback.body)].some((node) => ts.isIdentifier(node) && node.text === 'error')
    ? 'listenError'
    : 'error';
  const check = `if (${name}) throw ${name}${style.end}`;
  const open = file.text.indexOf('(', callback.getStart());
  edit(inserted(open + 1, name));
  const { body } = callback;
  if (!ts.isBlock(body)) {
    const gap = style.end === '' ? '; ' : ' ';
    edit(replaced(body, `{ ${check}${gap}${body.getText()}${style.end} }`));
    return;
  }
  const [first] = body.statements;
  const isLong = first !== undefined && file.text.slice(body.getStart(), first.getStart()).includes('\n');
  const place = first?.getStart(source.tree, true) ?? body.getStart() + 1;
  if (isLong) edit(inserted(place, `${check}\n${indentAt(file.text, place)}`));
  else if (first === undefined) edit(replaced(body, `{ ${check} }`));
  else edit(inserted(body.getStart() + 1, ` ${check}${style.end === '' ? ';' : ''}`));
}

function leaveCallback(callback: ts.Expression, { leave }: Findings): void {
  leave({
    ...spanOf(callback),
    message:
      'Express 5 calls this also when the port cannot be had, with the error as its argument; Express 4 threw the error.',
    cure: 'Take the argument, and throw it where it is there: `(error) => { if (error) throw error; … }`.',
    symbol: 'Application.listen',
    evidence: 'Migrating to Express 5: app.listen',
  });
}
