import type ts from 'typescript';
import { type Code, type CodeEntry, opened, raw, text, texts } from '../../../engine/code.ts';
import type { ConfigSource } from '../../../engine/config-source.ts';
import { keyOf, literalOf, propertyOf, textsOf } from '../../../engine/literals.ts';
import { flatPreset, needsFixup } from '../reading/flat-presets.ts';
import { packageOf, shortNameOf, variableOf } from '../reading/package-names.ts';
import { overridesOf } from '../reading/readable.ts';
import { codeOf, commentsOf } from './code-of.ts';
import { below, fileGlob, ignoreGlob, isWithin } from './globs.ts';
import type { Imports } from './imports.ts';
import { firstOf, languageCode } from './language-code.ts';
import { type RuleNames, rulesCode } from './rules-code.ts';

/** What writing the objects of one new file takes. */
export type FlatWork = {
  readonly imports: Imports;
  /** `presets`: every entry of `extends` has a twin in the new format; `bridge`: `FlatCompat` loads them all. */
  readonly extending: 'presets' | 'bridge';
  /** Where the new file stands. */
  readonly folder: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly rules: RuleNames;
  /** Whether there is a package around: what is assumed is said then. */
  readonly isTree: boolean;
  /** Plugins that the presets of the outermost object bring for all files. */
  readonly brought: ReadonlySet<string>;
  /** Folders with a configuration of their own that takes nothing from above. */
  readonly shut: readonly string[];
  /** The entries of `extends` that still have to be named, with paths from the new file's folder. */
  extended(object: ts.ObjectLiteralExpression, source: ConfigSource): readonly string[];
  gone(source: ConfigSource, node: ts.Node, rule: string): void;
};

/** The objects of a readable configuration, in the order in which they count. */
export function flatObjects(source: ConfigSource, work: FlatWork): readonly Code[] {
  const { object, kind } = source;
  if (object === undefined) return [];
  const patterns = textsOf(propertyOf(object, 'ignorePatterns')) ?? [];
  const folder = relative(source.folder, work.folder);
  const ignores = patterns.map((pattern) => ignoreGlob(pattern, folder));
  const ignored = ignores.length === 0 ? [] : [globalIgnores(ignores, work.imports)];
  const base = flatObject(object, 'base', { source, work });
  const overrides = overridesOf(object).map((one) => flatObject(one, 'override', { source, work }));
  const own = base === undefined ? [] : [base];
  const all = kind === 'data' ? [...ignored, ...own] : [...own, ...ignored];
  return [...all, ...overrides.filter((one) => one !== undefined)];
}

/** Patterns that leave files out altogether. */
export function globalIgnores(patterns: readonly string[], imports: Imports): Code {
  return { kind: 'call', callee: imports.member('eslint/config', 'globalIgnores'), args: [texts(patterns)] };
}

/** A folder as the new file sees it from its own; `.` where it is the same. */
export function relative(folder: string, from: string): string {
  if (folder === from) return '.';
  return from === '.' ? folder : folder.slice(from.length + 1);
}

type Setting = { readonly source: ConfigSource; readonly work: FlatWork };
type Part = { readonly at: number; readonly entries: readonly CodeEntry[] };

function flatObject(
  object: ts.ObjectLiteralExpression,
  part: 'base' | 'override',
  { source, work }: Setting,
): Code | undefined {
  const order = source.kind === 'code' ? 'source' : 'usual';
  const where = whereEntries(object, part, { source, work });
  // What is extended decides how plugins are taken, so that it is read first.
  const extended = work.extended(object, source);
  const extending = entryOf('extends', extendsCode(extended, work));
  const plugins = entryOf(
    'plugins',
    pluginsCode(object, { part, work, extended, isOutermost: source.folder === work.folder }),
  );
  const isWhole = part === 'base' && assumesType(object, extended, { source, work });
  const language = languageCode(object, { imports: work.imports, part: isWhole ? 'whole' : 'addition', order });
  const made: readonly (readonly [keys: readonly string[], entries: readonly CodeEntry[]])[] = [
    [['extends'], extending],
    [['plugins'], plugins],
    [['noInlineConfig', 'reportUnusedDisableDirectives'], linterEntries(object)],
    [['parser', 'globals', 'env', 'parserOptions'], entryOf('languageOptions', language)],
    [['settings'], entryOf('settings', settingsCode(object))],
    [['rules'], entryOf('rules', rulesOf(object, { source, work }))],
    [['processor'], entryOf('processor', plain(object, 'processor'))],
  ];
  const parts = made.map(
    ([keys, entries]): Part => ({
      at: firstOf(object, keys),
      entries: withComments(entries, commentsAt(object, keys)),
    }),
  );
  const sorted = order === 'source' ? parts.toSorted((one, other) => one.at - other.at) : parts;
  const entries = sorted.flatMap((one) => one.entries);
  if (entries.length === 0 && (part === 'base' || where.length === 0)) return undefined;
  return opened(withComments([...where, ...entries], commentsAt(object, homeless)));
}

