import semver from 'semver';
import { packageOf, shortNameOf } from './package-names.ts';

/** A configuration of a plugin that exists in the new format. */
export type FlatPreset = {
  readonly module: string;
  /** Name of the plugin that it brings, and whether that is the very object which the module exports. */
  readonly plugin?: { readonly name: string; readonly isModule: boolean } | undefined;
  /** Of the module's default export: `configs["flat/recommended"]`; empty for the export itself. */
  readonly member: string;
};

type Family = {
  /** Since which version they are there. */
  readonly since: string;
  readonly names: readonly string[];
  readonly isModule: boolean;
  readonly member: (name: string) => string;
};

const flat = (name: string) => `configs["flat/${name}"]`;
const dotted = (holder: string) => (name: string) =>
  /^[a-z]+$/i.test(name) ? `${holder}.${name}` : `${holder}["${name}"]`;

/**
 * Presets by plugin: those of which the versions that ESLint 9 is allowed beside export a twin for flat configuration.
 * Source: what these packages export.
 */
const families: Readonly<Record<string, Family>> = {
  '@typescript-eslint/eslint-plugin': {
    since: '0.0.0',
    names:
      'all base disable-type-checked eslint-recommended recommended recommended-type-checked strict strict-type-checked stylistic stylistic-type-checked recommended-requiring-type-checking'.split(
        ' ',
      ),
    isModule: true,
    member: (name) => flat(name === 'recommended-requiring-type-checking' ? 'recommended-type-checked' : name),
  },
  'eslint-plugin-import': {
    since: '2.31.0',
    names: 'recommended errors warnings react react-native electron typescript'.split(' '),
    isModule: false,
    member: dotted('flatConfigs'),
  },
  'eslint-plugin-jest': { since: '28.3.0', names: ['all', 'recommended', 'style'], isModule: true, member: flat },
  'eslint-plugin-jsx-a11y': {
    since: '6.10.0',
    names: ['recommended', 'strict'],
    isModule: false,
    member: dotted('flatConfigs'),
  },
  'eslint-plugin-n': {
    since: '17.0.0',
    names: ['recommended', 'recommended-module', 'recommended-script'],
    isModule: true,
    member: flat,
  },
  'eslint-plugin-promise': { since: '6.3.0', names: ['recommended'], isModule: true, member: flat },
  'eslint-plugin-react': {
    since: '7.35.0',
    names: ['recommended', 'all', 'jsx-runtime'],
    isModule: true,
    member: dotted('configs.flat'),
  },
};

/**
 * The twin of an entry of `extends`; undefined where there is none that is certain. Only packages that the tree depends on
 * are looked at: of others nobody knows the version.
 */
export function flatPreset(entry: string, dependencies: Readonly<Record<string, string>>): FlatPreset | undefined {
  if (entry === 'eslint:recommended') return { module: '@eslint/js', member: 'configs.recommended' };
  if (entry === 'eslint:all') return { module: '@eslint/js', member: 'configs.all' };
  const module = packageOf(entry, 'eslint-config');
  if (module === 'eslint-config-prettier')
    return dependencies[module] === undefined ? undefined : { module, member: '' };
  if (!entry.startsWith('plugin:')) return undefined;
  const at = entry.lastIndexOf('/');
  const plugin = packageOf(entry.slice('plugin:'.length, at), 'eslint-plugin');
  const name = entry.slice(at + 1);
  if (dependencies[plugin] === undefined) return undefined;
  if (plugin === 'eslint-plugin-prettier' && name === 'recommended')
    return { module: 'eslint-plugin-prettier/recommended', member: '', plugin: { name: 'prettier', isModule: true } };
  const family = families[plugin];
  if (family?.names.includes(name) !== true || !isSince(dependencies[plugin], family.since)) return undefined;
  const { isModule, member } = family;
  return { module: plugin, member: member(name), plugin: { name: shortNameOf(plugin), isModule } };
}

/** typescript-eslint has to be of version 8 beside ESLint 9, whatever is declared before the move. */
function isSince(range: string | undefined, since: string): boolean {
  const lowest = range === undefined || semver.validRange(range) === null ? null : semver.minVersion(range);
  return since === '0.0.0' || (lowest !== null && semver.gte(lowest, since));
}

/** Plugins whose rules use what ESLint 9 took away, and which no version mends: a wrapper of `@eslint/compat` does. */
const unmended = ['eslint-plugin-flowtype', 'eslint-plugin-node', 'eslint-plugin-deprecation'];
/** Plugins of which old versions need the wrapper, where nothing says which version there is. */
const oldOnes = ['eslint-plugin-ava', 'eslint-plugin-flowtype', 'eslint-plugin-import', 'eslint-plugin-react-hooks'];

/** True for a plugin that has to be wrapped so that its rules find what they call. */
export function needsFixup(plugin: string, dependencies: Readonly<Record<string, string>>): boolean {
  return (dependencies[plugin] === undefined ? oldOnes : unmended).includes(plugin);
}
