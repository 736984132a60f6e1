import { attribute, isConsequence, ruleOf } from './attribute.ts';
import type { Change } from './change.ts';
import type { Touched } from './join.ts';
import type { NewError } from './new-errors.ts';
import type { DeclarationKey } from './shape.ts';
import type { NamedSymbol } from './symbol-index.ts';
import type { UpgradeGroup } from './upgrade-groups.ts';
import type { Use } from './use.ts';

export type ExplainRequest = {
  readonly groups: readonly UpgradeGroup[];
  /** Changes of each package with the uses that they touch. */
  readonly touched: readonly (Touched & { readonly package: string })[];
  readonly uses: readonly Use[];
  readonly errors: readonly NewError[];
  /** Files that were compiled against both versions: there a prediction that the compiler does not share is dropped. */
  readonly checked: ReadonlySet<string>;
  readonly index: ReadonlyMap<DeclarationKey, NamedSymbol>;
};

/** A prediction: what is to be told, and of which use. */
export type Predicted = {
  readonly group: UpgradeGroup;
  readonly change: Change;
  readonly use: Use;
  /** What the compiler says of it with the new version, where it was asked. */
  readonly error: NewError | undefined;
};

/**
 * Brings together what the comparison of both versions expects and what the compiler says of the tree's own code with the
 * new one: each break once, with the change that explains it. Pure.
 */
export function explain(request: ExplainRequest): readonly Predicted[] {
  const byFile = groupBy(request.uses, ({ place }) => place.file);
  const touchedBy = groupBy(request.touched, ({ use }) => use.place.file);
  const predicted: Predicted[] = [];
  for (const error of request.errors) {
    const { file } = error.place;
    const found = attribute(error, byFile.get(file) ?? [], touchedBy.get(file) ?? []);
    if (found === undefined || (found.touched === undefined && isConsequence(error.code))) continue;
    const { use, touched } = found;
    const change = touched?.change ?? changeOf(error, use, request.index);
    const group = groupOf(request, use, touched);
    if (group !== undefined) predicted.push({ group, change, use, error });
  }
  for (const { change, use, package: name } of request.touched) {
    const group = request.groups.find((candidate) => candidate.name === name);
    const isRefuted = request.checked.has(use.place.file) && !isSilent(change, use);
    if (group !== undefined && !isRefuted) predicted.push({ group, change, use, error: undefined });
  }
  return once(predicted);
}

/** Breaks that no compiler sees: what is required at run time, and texts that are tags. */
function isSilent({ rule }: Change, { role }: Use): boolean {
  if (rule === 'api/require-of-esm') return true;
  return rule === 'api/overload-removed' && role.kind === 'call' && role.call.isTag;
}

function changeOf(error: NewError, use: Use, index: ReadonlyMap<DeclarationKey, NamedSymbol>): Change {
  const named = use.keys.map((key) => index.get(key)).find((found) => found !== undefined);
  return {
    rule: ruleOf(error, use),
    symbol: named?.symbol ?? use.exported?.name ?? use.text,
    keys: use.keys,
    exported: [],
    trigger: { kind: 'any' },
    ...(named?.describe() ?? { before: '', after: '' }),
  };
}

function groupOf(
  { groups, index, touched: all }: ExplainRequest,
  use: Use,
  touched: Touched | undefined,
): UpgradeGroup | undefined {
  const name =
    all.find((candidate) => candidate === touched)?.package ??
    use.keys.map((key) => index.get(key)?.package).find((found) => found !== undefined) ??
    groups.find(
      (group) => use.exported?.specifier === group.name || use.exported?.specifier.startsWith(`${group.name}/`),
    )?.name;
  return groups.find((group) => group.name === name);
}

/** One line is told once for each symbol, however often the compiler speaks of it. */
function once(predicted: readonly Predicted[]): readonly Predicted[] {
  const seen = new Map<string, Predicted>();
  for (const one of predicted) {
    const { place } = one.error ?? one.use;
    const key = `${place.file}:${place.line} ${one.change.symbol} ${one.change.rule}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known === undefined) groups.set(keyOf(item), [item]);
    else known.push(item);
  }
  return groups;
}
