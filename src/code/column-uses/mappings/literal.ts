import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { Constant, Constants } from '../modules/constants.ts';
import { plain } from '../modules/members.ts';
import { propertyName } from '../syntax.ts';

/** A literal, and the constants by whose names it was come to. */
export type Literal = { readonly node: TypeScript.StringLiteralLike; readonly through: readonly Constant[] };

/** A value that is written for an option, and the constants by whose names it was come to. */
export type Option = { readonly node: TypeScript.Expression; readonly through: readonly Constant[] };

const depthMax = 6;

/** A text, or a constant that stands for one. */
export function literalAt(node: TypeScript.Expression | undefined, constants: Constants): Literal | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return { node, through: [] };
  const constant = constants.at(node);
  return constant !== undefined && ts.isStringLiteralLike(constant.value)
    ? { node: constant.value, through: [constant] }
    : undefined;
}

/** An object, or the constant that stands for one. */
export function objectAt(
  node: TypeScript.Expression | undefined,
  constants: Constants,
): { readonly node: TypeScript.ObjectLiteralExpression; readonly through: readonly Constant[] } | undefined {
  if (node === undefined) return undefined;
  const own = plain(node);
  if (ts.isObjectLiteralExpression(own)) return { node: own, through: [] };
  const constant = constants.at(own);
  const value = constant === undefined ? undefined : plain(constant.value);
  return constant !== undefined && value !== undefined && ts.isObjectLiteralExpression(value)
    ? { node: value, through: [constant] }
    : undefined;
}

/** An option of options that are written here, spread in, or stand under a name: the last one counts. */
export function optionAt(
  options: TypeScript.Expression | undefined,
  name: string,
  constants: Constants,
  depth = 0,
): Option | undefined {
  const object = depth > depthMax ? undefined : objectAt(options, constants);
  for (const property of [...(object?.node.properties ?? [])].reverse()) {
    const found = ts.isSpreadAssignment(property)
      ? optionAt(property.expression, name, constants, depth + 1)
      : propertyName(property) === name
        ? writtenFor(property)
        : undefined;
    if (found !== undefined) return { node: found.node, through: [...(object?.through ?? []), ...found.through] };
  }
  return undefined;
}

function writtenFor(property: TypeScript.ObjectLiteralElementLike): Option | undefined {
  if (ts.isPropertyAssignment(property)) return { node: property.initializer, through: [] };
  return ts.isShorthandPropertyAssignment(property) ? { node: property.name, through: [] } : undefined;
}

/** The text that is written for an option. */
export function textAt(
  options: TypeScript.Expression | undefined,
  name: string,
  constants: Constants,
): Literal | undefined {
  const option = optionAt(options, name, constants);
  const literal = literalAt(option?.node, constants);
  return option === undefined || literal === undefined
    ? undefined
    : { node: literal.node, through: [...option.through, ...literal.through] };
}
