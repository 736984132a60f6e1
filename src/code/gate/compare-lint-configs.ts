import type { Finding } from '#core/finding';
import { isRecord } from '../text/read-data.ts';
import { type Compared, counted } from './compared.ts';
import type { LintConfig, LintConfigs } from './lint-config-schema.ts';

/**
 * What `eslint:recommended` of 9 has and has not, and options whose meaning is that of before. Source: Migrate to v9.x,
 * "eslint:recommended has been updated".
 */
const recommended = new Set([
  'no-constant-binary-expression',
  'no-empty-static-block',
  'no-new-native-nonconstructor',
  'no-unused-private-class-members',
  'no-extra-semi',
  'no-inner-declarations',
  'no-mixed-spaces-and-tabs',
  'no-new-symbol',
]);
const removed = new Set(['require-jsdoc', 'valid-jsdoc']);
const formerDefaults: Readonly<Record<string, unknown>> = {
  caughtErrors: 'none',
  enforceForClassMembers: false,
  blockScopedFunctions: 'disallow',
};

type Difference = { readonly severity: Finding['severity']; readonly text: string; readonly symbol?: string };

/**
 * Compares what ESLint makes of the same files at both times, where it is of another major. What a person wrote has to
 * mean the same: a file that is left out, a parser, a global or a rule of ESLint itself that is lost stops the gate. What
 * plugins and presets of other versions bring is told.
 */
export function compareLintConfigs(
  before: readonly LintConfigs[] | undefined,
  after: readonly LintConfigs[] | undefined,
): Compared {
  if (before === undefined || after === undefined) return { findings: [], words: '' };
  const pairs = before.flatMap((old) => {
    const now = after.find((one) => one.in === old.in);
    return now === undefined || majorOf(now.version) === majorOf(old.version) ? [] : [{ old, now }];
  });
  if (pairs.length === 0) return { findings: [], words: '' };
  const findings = pairs.flatMap(({ old, now }) => differences(old, now));
  const files = pairs.reduce((count, { old, now }) => count + shared(old, now).length, 0);
  const wrong = findings.filter(({ severity }) => severity === 'error').length;
  const words = `configuration of ESLint compared for ${counted(files, 'file')}: ${wrong === 0 ? 'the same' : counted(wrong, 'difference')}`;
  return { findings, words };
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? '';
}

function shared(old: LintConfigs, now: LintConfigs) {
  return old.files.flatMap((file) => {
    const other = now.files.find((one) => one.file === file.file);
    return other === undefined
      ? []
      : [{ file: file.file, old: old.configs[file.config], now: now.configs[other.config] }];
  });
}

/** Each difference once, with the files in which it is. */
function differences(old: LintConfigs, now: LintConfigs): readonly Finding[] {
  const byText = new Map<string, Difference & { readonly files: string[] }>();
  for (const pair of shared(old, now)) {
    for (const one of differencesOf(pair.old, pair.now, { old, now })) {
      const known = byText.get(one.text) ?? { ...one, files: [] };
      known.files.push(old.in === '.' ? pair.file : `${old.in}/${pair.file}`);
      byText.set(one.text, known);
    }
  }
  return [...byText.values()].map(({ severity, text, symbol, files }) => ({
    rule: 'gate/lint-config-changed',
    severity,
    message: `ESLint ${now.version} takes ${files.length === 1 ? files[0] : `${files[0]} and ${counted(files.length - 1, 'other')}`} otherwise than ${old.version}: ${text}.`,
    file: files[0] ?? '',
    ...(symbol === undefined ? {} : { symbol }),
    evidence: files.join(', '),
  }));
}

function differencesOf(
  old: LintConfig | undefined,
  now: LintConfig | undefined,
  all: { readonly old: LintConfigs; readonly now: LintConfigs },
): readonly Difference[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ severity: 'error', text: 'it was ignored and is linted' }];
  if (now === undefined) return [{ severity: 'error', text: 'it was linted and is ignored' }];
  return [...language(old, now), ...globals(old, now), ...rules(old, now, all), ...others(old, now)];
}

function language(old: LintConfig, now: LintConfig): readonly Difference[] {
  const found: Difference[] = [];
  if (old.parser !== now.parser && now.parser !== '' && old.parser !== '')
    found.push({ severity: 'error', text: `the parser is ${now.parser} and was ${old.parser}` });
  if (now.ecmaVersion < old.ecmaVersion)
    found.push({ severity: 'error', text: `ecmaVersion is ${now.ecmaVersion} and was ${old.ecmaVersion}` });
  // A parser of its own decides by itself what a file without a type is.
  if (old.parser === 'espree' && old.sourceType !== now.sourceType)
    found.push({ severity: 'warning', text: `sourceType is ${now.sourceType} and was ${old.sourceType}` });
  const options = new Set([...Object.keys(old.parserOptions), ...Object.keys(now.parserOptions)]);
  for (const option of options)
    if (!isSame(old.parserOptions[option], now.parserOptions[option]) && now.parser === old.parser)
      found.push({
        severity: 'warning',
        text: `parserOptions.${option} is ${said(now.parserOptions[option])} and was ${said(old.parserOptions[option])}`,
      });
  return found;
}