/** Properties that become none of the new object. */
const homeless = ['root', '$schema', 'overrides', 'ignorePatterns', 'files', 'excludedFiles'];

/** What a person wrote above some properties. */
function commentsAt(object: ts.ObjectLiteralExpression, keys: readonly string[]): readonly string[] {
  const own = object.properties.filter((property) => keys.includes(keyOf(property) ?? ''));
  return own.flatMap((property) => commentsOf(property).before ?? []);
}

/** Puts comments above the first of some entries. */
function withComments(entries: readonly CodeEntry[], comments: readonly string[]): readonly CodeEntry[] {
  const [first, ...more] = entries;
  if (first === undefined || comments.length === 0) return entries;
  return [{ ...first, before: [...comments, ...(first.before ?? [])] }, ...more];
}

/**
 * True where the type of source that ESLint 8 assumed is to be said: in an outermost configuration of a tree, or beside
 * other options of the language, where nothing that is extended says another.
 */
function assumesType(
  object: ts.ObjectLiteralExpression,
  extended: readonly string[],
  { source, work }: Setting,
): boolean {
  const isOutermost = source.folder === work.folder || work.shut.includes(source.folder);
  const isAbout =
    work.isTree ||
    propertyOf(object, 'parserOptions') !== undefined ||
    /\bes(6|20\d\d)\b/.test(propertyOf(object, 'env')?.getText() ?? '');
  return isOutermost && isAbout && extended.every(isSilentOnType);
}

/** Presets that say nothing of `sourceType`. */
export function isSilentOnType(entry: string): boolean {
  return /^eslint:|^prettier$|^plugin:(import|prettier|jest|promise|jsx-a11y|react|react-hooks)\//.test(entry);
}

function entryOf(key: string, value: Code | undefined): readonly CodeEntry[] {
  return value === undefined ? [] : [{ key, value }];
}

function whereEntries(
  object: ts.ObjectLiteralExpression,
  part: 'base' | 'override',
  { source, work }: Setting,
): readonly CodeEntry[] {
  const folder = relative(source.folder, work.folder);
  const globsOf = (key: string) => (textsOf(propertyOf(object, key)) ?? []).map((pattern) => fileGlob(pattern, folder));
  const own = part === 'override' ? globsOf('files') : [];
  const files = own.length === 0 && folder !== '.' ? [below(folder)] : own;
  const shut = work.shut.filter((one) => one !== source.folder && isWithin(one, source.folder));
  const ignores = [...globsOf('excludedFiles'), ...shut.map((one) => below(relative(one, work.folder)))];
  return [
    ...(files.length === 0 ? [] : [{ key: 'files', value: texts(files) }]),
    ...(ignores.length === 0 ? [] : [{ key: 'ignores', value: texts(ignores) }]),
  ];
}

function extendsCode(entries: readonly string[], work: FlatWork): Code | undefined {
  if (entries.length === 0) return undefined;
  if (work.extending === 'bridge') return bridged(entries, work);
  const items = entries.flatMap((entry) => {
    const preset = flatPreset(entry, work.dependencies);
    if (preset === undefined) return [];
    const { module, member } = preset;
    const name = work.imports.whole(module, presetName(module));
    return [{ value: raw(member === '' ? name : `${name}.${member}`) }];
  });
  return { kind: 'list', items };
}

