import ts from '../../../typescript.cts';
import { bare, stringOf } from '../reading/walk.ts';

/** The names of the parameters in a path, in any syntax of Express; undefined where the path cannot be seen. */
export function parameterNamesIn(path: ts.Expression): readonly string[] | undefined {
  const node = bare(path);
  const text = stringOf(node);
  if (text !== undefined) return [...text.matchAll(/[:*]"?(\w+)/g)].flatMap(([, name]) => name ?? []);
  if (ts.isRegularExpressionLiteral(node))
    return [...node.text.matchAll(/\(\?<(\w+)>/g)].flatMap(([, name]) => name ?? []);
  if (!ts.isArrayLiteralExpression(node)) return undefined;
  const all = node.elements.map(parameterNamesIn);
  const known = all.filter((names) => names !== undefined);
  if (known.length < all.length) return undefined;
  const [first = []] = known;
  return first.filter((name) => known.every((names) => names.includes(name)));
}
