/** What the calls of ESLint in scripts say that stands in the configuration from now on. */
export type LintFlags = {
  /** `--ext`, without dots. */
  readonly extensions: readonly string[];
  readonly environments: readonly string[];
  readonly ignorePaths: readonly string[];
  readonly rulesFolders: readonly string[];
  /** Formatters that are packages of their own now. */
  readonly formatters: readonly string[];
  /** Files and folders that are named; a call that names none means the folder itself. */
  readonly targets: readonly string[];
  /** Configurations given with `--config`. */
  readonly configs: readonly string[];
  readonly isStrictOnWarnings: boolean;
};

/** A script as it is to be, with what its calls of ESLint said. Undefined where ESLint is not called. */
export type LintScript = LintFlags & { readonly script: string };

const noFlags: LintFlags = {
  extensions: [],
  environments: [],
  ignorePaths: [],
  rulesFolders: [],
  formatters: [],
  targets: [],
  configs: [],
  isStrictOnWarnings: false,
};

const call =
  /(^|[\s;&|(])((?:cross-env\s+)?ESLINT_USE_FLAT_CONFIG=\S+\s+)?((?:\S*\/)?eslint)((?:[ \t]+(?:"[^"]*"|'[^']*'|[^\s;&|()"']+)+)*)(?=\s*(?:$|[;&|)]))/g;
const word = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;
const goneFormatters = /^(checkstyle|compact|jslint-xml|junit|tap|unix|visualstudio)$/;
/** Flags that take a value and stay as they are. */
const valued =
  /^(--parser|--parser-options|--plugin|--rule|--global|--fix-type|--ignore-pattern|--stdin-filename|-o|--output-file|--max-warnings|--cache-file|--cache-location|--cache-strategy|--report-unused-disable-directives-severity|-f|--format|-c|--config)$/;

/**
 * Rewrites the calls of ESLint in a script for ESLint 9, and collects what its flags said. Source: Migrate to v9.x, "New
 * default config format", "Removed multiple formatters"; Configuration Migration Guide, "CLI Flag Changes". A configuration
 * that is taken over into the new file need not be named any more.
 */
export function lintScript(script: string, isTakenOver: (config: string) => boolean): LintScript | undefined {
  const found: LintFlags[] = [];
  const rewritten = script.replaceAll(
    call,
    (_, before: string, _use: string | undefined, program: string, rest: string) => {
      const { flags, words } = readCall(rest.match(word) ?? [], isTakenOver);
      found.push(flags);
      return [`${before}${program}`, ...words].join(' ');
    },
  );
  if (found.length === 0) return undefined;
  const all = <Key extends keyof LintFlags>(key: Key) => found.map((flags) => flags[key]);
  return {
    script: rewritten,
    extensions: all('extensions').flat(),
    environments: all('environments').flat(),
    ignorePaths: all('ignorePaths').flat(),
    rulesFolders: all('rulesFolders').flat(),
    formatters: all('formatters').flat(),
    targets: all('targets').flat(),
    configs: all('configs').flat(),
    isStrictOnWarnings: all('isStrictOnWarnings').includes(true),
  };
}

function readCall(
  words: readonly string[],
  isTakenOver: (config: string) => boolean,
): { readonly flags: LintFlags; readonly words: readonly string[] } {
  const kept: string[] = [];
  const read = {
    extensions: [],
    environments: [],
    ignorePaths: [],
    rulesFolders: [],
    formatters: [],
    targets: [],
    configs: [],
  };
  const lists: Record<keyof typeof read, string[]> = read;
  let isStrictOnWarnings = false;
  const moved: Readonly<Record<string, keyof typeof read>> = {
    '--ext': 'extensions',
    '--env': 'environments',
    '--ignore-path': 'ignorePaths',
    '--rulesdir': 'rulesFolders',
  };
  for (let at = 0; at < words.length; at += 1) {
    const [, name = '', inner] = /^(--?[\w-]+)(?:=(.*))?$/.exec(words[at] ?? '') ?? [];
    const takes = name in moved || valued.test(name) || name === '--resolve-plugins-relative-to';
    const value = bareWord(inner ?? (takes ? words[at + 1] : undefined) ?? '');
    const own = [words[at] ?? '', ...(takes && inner === undefined ? [words[at + 1] ?? ''] : [])];
    if (takes && inner === undefined) at += 1;
    const list = moved[name];
    if (list !== undefined)
      lists[list].push(...(list === 'extensions' || list === 'environments' ? splitList(value) : [value]));
    else if (name === '--no-eslintrc') kept.push('--no-config-lookup');
    else if (name === '--resolve-plugins-relative-to') continue;
    else if ((name === '-c' || name === '--config') && !words.includes('--no-eslintrc') && isTakenOver(value)) continue;
    else if ((name === '-f' || name === '--format') && goneFormatters.test(value)) {
      lists.formatters.push(value);
      kept.push(inner === undefined ? `${name} eslint-formatter-${value}` : `${name}=eslint-formatter-${value}`);
    } else {
      if (name === '-c' || name === '--config') lists.configs.push(value);
      if (name === '--max-warnings') isStrictOnWarnings = true;
      if (name === '') lists.targets.push(bareWord(words[at] ?? ''));
      kept.push(...own);
    }
  }
  const isForFiles = kept.some((one) => /^--(stdin|init|print-config|version|help|env-info)/.test(one));
  if (lists.targets.length === 0 && !isForFiles && words.length > 0) {
    lists.targets.push('.');
    kept.push('.');
  }
  return { flags: { ...noFlags, ...lists, isStrictOnWarnings }, words: kept };
}

function bareWord(word: string): string {
  return word.replaceAll(/^["']|["']$/g, '');
}

function splitList(value: string): readonly string[] {
  return value
    .split(',')
    .map((one) => one.trim().replace(/^\./, ''))
    .filter((one) => one !== '');
}
