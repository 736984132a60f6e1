import {
  attribute,
  isConsequence,
  isGone,
  isMissing,
  isOfModuleForm,
  isUntypedParameter,
  ruleOf,
} from './attribute.ts';
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
  /** True where the compiler speaks of another place, which is mended at the use: what is read from a module whose form broke. */
  readonly isElsewhere: boolean;
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
    if (isUntypedParameter(error.code)) continue;
    const found = attribute(error, byFile.get(file) ?? [], touchedBy.get(file) ?? []);
    if (found === undefined || (found.touched === undefined && isConsequence(error.code))) continue;
    const isOpen = found.touched === undefined || isOfModule(error);
    const module = isOpen ? brokenModule(error, touchedBy.get(file) ?? []) : undefined;
    const { use, touched } = module === undefined ? found : { use: module.use, touched: module };
    const change = touched?.change ?? changeOf(error, use, request.index);
    const group = groupOf(request, use, touched);
    if (group !== undefined) predicted.push({ group, change, use, error, isElsewhere: module !== undefined });
  }
  for (const { change, use, package: name } of request.touched) {
    const group = request.groups.find((candidate) => candidate.name === name);
    const isRefuted = request.checked.has(use.place.file) && !isSilent(change, use) && !isHidden(change, use);
    if (group !== undefined && !isRefuted) predicted.push({ group, change, use, error: undefined, isElsewhere: false });
  }
  return once(predicted);
}

/** What is read from a module whose form broke, or is given where the module itself stands, is mended where it is imported. */
function brokenModule({ cause, code, message }: NewError, touched: readonly Touched[]): Touched | undefined {
  if (cause.root === undefined || cause.isGoneFromDefault || !(isMissing(code) || namespace.test(message)))
    return undefined;
  return touched.find(
    ({ change, use }) => isOfModuleForm(change.rule) && use.role.kind === 'import' && use.role.local === cause.root,
  );
}

const namespace = /typeof import\("/;

/** That a module is there instead of what it exported explains all but a member of it that is gone by itself. */
function isOfModule({ code, message }: NewError): boolean {
  return namespace.test(message) && code !== 2339 && code !== 2551;
}

const unsaid = new Set(['api/removed', 'api/renamed', 'api/moved', 'api/default-to-named']);

/** Breaks that no compiler sees: what is required at run time, and texts that are tags. */
function isSilent({ rule }: Change, use: Use): boolean {
  const { role } = use;
  if (rule === 'api/require-of-esm' || use.untypedOf !== undefined) return true;
  if (role.kind === 'import' && role.style === 'mock') return rule === 'api/path-removed';
  // `const x = require('y').z` in JavaScript is an alias to the compiler, which does not say that there is no z.
  if (role.kind === 'import' && role.style === 'require' && use.isJavascript) return unsaid.has(rule);
  return rule === 'api/overload-removed' && role.kind === 'call' && role.call.isTag;
}

/** A member that is gone from something of which the compiler knows nothing, because that broke itself. */
export function isHidden({ trigger, rule }: Change, use: Use): boolean {
  if (use.isHidden !== true || trigger.kind !== 'any') return false;
  // JavaScript does not ask for types: only what is not there fails.
  return !use.isJavascript || isGone(rule);
}

function changeOf(error: NewError, use: Use, index: ReadonlyMap<DeclarationKey, NamedSymbol>): Change {
  const named = use.keys.map((key) => index.get(key)).find((found) => found !== undefined);
  const told = { keys: use.keys, exported: [], trigger: { kind: 'any' } } as const;
  const symbol = named?.symbol ?? exportedName(use) ?? use.text;
  const texts = named?.describe() ?? { before: '', after: '' };
  const rule = ruleOf(error, use);
  // What is declared as before is not gone: it has another type there, by what it is made from.
  const isKept = rule === 'api/member-removed' && texts.before !== '' && texts.before === texts.after;
  if (!isKept) return { ...told, rule, symbol, ...texts };
  return { ...told, rule: 'api/type-changed', symbol, ...(error.cause.types ?? { before: '', after: '' }) };
}

/** What an import names: the export, or the module where it takes the whole of it. */
function exportedName({ exported }: Use): string | undefined {
  if (exported === undefined) return undefined;
  return exported.name === '*' || exported.name === '' ? exported.specifier : exported.name;
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

/** Where a prediction is told: at what the compiler marks, if that is where it is mended. */
export function placeOf({ error, use, isElsewhere }: Predicted): NewError | Use {
  return error === undefined || isElsewhere ? use : error;
}

/** One line is told once for each symbol, however often the compiler speaks of it. */
function once(predicted: readonly Predicted[]): readonly Predicted[] {
  const seen = new Map<string, Predicted>();
  for (const one of predicted) {
    const { place } = placeOf(one);
    // Every place that can be edited is told, though a line may have two.
    const at = one.change.replacement?.isCertain === true ? `+${one.use.place.offset}` : '';
    const key = `${place.file}:${lineOf(one)}${at} ${one.change.symbol} ${one.change.rule}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

/** That a module is required is told once for each import of it, however many lines that has. */
function lineOf(one: Predicted): string {
  const { role } = one.use;
  const isOfImport = one.change.rule === 'api/require-of-esm' && role.kind === 'import';
  return isOfImport ? `import ${role.module.offset}` : `${placeOf(one).place.line}`;
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
