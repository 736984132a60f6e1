import { type Code, type CodeEntry, opened, raw, text } from '../../../engine/code.ts';
import { keyOf, type Literal, literalOf, propertyOf, withoutCasts } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import { packageOf, shortNameOf, variableOf } from '../reading/package-names.ts';
import { parserOf } from '../reading/readable.ts';
import { codeOf, entriesOf, entryOf } from './code-of.ts';
import type { Imports } from './imports.ts';

/** Where an object of the old format comes from, and what the new file takes from other modules. */
export type LanguageWork = {
  readonly imports: Imports;
  /** `whole`: nothing is above it that says more; what is not said then is what ESLint 8 assumed. */
  readonly part: 'whole' | 'addition';
  /** In the order of the source, where a person wrote code; else in the usual one. */
  readonly order: 'source' | 'usual';
};

/** What an old object says of the language, as `languageOptions`; undefined where it says nothing. */
export function languageCode(object: ts.ObjectLiteralExpression, work: LanguageWork): Code | undefined {
  const env = environmentsOf(object);
  const parts = [
    { at: firstOf(object, ['globals', 'env']), entries: globalsEntry(object, env, work.imports) },
    { at: firstOf(object, ['parser']), entries: parserEntry(object, work.imports) },
    { at: firstOf(object, ['parserOptions', 'env']), entries: versionEntries(object, env, work.part) },
    { at: firstOf(object, ['parserOptions']), entries: optionEntries(object) },
  ];
  const sorted = work.order === 'source' ? parts.toSorted((one, other) => one.at - other.at) : parts;
  const entries = sorted.flatMap((part) => part.entries);
  return entries.length === 0 ? undefined : opened(entries);
}

type Environments = readonly (readonly [name: string, isOn: boolean])[];

function environmentsOf(object: ts.ObjectLiteralExpression): Environments {
  const node = propertyOf(object, 'env');
  const value = node === undefined ? undefined : literalOf(node);
  return isRecord(value) ? Object.entries(value).map(([name, isOn]) => [name, isOn === true] as const) : [];
}

function isRecord(value: Literal | undefined): value is { readonly [key: string]: Literal } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What one of these takes away another may have, so that it goes first. */
const overlapping = /^(browser|node|worker|serviceworker|shared-node-browser|commonjs)$/;
const isTaken = ([name, isOn]: Environments[number]) => !isOn && overlapping.test(name);

/** Environments of ECMAScript: ESLint 9 takes their globals from `ecmaVersion`. */
const isEcma = (name: string) => /^es(6|20\d\d)$/.test(name);

function globalsEntry(object: ts.ObjectLiteralExpression, env: Environments, imports: Imports): readonly CodeEntry[] {
  const spreads = env
    .filter(([name]) => !isEcma(name))
    .toSorted((one, other) => Number(isTaken(other)) - Number(isTaken(one)))
    .map(([name, isOn]): CodeEntry => {
      const globals = globalsOf(name, imports);
      const off = `...Object.fromEntries(Object.entries(${globals}).map(([key]) => [key, "off"]))`;
      return { value: raw(isOn ? `...${globals}` : off) };
    });
  const node = propertyOf(object, 'globals');
  const bare = node === undefined ? undefined : withoutCasts(node);
  const own =
    bare === undefined
      ? []
      : ts.isObjectLiteralExpression(bare)
        ? entriesOf(bare)
        : [{ value: raw(`...${bare.getText()}`) }];
  const entries = [...spreads, ...own];
  return entries.length === 0 ? [] : [{ key: 'globals', value: opened(entries) }];
}

/** The globals of an environment: of ESLint itself from the package `globals`, of a plugin from the plugin. */
function globalsOf(environment: string, imports: Imports): string {
  const at = environment.lastIndexOf('/');
  const dotted = (holder: string, name: string) =>
    /^[A-Za-z_$][\w$]*$/.test(name) ? `${holder}.${name}` : `${holder}["${name}"]`;
  if (at === -1) return dotted(imports.whole('globals', 'globals'), environment);
  const plugin = environment.slice(0, at);
  const module = imports.whole(packageOf(plugin, 'eslint-plugin'), variableOf(shortNameOf(plugin)));
  return `${dotted(`${module}.environments`, environment.slice(at + 1))}.globals`;
}

function parserEntry(object: ts.ObjectLiteralExpression, imports: Imports): readonly CodeEntry[] {
  const node = propertyOf(object, 'parser');
  const module = node === undefined ? undefined : parserOf(withoutCasts(node));
  if (module === undefined) return [];
  return [{ key: 'parser', value: raw(imports.whole(module, parserName(module))) }];
}

function parserName(module: string): string {
  if (module.includes('typescript-eslint')) return 'tsParser';
  if (module.includes('babel')) return 'babelParser';
  return module === 'espree' ? 'espree' : 'parser';
}

/**
 * `ecmaVersion` and `sourceType`. What ESLint 8 assumed where they were not said (`script`; with Node's environment a
 * return outside of functions, which is `commonjs` now) is said. Source: Configuration Migration Guide, "Configuring
 * Language Options".
 */
function versionEntries(
  object: ts.ObjectLiteralExpression,
  env: Environments,
  part: LanguageWork['part'],
): readonly CodeEntry[] {
  const options = optionsOf(object);
  const said = options === undefined ? undefined : propertyOf(options, 'ecmaVersion');
  const version = said === undefined ? yearOf(env) : codeOf(said);
  const type = options === undefined ? undefined : propertyOf(options, 'sourceType');
  const isNode = env.some(([name, isOn]) => isOn && (name === 'node' || name === 'commonjs'));
  const written = type === undefined ? undefined : literalOf(type);
  const assumed = isNode ? 'commonjs' : 'script';
  const isAssumed = written === undefined && part === 'whole';
  const source =
    written === 'script' ? assumed : typeof written === 'string' ? written : isAssumed ? assumed : undefined;
  return [
    ...(version === undefined ? [] : [{ key: 'ecmaVersion', value: version }]),
    ...(source === undefined ? [] : [{ key: 'sourceType', value: text(source) }]),
  ];
}

function yearOf(env: Environments): Code | undefined {
  const years = env.flatMap(([name, isOn]) =>
    !isOn || !isEcma(name) ? [] : [name === 'es6' ? 2015 : Number(name.slice(2))],
  );
  return years.length === 0 ? undefined : raw(String(Math.max(...years)));
}

function optionEntries(object: ts.ObjectLiteralExpression): readonly CodeEntry[] {
  const options = optionsOf(object);
  const others = (options?.properties ?? []).filter(
    (property) => keyOf(property) !== 'ecmaVersion' && keyOf(property) !== 'sourceType',
  );
  return others.length === 0 ? [] : [{ key: 'parserOptions', value: opened(others.map(entryOf)) }];
}

function optionsOf(object: ts.ObjectLiteralExpression): ts.ObjectLiteralExpression | undefined {
  const node = propertyOf(object, 'parserOptions');
  const bare = node === undefined ? undefined : withoutCasts(node);
  return bare !== undefined && ts.isObjectLiteralExpression(bare) ? bare : undefined;
}

/** Where the first of some properties stands; behind everything where none is there. */
export function firstOf(object: ts.ObjectLiteralExpression, keys: readonly string[]): number {
  const places = object.properties.flatMap((property) => (keys.includes(keyOf(property) ?? '') ? [property.pos] : []));
  return Math.min(Number.MAX_SAFE_INTEGER, ...places);
}
