/**
 * A program that asks the tree's own ESLint what it makes of files, by `calculateConfigForFile`, which is what
 * `--print-config` prints, and `isPathIgnored`. It is run by `node -e` in a package's folder, takes `{ files, flags }` as
 * JSON in its first argument, and prints JSON. ESLint 8 and 9 come out in one form: environments as globals, severities
 * as numbers, parsers by name, rules that are off left out.
 */
export const lintConfigProbe = String.raw`
const { createRequire } = require('node:module');
const path = require('node:path');
const own = createRequire(path.join(process.cwd(), 'x.js'));
const { files, flags } = JSON.parse(process.argv[1]);
const read = (name) => { try { return own(name); } catch { return undefined; } };
const main = async () => {
  const { ESLint } = own('eslint');
  const isOld = ESLint.configType !== 'flat';
  const options = isOld
    ? {
        cwd: process.cwd(),
        ...(flags.rulesdir.length > 0 ? { rulePaths: flags.rulesdir } : {}),
        ...(flags.ignorePath === undefined ? {} : { ignorePath: flags.ignorePath }),
        ...(flags.config === undefined ? {} : { overrideConfigFile: flags.config }),
        ...(flags.lookup ? {} : { useEslintrc: false }),
        ...(flags.env.length > 0 ? { overrideConfig: { env: Object.fromEntries(flags.env.map((name) => [name, true])) } } : {}),
      }
    : { cwd: process.cwd(), ...(flags.config === undefined ? {} : { overrideConfigFile: flags.config }) };
  const eslint = new ESLint(options);
  const within = createRequire(own.resolve('eslint/package.json'));
  const environments = isOld ? within('@eslint/eslintrc').Legacy.environments : undefined;
  const language = new Set(require('node:vm').runInNewContext('Object.getOwnPropertyNames(globalThis)').filter((name) => !/^(console|WebAssembly)$/.test(name)));
  const isCovered = (file) => !isOld || !/\.[cm]?js$/.test(file) || flags.ext.includes(path.extname(file));
  const globalsOf = (env) => {
    const all = {};
    for (const [name, isOn] of Object.entries(env ?? {})) {
      if (!isOn || /^es(6|20\d\d)$|^builtin$/.test(name)) continue;
      const at = name.lastIndexOf('/');
      const found = at === -1 ? environments.get(name) : read(pluginPackage(name.slice(0, at)))?.environments?.[name.slice(at + 1)];
      Object.assign(all, found?.globals);
    }
    return all;
  };
  const pluginPackage = (name) => {
    if (!name.startsWith('@')) return 'eslint-plugin-' + name;
    const [scope, rest] = name.split('/');
    return rest === undefined ? scope + '/eslint-plugin' : scope + '/eslint-plugin-' + rest;
  };
  const access = (value) => value === true || value === 'true' || value === 'writable' || value === 'writeable' ? 'writable' : value === 'off' ? 'off' : 'readonly';
  const severity = (value) => ({ off: 0, warn: 1, error: 2 })[value] ?? value;
  const parserName = (parser) => {
    if (parser === null || parser === undefined) return 'espree';
    if (typeof parser === 'string') {
      const parts = parser.split(path.sep).join('/').split('/node_modules/').at(-1).split('/');
      return (parts[0].startsWith('@') ? parts[0].slice(1) + '/' + parts[1] : parts[0]).replace(/\.js$/, '');
    }
    return (parser.meta?.name ?? parser.name ?? '').replace(/^@/, '').replace(/@[\d.]+.*$/, '');
  };
  const year = (version) => version === 'latest' ? 9999 : version === undefined ? 2009 : version < 2000 && version > 5 ? version + 2009 : version <= 5 ? 2009 : version;
  const normal = (config) => {
    const spoken = config.languageOptions ?? {};
    const parserOptions = { ...(isOld ? config.parserOptions : spoken.parserOptions) };
    const features = { ...parserOptions.ecmaFeatures };
    const env = Object.entries(config.env ?? {}).filter(([, isOn]) => isOn).map(([name]) => name);
    if (env.includes('node') || env.includes('commonjs')) features.globalReturn ??= true;
    const years = env.map((name) => name === 'es6' ? 2015 : Number(/^es(20\d\d)$/.exec(name)?.[1] ?? 0));
    const type = isOld ? (features.globalReturn && parserOptions.sourceType !== 'module' ? 'commonjs' : parserOptions.sourceType ?? 'script') : spoken.sourceType;
    const version = isOld ? parserOptions.ecmaVersion ?? (Math.max(0, ...years) || undefined) : spoken.ecmaVersion;
    delete features.globalReturn; delete features.impliedStrict;
    for (const key of ['ecmaVersion', 'sourceType', 'ecmaFeatures']) delete parserOptions[key];
    const declared = isOld ? { ...globalsOf(config.env), ...config.globals } : spoken.globals ?? {};
    return {
      parser: parserName(isOld ? config.parser : spoken.parser),
      sourceType: type,
      ecmaVersion: year(version),
      parserOptions: { ...parserOptions, ...(Object.values(features).some(Boolean) ? { ecmaFeatures: features } : {}) },
      globals: Object.fromEntries(Object.entries(declared).map(([name, value]) => [name.trim(), access(value)]).filter(([name, value]) => value !== 'off' && !language.has(name)).sort()),
      plugins: (isOld ? config.plugins ?? [] : Object.keys(config.plugins ?? {}).filter((name) => name !== '@')).map(String).sort(),
      rules: Object.fromEntries(Object.entries(config.rules ?? {}).map(([name, value]) => { const [first, ...rest] = [value].flat(); return [name, [severity(first), ...rest]]; }).filter(([, value]) => value[0] !== 0).sort()),
      settings: config.settings ?? {},
      noInlineConfig: Boolean(isOld ? config.noInlineConfig : config.linterOptions?.noInlineConfig),
    };
  };
  const configs = [];
  const known = new Map();
  const found = [];
  const rules = new Map();
  const versions = {};
  for (const file of files.filter(isCovered)) {
    if (await eslint.isPathIgnored(file)) { found.push({ file, config: -1 }); continue; }
    const config = await eslint.calculateConfigForFile(file);
    if (config === undefined) { found.push({ file, config: -1 }); continue; }
    for (const [name, plugin] of Object.entries(isOld ? {} : config.plugins ?? {}))
      for (const [rule, value] of Object.entries(plugin.rules ?? {})) rules.set(name === '@' ? rule : name + '/' + rule, value);
    const one = normal(config);
    for (const name of one.plugins) versions[name] ??= read(pluginPackage(name) + '/package.json')?.version ?? read(pluginPackage(name))?.meta?.version;
    const text = JSON.stringify(one).replaceAll(JSON.stringify(process.cwd()).slice(1, -1), '.');
    if (!known.has(text)) { known.set(text, configs.length); configs.push(JSON.parse(text)); }
    found.push({ file, config: known.get(text) });
  }
  if (!isOld) for (const [rule, value] of within('./lib/unsupported-api.js').builtinRules) rules.set(rule, value);
  const used = new Set(configs.flatMap((config) => Object.keys(config.rules)));
  const defaults = Object.fromEntries([...used].flatMap((rule) => { const value = rules.get(rule)?.meta?.defaultOptions; return Array.isArray(value) ? [[rule, value]] : []; }));
  process.stdout.write(JSON.stringify({ version: ESLint.version, configs, files: found, defaults, plugins: versions }));
};
main().catch((error) => { process.stderr.write(String(error?.stack ?? error)); process.exitCode = 1; });
`;