function presetName(module: string): string {
  if (module === '@eslint/js') return 'js';
  if (module === 'eslint-config-prettier') return 'prettierConfig';
  if (module === 'eslint-plugin-prettier/recommended') return 'prettierRecommended';
  return variableOf(shortNameOf(module));
}

function bridged(entries: readonly string[], { imports, dependencies }: FlatWork): Code {
  const call: Code = { kind: 'call', callee: 'compat.extends', args: entries.map(text) };
  imports.member('@eslint/eslintrc', 'FlatCompat');
  if (!entries.some((entry) => isFixedUp(entry, dependencies))) return call;
  return { kind: 'call', callee: imports.member('@eslint/compat', 'fixupConfigRules'), args: [call] };
}

function isFixedUp(entry: string, dependencies: Readonly<Record<string, string>>): boolean {
  if (/^(eslint:|\.|\/)/.test(entry)) return false;
  if (!entry.startsWith('plugin:')) return /^(eslint-config-)?react-app(\/|$)/.test(entry);
  return needsFixup(packageOf(entry.slice('plugin:'.length, entry.lastIndexOf('/')), 'eslint-plugin'), dependencies);
}

/** Of a list of `extends` that is wrapped every plugin is, and it has to be the same object wherever it is named. */
function pluginsFixedUp(entries: readonly string[], { extending, dependencies }: FlatWork): readonly string[] {
  if (extending === 'presets' || !entries.some((entry) => isFixedUp(entry, dependencies))) return [];
  return entries.flatMap((entry) =>
    entry.startsWith('plugin:')
      ? [packageOf(entry.slice('plugin:'.length, entry.lastIndexOf('/')), 'eslint-plugin')]
      : [],
  );
}

function pluginsCode(
  object: ts.ObjectLiteralExpression,
  {
    part,
    work,
    extended,
    isOutermost,
  }: {
    readonly part: 'base' | 'override';
    readonly work: FlatWork;
    readonly extended: readonly string[];
    readonly isOutermost: boolean;
  },
): Code | undefined {
  const { imports, dependencies, brought } = work;
  const wrapped = pluginsFixedUp(extended, work);
  const entries = (textsOf(propertyOf(object, 'plugins')) ?? []).flatMap((name): readonly CodeEntry[] => {
    const short = shortNameOf(name);
    if (brought.has(short)) return [];
    const module = packageOf(name, 'eslint-plugin');
    const variable = imports.whole(module, variableOf(short));
    if (needsFixup(module, dependencies) || wrapped.includes(module)) {
      const fixup = imports.member('@eslint/compat', 'fixupPluginRules');
      return [{ key: short, value: raw(`${fixup}(${variable})`) }];
    }
    return [variable === short ? { value: raw(short) } : { key: short, value: raw(variable) }];
  });
  const local = part === 'base' && isOutermost && work.rules.renamed.size > 0 ? [{ value: raw('rulesdir') }] : [];
  const all = [...entries, ...local];
  return all.length === 0 ? undefined : opened(all);
}

function linterEntries(object: ts.ObjectLiteralExpression): readonly CodeEntry[] {
  const entries = ['noInlineConfig', 'reportUnusedDisableDirectives'].flatMap((key): readonly CodeEntry[] => {
    const node = propertyOf(object, key);
    return node === undefined || literalOf(node) === false ? [] : [{ key, value: codeOf(node) }];
  });
  return entries.length === 0 ? [] : [{ key: 'linterOptions', value: opened(entries) }];
}

function settingsCode(object: ts.ObjectLiteralExpression): Code | undefined {
  const value = plain(object, 'settings');
  return value?.kind === 'object' ? { ...value, isOpen: true } : value;
}

function plain(object: ts.ObjectLiteralExpression, key: string): Code | undefined {
  const node = propertyOf(object, key);
  return node === undefined ? undefined : codeOf(node);
}

function rulesOf(object: ts.ObjectLiteralExpression, { source, work }: Setting): Code | undefined {
  const node = propertyOf(object, 'rules');
  if (node === undefined) return undefined;
  const { code, gone } = rulesCode(node, work.rules);
  for (const one of gone) work.gone(source, one.node, one.rule);
  return code.kind === 'object' && code.entries.length === 0 ? undefined : code;
}
