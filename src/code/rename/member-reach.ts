import ts from '../typescript.cts';

type Reach = (type: ts.Type, depth: number) => boolean;

/**
 * True for a type in which such a member stands, so many members, parameters and results down. Each type is looked through once for
 * each depth, so that only types that matter are compared with each other.
 */
export function memberReach(checker: ts.TypeChecker, isMeant: (type: ts.Type) => boolean): Reach {
  const known = new Map<ts.Type, { readonly depth: number; readonly does: boolean }>();
  const reaches: Reach = (type, depth) => {
    if (depth < 0) return false;
    const before = known.get(type);
    if (before !== undefined && (before.does || before.depth >= depth)) return before.does;
    known.set(type, { depth, does: false });
    const does = type.isUnion()
      ? type.types.some((part) => reaches(part, depth))
      : isMeant(type) || partsOf(checker.getApparentType(type), checker).some((part) => reaches(part, depth - 1));
    known.set(type, { depth, does });
    return does;
  };
  return reaches;
}

function partsOf(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return [];
  const [string, number] = [ts.IndexKind.String, ts.IndexKind.Number].map((kind) =>
    checker.getIndexTypeOfType(type, kind),
  );
  if (number !== undefined && checker.isArrayLikeType(type)) return [number];
  const signatures = [ts.SignatureKind.Call, ts.SignatureKind.Construct].flatMap((kind) =>
    checker.getSignaturesOfType(type, kind),
  );
  return [
    ...(string === undefined ? [] : [string]),
    ...(number === undefined ? [] : [number]),
    ...checker.getPropertiesOfType(type).map((symbol) => checker.getTypeOfSymbol(symbol)),
    ...signatures.flatMap((signature) => [
      ...signature.getParameters().map((symbol) => checker.getTypeOfSymbol(symbol)),
      checker.getReturnTypeOfSignature(signature),
    ]),
  ];
}