function globals(old: LintConfig, now: LintConfig): readonly Difference[] {
  const lost = Object.keys(old.globals).filter((name) => now.globals[name] === undefined);
  const more = Object.keys(now.globals).filter((name) => old.globals[name] === undefined);
  const other = Object.keys(old.globals).filter(
    (name) => now.globals[name] !== undefined && now.globals[name] !== old.globals[name],
  );
  return [
    ...listed(
      lost.length * 10 > Object.keys(old.globals).length ? 'error' : 'warning',
      'it no longer knows the globals',
      lost,
    ),
    ...listed('warning', 'it takes as writable or not otherwise', other),
    ...listed('advice', 'it knows more globals', more),
  ];
}

function listed(severity: Finding['severity'], text: string, names: readonly string[]): readonly Difference[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, 8).join(', ');
  return [{ severity, text: `${text} ${shown}${names.length > 8 ? ` and ${names.length - 8} more` : ''}` }];
}

function rules(
  old: LintConfig,
  now: LintConfig,
  all: { readonly old: LintConfigs; readonly now: LintConfigs },
): readonly Difference[] {
  const renamed = (name: string) => (now.rules[`rulesdir/${name}`] === undefined ? name : `rulesdir/${name}`);
  const names = new Set(Object.keys(old.rules).map(renamed));
  const lost = Object.keys(old.rules).flatMap((name): readonly Difference[] => {
    const setting = now.rules[renamed(name)];
    const before = old.rules[name];
    const severity = severityOf(name, old, all);
    if (setting === undefined)
      return [{ severity, symbol: name, text: `the rule ${name} is off and was ${said(before)}` }];
    if (before === undefined || isSameSetting(name, { before, setting, defaults: all.now.defaults[renamed(name)] }))
      return [];
    return [{ severity, symbol: name, text: `the rule ${name} is ${said(setting)} and was ${said(before)}` }];
  });
  const more = Object.keys(now.rules).filter((name) => !names.has(name));
  const gained = more.map(
    (name): Difference => ({
      severity: severityOf(name, old, all) === 'error' ? 'warning' : 'advice',
      symbol: name,
      text: `the rule ${name} is ${said(now.rules[name])} and was off`,
    }),
  );
  return [...lost, ...gained];
}

/** Presets and plugins of another version may differ; what ESLint itself does not list as changed has to be the same. */
function severityOf(
  name: string,
  { plugins }: LintConfig,
  { old, now }: { readonly old: LintConfigs; readonly now: LintConfigs },
): Finding['severity'] {
  const moved = plugins.filter((plugin) => old.plugins[plugin] !== now.plugins[plugin]);
  if (!name.includes('/')) return recommended.has(name) || removed.has(name) || moved.length > 0 ? 'advice' : 'error';
  const plugin = name.slice(0, name.lastIndexOf('/'));
  return moved.includes(plugin) ? 'advice' : 'warning';
}

function isSameSetting(
  name: string,
  {
    before,
    setting,
    defaults = [],
  }: {
    readonly before: readonly unknown[];
    readonly setting: readonly unknown[];
    readonly defaults?: readonly unknown[] | undefined;
  },
): boolean {
  if (before[0] !== setting[0]) return false;
  const [, ...had] = before;
  const [, ...has] = setting;
  const length = Math.max(had.length, has.length, defaults.length);
  return Array.from({ length }, (_, at) => at).every((at) => {
    const whole = isRecord(defaults[at]) || isRecord(had[at]) || isRecord(has[at]);
    if (!whole) return isSame(had[at] ?? defaults[at], has[at] ?? defaults[at]);
    const one = { ...record(defaults[at]), ...former(name, had[at]), ...record(had[at]) };
    const other = { ...record(defaults[at]), ...record(has[at]) };
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every(
      (key) =>
        isSame(one[key], other[key]) || (record(had[at])[key] === undefined && isSame(other[key], formerDefaults[key])),
    );
  });
}

/** What a rule did where nothing was said, of the versions before. */
function former(_name: string, had: unknown): Readonly<Record<string, unknown>> {
  return typeof had === 'string' ? { vars: had } : {};
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function others(old: LintConfig, now: LintConfig): readonly Difference[] {
  const found: Difference[] = [];
  if (!isSame(old.settings, now.settings))
    found.push({ severity: 'warning', text: `settings are ${said(now.settings)} and were ${said(old.settings)}` });
  if (old.noInlineConfig !== now.noInlineConfig)
    found.push({ severity: 'error', text: `noInlineConfig is ${now.noInlineConfig} and was ${old.noInlineConfig}` });
  return found;
}

function isSame(one: unknown, other: unknown): boolean {
  return said(one) === said(other);
}

/** A value as text, its keys in order. */
function said(value: unknown): string {
  if (value === undefined) return 'not set';
  const sorted = (_: string, inner: unknown): unknown =>
    isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner;
  return JSON.stringify(value, sorted);
}
