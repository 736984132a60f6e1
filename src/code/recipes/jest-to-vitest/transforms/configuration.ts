import { codeStyleOf } from '../../../engine/code-style.ts';
import { keyOf, literalOf, propertyOf } from '../../../engine/literals.ts';
import type { RecipeContext, TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import { changedManifest } from '../../../vitest/manifest.ts';
import type { Runner } from '../../../vitest/runner-packages.ts';
import { type RunnerPackage, runnerPackages } from '../../../vitest/runner-packages.ts';
import { vitestConfig } from '../../../vitest/vitest-config.ts';
import type { VitestOptions } from '../../../vitest/vitest-options.ts';
import { jestScript } from '../reading/jest-command.ts';
import { jestTests } from '../reading/option-parts.ts';
import { requiredAliases } from '../reading/required-aliases.ts';
import { type Surrounding, surroundingOf } from '../reading/surrounding.ts';
import { handlers } from '../reading/vitest-options.ts';

const jest: Runner = {
  name: 'jest',
  configNames: ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts', 'json'].map((end) => `jest.config.${end}`),
};
/** Packages of Jest, and what only it needs. */
const jests =
  /^(jest|jest-cli|ts-jest|babel-jest|esbuild-jest|jest-circus|jest-environment-(node|jsdom)|jest-fixed-jsdom|jest-watch-typeahead|jest-transform-stub|jest-config|identity-obj-proxy|vue-jest|@jest\/(globals|types|core|transform|environment)|@types\/jest|@swc\/jest|@vue\/vue\dx?-jest|@happy-dom\/jest-environment|jest-transformer-svelte)$/;

/** Configuration, scripts and dependencies. */
export const configuration: TreeTransform = {
  kind: 'tree',
  id: 'configuration',
  why: 'Vitest reads vitest.config, in which globals, the order of hooks and the tests in `__tests__` must be said to be as in Jest; what Jest transformed, Vite does (Migrating from Jest; Configuring Vitest).',
  async transform(tree, context) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const one of await runnerPackages(tree, jest)) {
      const done = await convert(one, tree, context);
      edits.push(...done.edits);
      unresolved.push(...done.unresolved);
    }
    return { edits, unresolved };
  },
};

type Converted = { readonly edits: readonly TreeEdit[]; readonly unresolved: readonly TreeUnresolved[] };

async function convert(one: RunnerPackage, tree: TreeView, { params }: RecipeContext): Promise<Converted> {
  const surrounding = await surroundingOf(one, tree);
  const unread = unreadConfig(one);
  const unresolved: TreeUnresolved[] = [...unread];
  const options = optionsOf(one, surrounding);
  const { configPath } = one;
  const newPath = within(one.folder, surrounding.configName);
  for (const { node, message, cure } of options.left) {
    const evidence = `${configPath}: ${node.getText().split('\n')[0]}`;
    unresolved.push({ path: newPath, offset: 0, length: 0, message, cure, evidence });
  }
  unresolved.push(...(await requiredAliases(one, tree)));
  const scripts = scriptsOf(one);
  const hasCoverage = options.coverage.length > 0 || scripts.hasCoverage;
  const plugins = surrounding.plugins;
  const added = [
    ...options.packages,
    ...surrounding.environments,
    ...(hasCoverage ? ['@vitest/coverage-v8'] : []),
    ...plugins.map((plugin) => plugin.package),
  ];
  const isKept = unread.length > 0;
  const text = changedManifest(one, {
    scripts: scripts.changed,
    added: [...new Set(added)].filter((name) => name !== 'node').sort(),
    // From 21 on jsdom computes `rgb(0, 0, 0)` where the jsdom of Jest 29 says `black`.
    ranges: surrounding.comparesStyles ? { jsdom: '^20.0.3' } : {},
    vitest: params.vitest ?? '',
    gone: jests,
    field: configPath === one.path && !isKept ? 'jest' : undefined,
    kept: new Set(),
  });
  unresolved.push(...leftFlags(one.path, text, scripts), ...leftPackages(one, text));
  const style = await codeStyleOf(tree, one.folder);
  const config = vitestConfig({ ...options, plugins, viteConfig: surrounding.viteConfig }, style);
  const edits: TreeEdit[] = [{ kind: 'write', path: one.path, text }];
  if (!surrounding.hasVitestConfig) edits.push({ kind: 'write', path: newPath, text: config });
  if (configPath !== undefined && configPath !== one.path && !isKept) edits.push({ kind: 'remove', path: configPath });
  return { edits, unresolved };
}

/** A configuration that cannot be read stays, and a person takes it over. */
function unreadConfig({ configPath, config }: RunnerPackage): readonly TreeUnresolved[] {
  const isRead = config?.object?.properties.every((one) => keyOf(one) !== undefined);
  if (configPath === undefined || isRead) return [];
  return [
    {
      path: configPath,
      offset: 0,
      length: 0,
      message: 'This configuration is made by code, or of parts of others, and is not taken over.',
      cure: 'Write what the tests need of it into the new configuration, and remove it.',
    },
  ];
}

