import type * as TypeScript from 'typescript';
import type { TypedTree } from '../../../engine/typed-tree.ts';
import ts from '../../../typescript.cts';
import { bareOf } from '../reading/kinds-of.ts';

/** A step of a path that types do not know: there is no such property, or anything may be there. */
export type UnknownStep = { readonly kind: 'missing' | 'open'; readonly step: string | number };

/** The first step of a path that the type of an object does not declare; undefined where it declares them all. Pure. */
export function unknownStep(
  object: TypeScript.Expression,
  steps: readonly (string | number)[],
  { checker }: TypedTree,
): UnknownStep | undefined {
  let type = checker.getNonNullableType(checker.getTypeAtLocation(bareOf(object)));
  for (const step of steps) {
    if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return { kind: 'open', step };
    const all = type.isUnion() ? type.types : [type];
    const properties = all.map((one) => checker.getPropertyOfType(one, String(step)));
    const index = all.map((one) =>
      checker.getIndexTypeOfType(one, typeof step === 'number' ? ts.IndexKind.Number : ts.IndexKind.String),
    );
    if (properties.some((one, at) => one === undefined && index[at] === undefined)) return { kind: 'missing', step };
    if (typeof step === 'string' && index.some((one) => one !== undefined)) return { kind: 'open', step };
    const [property] = properties;
    const next = property === undefined ? index[0] : checker.getTypeOfSymbol(property);
    if (next === undefined || (all.length > 1 && properties.some((one) => one !== property)))
      return { kind: 'open', step };
    type = checker.getNonNullableType(next);
  }
  return undefined;
}
