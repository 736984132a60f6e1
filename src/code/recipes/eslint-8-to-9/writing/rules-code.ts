import type { Code, CodeEntry } from '../../../engine/code.ts';
import { raw, text } from '../../../engine/code.ts';
import { keyOf, literalOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import { codeOf, entriesOf, entryOf } from './code-of.ts';

/** What becomes of `rules`, and what is left to a person: where, of which rule. */
export type RulesCode = {
  readonly code: Code;
  readonly gone: readonly { readonly node: ts.Node; readonly rule: string }[];
};

/** How rules are called in the tree afterwards. */
export type RuleNames = {
  /** Rules of `--rulesdir` belong to a plugin now. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Whether the rules of typescript-eslint move to version 8 as well. */
  readonly isTypescript: boolean;
};

/** Removed in 9. Source: Migrate to v9.x, "Removed require-jsdoc and valid-jsdoc rules". */
const removed = new Set(['require-jsdoc', 'valid-jsdoc']);

/**
 * Options that keep what a rule did by default before. Source: Migrate to v9.x, the sections on no-unused-vars,
 * no-useless-computed-key, no-inner-declarations, and the rules' own pages.
 */
const formerDefaults: Readonly<Record<string, readonly [option: string, value: Code]>> = {
  'no-unused-vars': ['caughtErrors', text('none')],
  '@typescript-eslint/no-unused-vars': ['caughtErrors', text('none')],
  'no-useless-computed-key': ['enforceForClassMembers', raw('false')],
};

/** The rules of a configuration as ESLint 9 takes them: with the same meaning, without those that are gone. */
export function rulesCode(node: ts.Expression, names: RuleNames): RulesCode {
  if (!ts.isObjectLiteralExpression(node)) return { code: codeOf(node), gone: [] };
  const gone: { node: ts.Node; rule: string }[] = [];
  const entries = node.properties.flatMap((property): readonly CodeEntry[] => {
    const rule = keyOf(property);
    if (rule === undefined || !ts.isPropertyAssignment(property)) return [entryOf(property)];
    if (removed.has(rule)) {
      if (!isOff(property.initializer)) gone.push({ node: property, rule });
      return [];
    }
    const entry = entryOf(property);
    return [{ ...entry, key: names.renamed.get(rule) ?? rule, value: setting(rule, property.initializer, names) }];
  });
  const [first] = entriesOf(node);
  return { code: { kind: 'object', entries, isOpen: first !== undefined }, gone };
}

function isOff(setting: ts.Expression): boolean {
  const value = literalOf(setting);
  const severity = Array.isArray(value) ? value[0] : value;
  return severity === 0 || severity === 'off';
}

function setting(rule: string, node: ts.Expression, { isTypescript }: RuleNames): Code {
  const same = codeOf(node);
  if (isOff(node) || (rule.startsWith('@typescript-eslint/') && !isTypescript)) return same;
  if (rule === 'no-inner-declarations') return withInnerDeclarations(node, same);
  if (rule === 'no-invalid-regexp') return withBothCases(same);
  const former = formerDefaults[rule];
  if (former === undefined) return same;
  const [key, value] = former;
  if (!ts.isArrayLiteralExpression(node))
    return literalOf(node) === undefined
      ? same
      : listOf([same, { kind: 'object', entries: [{ key, value }], isOpen: false }]);
  const [severity, options, ...more] = node.elements;
  if (severity === undefined || more.length > 0) return same;
  if (options === undefined)
    return listOf([codeOf(severity), { kind: 'object', entries: [{ key, value }], isOpen: false }]);
  if (ts.isStringLiteral(options) && key === 'caughtErrors') {
    const entries = [
      { key: 'vars', value: codeOf(options) },
      { key, value },
    ];
    return listOf([codeOf(severity), { kind: 'object', entries, isOpen: false }]);
  }
  const own = codeOf(options);
  const isSaid = own.kind !== 'object' || own.entries.some((entry) => entry.key === key || entry.key === undefined);
  return isSaid ? same : listOf([codeOf(severity), { ...own, entries: [...own.entries, { key, value }] }]);
}

/** A function in a block was reported in strict code too, until 9. */
function withInnerDeclarations(node: ts.Expression, same: Code): Code {
  const value = literalOf(node);
  const [severity, mode = 'functions', options] = Array.isArray(value) ? value : [value];
  if (severity === undefined || options !== undefined || typeof mode !== 'string') return same;
  const first = same.kind === 'list' ? same.items[0]?.value : same;
  const more: CodeEntry = { key: 'blockScopedFunctions', value: text('disallow') };
  return first === undefined ? same : listOf([first, text(mode), { kind: 'object', entries: [more], isOpen: false }]);
}

/** Flags counted in both cases until 9. Source: Migrate to v9.x, "no-invalid-regexp is now case-sensitive". */
function withBothCases(code: Code): Code {
  if (code.kind === 'list')
    return { ...code, items: code.items.map((item) => ({ ...item, value: withBothCases(item.value) })) };
  if (code.kind !== 'object') return code;
  const entries = code.entries.map((entry) => {
    const { key, value } = entry;
    if (key !== 'allowConstructorFlags' || value.kind !== 'list') return entry;
    const flags = value.items.map((item) => (item.value.kind === 'text' ? item.value.value : undefined));
    if (flags.includes(undefined)) return entry;
    const known = flags.filter((flag) => flag !== undefined);
    const all = known.flatMap((flag) => {
      const other = flag === flag.toLowerCase() ? flag.toUpperCase() : flag.toLowerCase();
      return known.includes(other) ? [flag] : [flag, other];
    });
    return { ...entry, value: listOf([...new Set(all)].map(text)) };
  });
  return { ...code, entries };
}

function listOf(values: readonly Code[]): Code {
  return { kind: 'list', items: values.map((value) => ({ value })) };
}
