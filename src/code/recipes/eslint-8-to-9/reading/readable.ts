import { keyOf, literalOf, propertyOf, textsOf, withoutCasts } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';

const everywhere =
  'env globals parser parserOptions plugins extends rules settings noInlineConfig reportUnusedDisableDirectives processor'.split(
    ' ',
  );
const ofBase = new Set([...everywhere, 'root', 'overrides', 'ignorePatterns', '$schema']);
const ofOverride = new Set([...everywhere, 'files', 'excludedFiles']);

/**
 * Why a configuration cannot be read without running it, with the place; undefined where all that its form depends on is
 * written out. Rules, settings, globals and options of parsers may be computed: they are taken over as they stand.
 */
export function unreadable(
  object: ts.ObjectLiteralExpression,
): { readonly node: ts.Node; readonly why: string } | undefined {
  const own = unreadablePart(object, ofBase);
  if (own !== undefined) return own;
  const overrides = propertyOf(object, 'overrides');
  if (overrides === undefined) return undefined;
  const list = withoutCasts(overrides);
  if (!ts.isArrayLiteralExpression(list)) return { node: overrides, why: '`overrides` is computed' };
  for (const element of list.elements) {
    if (!ts.isObjectLiteralExpression(element)) return { node: element, why: 'an entry of `overrides` is computed' };
    const fault = unreadablePart(element, ofOverride);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function unreadablePart(object: ts.ObjectLiteralExpression, known: ReadonlySet<string>) {
  for (const property of object.properties) {
    const key = keyOf(property);
    if (key === undefined) return { node: property, why: 'it is put together when it is loaded' };
    if (!known.has(key)) return { node: property, why: `\`${key}\` is not known here` };
    const value = propertyOf(object, key);
    if (value === undefined) return { node: property, why: `\`${key}\` is computed` };
    if (!isReadable(key, value)) return { node: value, why: `\`${key}\` is computed` };
  }
  return undefined;
}

function isReadable(key: string, value: ts.Expression): boolean {
  const bare = withoutCasts(value);
  if (['extends', 'plugins', 'files', 'excludedFiles', 'ignorePatterns'].includes(key))
    return textsOf(bare) !== undefined;
  if (key === 'parser') return parserOf(bare) !== undefined;
  if (['env', 'root', 'noInlineConfig', 'processor'].includes(key)) return literalOf(bare) !== undefined;
  if (key !== 'parserOptions') return true;
  if (!ts.isObjectLiteralExpression(bare)) return false;
  const isNamed = bare.properties.every((property) => keyOf(property) !== undefined);
  const isPlain = ['ecmaVersion', 'sourceType'].every((name) => {
    const option = propertyOf(bare, name);
    return option === undefined || literalOf(option) !== undefined;
  });
  return isNamed && isPlain;
}

/** The module of a parser: `"x"` or `require.resolve("x")`. */
export function parserOf(node: ts.Expression): string | undefined {
  const value = literalOf(node);
  if (typeof value === 'string') return value;
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'require.resolve') return undefined;
  const [module] = node.arguments;
  return module !== undefined && ts.isStringLiteral(module) ? module.text : undefined;
}

/** The entries of `overrides`, of a configuration that is readable. */
export function overridesOf(object: ts.ObjectLiteralExpression): readonly ts.ObjectLiteralExpression[] {
  const value = propertyOf(object, 'overrides');
  const list = value === undefined ? undefined : withoutCasts(value);
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return [];
  return list.elements.filter(ts.isObjectLiteralExpression);
}
