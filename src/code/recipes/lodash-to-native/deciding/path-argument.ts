import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Argument } from '../native-form.ts';

/** A path of `_.get` as a chain of `?.`; or why it is none. */
export function pathArgument(node: TypeScript.Expression): Argument | { readonly why: string } {
  const parts = pathOf(node);
  if (parts === undefined)
    return { why: `the path \`${node.getText().slice(0, 40)}\` is computed, or has parts that are no names` };
  const text = parts.map((part) => (typeof part === 'number' ? `?.[${part}]` : `?.${part}`)).join('');
  return { text, operand: text, year: 2020 };
}

/** True for a path that lodash first takes for one key. */
export function isDotted(node: TypeScript.Expression): boolean {
  return ts.isStringLiteral(node) && !/^[\w$]+$/.test(node.text);
}

const name = /^[A-Za-z_$][\w$]*$/;

/** The parts of a path that is written out. */
export function pathOf(node: TypeScript.Expression): readonly (string | number)[] | undefined {
  const texts = ts.isStringLiteral(node)
    ? node.text.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
    : ts.isArrayLiteralExpression(node)
      ? node.elements.map((one) => (ts.isStringLiteral(one) || ts.isNumericLiteral(one) ? one.text : ''))
      : [];
  const parts = texts.map((text) => (/^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : text));
  const isRead = parts.length > 0 && parts.every((part) => typeof part === 'number' || name.test(part));
  return isRead ? parts : undefined;
}