function optionsOf(
  { config, dependencies }: RunnerPackage,
  { hasTestsFolder, hasOldSnapshots }: Surrounding,
): VitestOptions {
  const out: VitestOptions = { test: [], coverage: [], aliases: [], define: [], packages: new Set(), left: [] };
  const object = config?.object;
  const root = object === undefined ? undefined : propertyOf(object, 'rootDir');
  const rootDir = root === undefined ? '.' : literalOf(root);
  const base = typeof rootDir === 'string' ? baseOf(rootDir) : '.';
  if (base === undefined || typeof rootDir !== 'string')
    out.left.push({
      node: root ?? object ?? unreachable(),
      message: 'The root lies elsewhere.',
      cure: 'Set `test.root`.',
    });
  for (const property of object?.properties ?? []) {
    const key = keyOf(property) ?? '';
    const value = propertyOf(object ?? unreachable(), key);
    const handler = Object.hasOwn(handlers, key) ? handlers[key] : undefined;
    if (value !== undefined && handler !== undefined) handler(value, out, { base: base ?? '.', hasTestsFolder });
    else
      out.left.push({
        node: property,
        message: `The option \`${key}\` is not known here.`,
        cure: 'See whether Vitest has one for it.',
      });
  }
  const has = (key: string): boolean => out.test.some((entry) => entry.key === key);
  // Several roots are part of the patterns.
  const isSpread = object !== undefined && propertyOf(object, 'roots') !== undefined;
  const include = {
    kind: 'list' as const,
    items: jestTests.map((value) => ({ value: { kind: 'text' as const, value } })),
  };
  const format = { kind: 'raw' as const, text: '{ escapeString: true, printBasicPrototype: true }' };
  out.test.unshift(
    { key: 'globals', value: { kind: 'raw', text: 'true' } },
    {
      key: 'sequence',
      value: {
        kind: 'object',
        isOpen: false,
        entries: [{ key: 'hooks', value: { kind: 'text' as const, value: 'list' } }],
      },
    },
    ...(hasTestsFolder && !has('include') ? [{ key: 'include', value: include }] : []),
    ...(base !== '.' && base !== undefined && !isSpread && !has('dir')
      ? [{ key: 'dir', value: { kind: 'text' as const, value: base } }]
      : []),
    ...(hasOldSnapshots && isBefore29(dependencies.jest) && !has('snapshotFormat')
      ? [{ key: 'snapshotFormat', value: format }]
      : []),
  );
  return out;
}

function unreachable(): never {
  throw new Error('A configuration without an object has no options.');
}

/** `./src` for `src`; undefined for what leads out of the folder. */
function baseOf(rootDir: string): string | undefined {
  const plain = rootDir
    .replace(/^<rootDir>\/?/, '')
    .replace(/^\.\/?/, '')
    .replace(/\/$/, '');
  if (plain === '') return '.';
  return plain.startsWith('.') || plain.startsWith('/') ? undefined : `./${plain}`;
}

function isBefore29(range: string | undefined): boolean {
  const [, major] = /(\d+)/.exec(range ?? '') ?? [];
  return major !== undefined && Number(major) < 29;
}

function scriptsOf(one: RunnerPackage) {
  const left: { readonly name: string; readonly flag: string }[] = [];
  const changed: Record<string, string> = {};
  let hasCoverage = false;
  for (const [name, script] of Object.entries(one.manifest.scripts)) {
    const made = jestScript(script);
    if (made === undefined) continue;
    hasCoverage ||= made.hasCoverage;
    if (made.script !== script) changed[name] = made.script;
    for (const flag of made.left) left.push({ name, flag });
  }
  return { changed, hasCoverage, left };
}

/** Packages that look for Jest, and stop without it. */
function leftPackages({ path, dependencies }: RunnerPackage, text: string): readonly TreeUnresolved[] {
  const name = 'eslint-plugin-jest';
  if (!(name in dependencies)) return [];
  const message = `${name} reads the version of Jest that is installed, and there is none any more.`;
  const cure =
    'Take @vitest/eslint-plugin, or say `settings: { jest: { version: 29 } }` in the configuration of ESLint.';
  return [
    { path, offset: Math.max(0, text.indexOf(`"${name}"`)), length: name.length + 2, message, cure, symbol: name },
  ];
}

/** Flags without a counterpart, where the script stands now. */
function leftFlags(path: string, text: string, scripts: ReturnType<typeof scriptsOf>): readonly TreeUnresolved[] {
  return scripts.left.map(({ name, flag }) => {
    const script = JSON.stringify(scripts.changed[name] ?? '');
    const isThere = (scripts.changed[name] ?? '').includes(flag);
    return {
      path,
      offset: Math.max(0, text.indexOf(script)),
      length: script.length,
      message: `\`${flag}\` of the script ${name} is Jest's${isThere ? '' : ', and was left away'}.`,
      cure: isThere ? 'Write a configuration of Vitest for it.' : 'See whether the configuration has an option for it.',
    };
  });
}
