import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Hindrance } from '../reading/hindrance.ts';
import { type Names, namesOf } from '../reading/scope.ts';
import { bare, isStrictCode } from './strict-code.ts';

const ofCommonJs = new Set(['require', 'module', 'exports', '__dirname', '__filename', 'arguments']);

/** What `eval` declares stays within it in strict code, and what it is given has to be strict code itself. Pure. */
export function directEvalReasons(
  nodes: readonly TypeScript.Node[],
  { homeOf }: Names,
  isStrict: boolean,
): readonly Hindrance[] {
  return nodes.flatMap((node): readonly Hindrance[] => {
    if (!ts.isCallExpression(node) || node.questionDotToken !== undefined) return [];
    const { expression, arguments: args } = node;
    if (!ts.isIdentifier(expression) || expression.text !== 'eval' || homeOf(expression) !== undefined) return [];
    const [given] = args;
    const code = given === undefined ? given : bare(given);
    if (code === undefined) return [];
    const text = ts.isStringLiteralLike(code) ? code.text : undefined;
    if (text !== undefined && asksForCommon(text)) return [{ node, why: '`eval` asks for what is of CommonJS alone' }];
    if (isStrict || isStrictCode(node) || (text !== undefined && isSame(text))) return [];
    return [
      { node, why: '`eval` runs its text as strict code in an ES module, which keeps what it declares to itself' },
    ];
  });
}

function asksForCommon(text: string): boolean {
  return namesIn(text).references.some(({ node, scope }) => scope === 'free' && ofCommonJs.has(node.text));
}

/** True for a text that does the same in strict code: it declares nothing and gives nothing a value. */
function isSame(text: string): boolean {
  const { declared, references } = namesIn(text);
  return (
    declared.size === 0 && references.every(({ isWrite }) => !isWrite) && !/\b(this|with|function|delete)\b/.test(text)
  );
}

function namesIn(text: string): Names {
  return namesOf(ts.createSourceFile('eval.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
}
