import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import { returnsOf } from '../flows/flow.ts';
import { listNamed } from '../listed-names.ts';
import type { Constant, Constants } from '../modules/constants.ts';
import type { NamesInTree } from '../modules/names-in-tree.ts';
import { calledName } from '../syntax.ts';

/** A text of a list that a function puts something in front of: `COLUMNS.map((column) => `users.${column}`)`. */
export type MappedName = {
  readonly literal: TypeScript.StringLiteralLike;
  readonly prefix: string;
  readonly through: Pick<Constant, 'meetings'>;
};

type Known = { readonly names: NamesInTree; readonly constants: Constants };

/** What a call gives where it gives what is written: a function without conditions on what it is called with. */
export function resultsOf(call: TypeScript.CallExpression, names: NamesInTree): readonly TypeScript.Expression[] {
  const meant = names.functionOf(call.expression);
  return meant === undefined || meant.named === undefined ? [] : returnsOf(meant.node);
}

/** The names that `LIST.map(…)` gives; undefined where it is no such call. */
export function mappedNames(
  call: TypeScript.CallExpression,
  { names, constants }: Known,
): readonly MappedName[] | undefined {
  const [callback] = call.arguments;
  const { expression: callee } = call;
  if (calledName(call) !== 'map' || !ts.isPropertyAccessExpression(callee) || callback === undefined) return undefined;
  const list = listNamed(callee.expression, names);
  const prefix = ts.isArrowFunction(callback) ? prefixBy(callback, constants) : undefined;
  if (list === undefined || prefix === undefined) return undefined;
  return list.lists.flatMap(({ elements }) =>
    elements.flatMap((literal) => (ts.isStringLiteralLike(literal) ? [{ literal, prefix, through: list }] : [])),
  );
}

/** `users.` in `(column) => `users.${column}``. */
function prefixBy(
  { parameters: [parameter], body }: TypeScript.ArrowFunction,
  constants: Constants,
): string | undefined {
  if (!ts.isTemplateExpression(body) || parameter === undefined) return undefined;
  const last = body.templateSpans.at(-1);
  if (last?.expression.getText() !== parameter.name.getText() || last.literal.text !== '') return undefined;
  const texts = body.templateSpans.slice(0, -1).map(({ expression, literal }) => {
    const value = constants.at(expression)?.value;
    return `${value !== undefined && ts.isStringLiteralLike(value) ? value.text : '?'}${literal.text}`;
  });
  const prefix = [body.head.text, ...texts].join('');
  return /^(\w+\.)*$/.test(prefix) ? prefix : undefined;
}
