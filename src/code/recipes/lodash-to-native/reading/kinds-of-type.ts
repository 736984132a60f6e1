import type * as TypeScript from 'typescript';
import type { TypedTree } from '../../../engine/typed-tree.ts';
import ts from '../../../typescript.cts';
import type { Kind } from '../native-form.ts';

/** What a value may be; undefined where it may be anything. */
export type Kinds = ReadonlySet<Kind> | undefined;

const byFlag: readonly (readonly [TypeScript.TypeFlags, Kind])[] = [
  [ts.TypeFlags.StringLike, 'string'],
  [ts.TypeFlags.NumberLike, 'number'],
  [ts.TypeFlags.BooleanLike, 'boolean'],
  [ts.TypeFlags.BigIntLike, 'bigint'],
  [ts.TypeFlags.ESSymbolLike, 'symbol'],
  [ts.TypeFlags.Null, 'null'],
  [ts.TypeFlags.Undefined, 'undefined'],
];

/** What a value of a type may be, taken at its word. `void`, `unknown` and parameters without a bound are anything. */
export function kindsOfType(type: TypeScript.Type, tree: TypedTree): Kinds {
  if (type.isUnion()) {
    const all = type.types.map((one) => kindsOfType(one, tree));
    return all.some((one) => one === undefined) ? undefined : new Set(all.flatMap((one) => [...(one ?? [])]));
  }
  const flagged = byFlag.find(([flag]) => (type.flags & flag) !== 0);
  if (flagged !== undefined) return new Set([flagged[1]]);
  if (type.isIntersection()) {
    const [first] = type.types.flatMap((one) => {
      const kinds = kindsOfType(one, tree);
      const [kind] = kinds?.size === 1 ? kinds : [];
      return kind === undefined || kind === 'object' || kind === 'other' ? [] : [kind];
    });
    return new Set([first ?? objectKind(type, tree)]);
  }
  if ((type.flags & ts.TypeFlags.TypeParameter) !== 0) {
    const bound = tree.checker.getBaseConstraintOfType(type);
    return bound === undefined || bound === type ? undefined : kindsOfType(bound, tree);
  }
  if ((type.flags & ts.TypeFlags.NonPrimitive) !== 0) return new Set(['array', 'function', 'object', 'other']);
  return (type.flags & ts.TypeFlags.Object) === 0 ? undefined : new Set([objectKind(type, tree)]);
}

function objectKind(type: TypeScript.Type, tree: TypedTree): Kind {
  const { checker, probes } = tree;
  if (checker.isArrayType(type) || checker.isTupleType(type)) return 'array';
  if (type.getCallSignatures().length > 0) return 'function';
  if (type.getConstructSignatures().length > 0) return 'other';
  // An empty library, or one without the type, proves nothing.
  if (probes.length === 0 || probes.some((probe) => checker.isTypeAssignableTo(probe, type))) return 'other';
  const length = checker.getPropertyOfType(type, 'length');
  const lengths = [
    ...(length === undefined ? [] : [checker.getTypeOfSymbol(length)]),
    ...checker.getIndexInfosOfType(type).map((info) => info.type),
  ];
  const mayBeLength = lengths.some((one) => {
    const kinds = kindsOfType(one, tree);
    return kinds === undefined || kinds.has('number');
  });
  return mayBeLength ? 'other' : 'object';
}

/** Whether `flat` takes every value of a type as lodash does: no `arguments`, nothing that spreads itself. */
export function isFlatAlike(type: TypeScript.Type, tree: TypedTree, depth: number): boolean {
  if (type.isUnion()) return type.types.every((one) => isFlatAlike(one, tree, depth));
  const kinds = kindsOfType(type, tree);
  if (kinds === undefined || kinds.has('other')) return false;
  if (!kinds.has('array') || depth === 0) return true;
  const element = tree.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  return element !== undefined && isFlatAlike(element, tree, depth - 1);
}
