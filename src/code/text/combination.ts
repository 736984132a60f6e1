import { isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import { isRecord } from './read-data.ts';

/** One combination that a matrix adds: its key whose value was asked for, what stands beside that, and the other combinations. */
export type Combination = {
  readonly key: string;
  readonly beside: Readonly<Record<string, unknown>>;
  readonly others: readonly Readonly<Record<string, unknown>>[];
};

/** The combination of an `include` in which a value stands; undefined where there is none, or the text is not YAML. Pure. */
export function combinationAt(text: string, offset: number): Combination | undefined {
  const documents = parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent' });
  for (const { contents, errors } of Array.isArray(documents) ? documents : []) {
    const items = errors.length > 0 ? undefined : includeAround(contents, offset);
    const own = items?.find((item) => isAround(item, offset));
    if (items === undefined || !isMap(own)) continue;
    const key = own.items.find(({ value }) => isAround(value, offset))?.key;
    if (!isScalar(key)) return undefined;
    const { [String(key.value)]: _, ...beside } = recordOf(own);
    return {
      key: String(key.value),
      beside,
      others: items.filter((item) => item !== own).map(recordOf),
    };
  }
  return undefined;
}

function includeAround(node: unknown, offset: number): readonly unknown[] | undefined {
  if (!isMap(node))
    return isSeq(node) ? node.items.map((item) => includeAround(item, offset)).find(Boolean) : undefined;
  const pair = node.items.find(({ value }) => isAround(value, offset));
  if (pair === undefined) return undefined;
  const isInclude = isScalar(pair.key) && pair.key.value === 'include';
  return isInclude && isSeq(pair.value) ? pair.value.items : includeAround(pair.value, offset);
}

function isAround(node: unknown, offset: number): boolean {
  const range = isNode(node) ? node.range : undefined;
  return range != null && range[0] <= offset && offset < range[1];
}

function isNode(node: unknown): node is Node {
  return isMap(node) || isSeq(node) || isScalar(node);
}

function recordOf(node: unknown): Readonly<Record<string, unknown>> {
  const value: unknown = isMap(node) ? node.toJSON() : {};
  return isRecord(value) ? value : {};
}
