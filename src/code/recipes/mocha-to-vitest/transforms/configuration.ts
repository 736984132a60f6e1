import { type Code, type CodeEntry, raw, text, texts } from '../../../engine/code.ts';
import { codeStyleOf } from '../../../engine/code-style.ts';
import { keyOf } from '../../../engine/literals.ts';
import type { RecipeContext, TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import { changedManifest } from '../../../vitest/manifest.ts';
import { viteFiles } from '../../../vitest/vite-files.ts';
import { vitestConfig } from '../../../vitest/vitest-config.ts';
import { type MochaPackage, mochaPackages } from '../reading/mocha-package.ts';
import { handlers, isNodeFlag, type OptionsOut } from '../reading/option-handlers.ts';
import { rewrittenScripts } from '../reading/scripts.ts';
import { setupFiles } from '../reading/setup-files.ts';
import { type Surrounding, surroundingsOf } from '../reading/surroundings.ts';
import { type TestLayout, testLayout } from '../reading/test-layout.ts';

/** Packages of Mocha, and what only it needs. */
const mochas = /^(mocha|@types\/mocha|ts-mocha)$/;

/** Configuration, scripts and dependencies. */
export const configuration: TreeTransform = {
  kind: 'tree',
  id: 'configuration',
  why: 'Vitest reads vitest.config, in which one process without isolation, files one after another and the order of hooks must be said to be as in Mocha (Configuring Vitest, pool, isolate, fileParallelism, sequence.hooks).',
  async transform(tree, context) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const one of await mochaPackages(tree)) {
      const done = one.ui === 'other' ? otherInterface(one) : await convert(one, tree, context);
      edits.push(...done.edits);
      unresolved.push(...done.unresolved);
    }
    return { edits, unresolved };
  },
};

type Converted = { readonly edits: readonly TreeEdit[]; readonly unresolved: readonly TreeUnresolved[] };

function otherInterface({ path, configPath }: MochaPackage): Converted {
  const message = 'Tests are written for another interface than bdd or tdd, or for several, and are left as they are.';
  const cure = 'Bring them to bdd first: `describe` and `it`.';
  return { edits: [], unresolved: [{ path: configPath ?? path, offset: 0, length: 0, message, cure }] };
}

async function convert(one: MochaPackage, tree: TreeView, { params }: RecipeContext): Promise<Converted> {
  const layout = await testLayout(one, tree);
  const vite = await viteFiles(one, tree);
  const surrounding = await surroundingsOf(one, tree, layout);
  const isUnread = one.configPath !== undefined && !isRead(one);
  const newPath = within(one.folder, vite.configName);
  const scripts = rewrittenScripts(one, layout);
  const manifest = changedManifest(one, {
    gone: mochas,
    scripts: scripts.changed,
    added: [],
    vitest: params.vitest ?? '',
    field: one.configPath === one.path && !isUnread ? 'mocha' : undefined,
    kept: surrounding.isStillUsed ? new Set(['mocha', '@types/mocha']) : new Set(),
  });
  const options = optionsOf(one, layout, surrounding);
  const at = (path: string) => ({ path, offset: 0, length: 0 });
  const unresolved: TreeUnresolved[] = [
    ...options.left.map(({ written, ...rest }) => ({ ...at(newPath), ...rest, evidence: written })),
    ...(isUnread ? [{ ...at(one.configPath ?? ''), ...unread }] : []),
    ...(vite.hasVitestConfig ? [{ ...at(one.path), ...alreadyThere }] : []),
    ...scripts.left.map(({ name, message, cure }) => ({
      path: one.path,
      ...placeOf(manifest, scripts.changed[name] ?? name),
      message,
      cure,
    })),
    ...surrounding.unresolved,
  ];
  const style = await codeStyleOf(tree, one.folder);
  const parts = { test: options.test, coverage: [], aliases: [], define: [], plugins: [], viteConfig: vite.viteConfig };
  const edits: TreeEdit[] = [{ kind: 'write', path: one.path, text: manifest }];
  const isWritten = !vite.hasVitestConfig;
  if (isWritten) edits.push({ kind: 'write', path: newPath, text: vitestConfig(parts, style) });
  if (one.configPath !== undefined && one.configPath !== one.path && !isUnread)
    edits.push({ kind: 'remove', path: one.configPath });
  return { edits, unresolved: isWritten ? unresolved : unresolved.filter(({ path }) => path !== newPath) };
}

const unread = {
  message: 'This configuration is made by code, or of parts of others, and is not taken over.',
  cure: 'Write what the tests need of it into the new configuration, and remove it.',
};
const alreadyThere = {
  message: 'The package has a configuration of Vitest already, into which the options of Mocha are not written.',
  cure: 'Add a project for these tests: `test.projects`.',
};

function isRead({ config }: MochaPackage): boolean {
  return config?.object?.properties.every((property) => keyOf(property) !== undefined) === true;
}

function placeOf(manifest: string, script: string): { readonly offset: number; readonly length: number } {
  const written = JSON.stringify(script);
  return { offset: Math.max(0, manifest.indexOf(written)), length: written.length };
}

function optionsOf(one: MochaPackage, layout: TestLayout, surrounding: Surrounding): OptionsOut {
  const out: OptionsOut = { test: [], left: [] };
  const calls = Object.values(one.calls).flat();
  const seen = new Set<string>();
  const own = one.options.map((option) => ({ option, isOfScript: false }));
  const ofScripts = calls.flatMap((call) => call.options.map((option) => ({ option, isOfScript: true })));
  for (const { option, isOfScript } of [...own, ...ofScripts]) {
    const handler = Object.hasOwn(handlers, option.key) ? handlers[option.key] : undefined;
    const id = `${option.key} ${JSON.stringify(option.value)}`;
    // What a script can say to Vitest itself stays in the script.
    if (seen.has(id) || (isOfScript && handler?.words?.(option) !== undefined)) continue;
    seen.add(id);
    if (handler !== undefined) handler.config(option, out);
    else if (isNodeFlag(option.key)) nodeFlag(option.written, out);
    else
      out.left.push({
        message: `The option \`${option.key}\` is not known here.`,
        cure: 'See whether Vitest has one for it.',
        written: option.written,
      });
  }
  const isParallel = [...own, ...ofScripts].some(({ option }) => option.key === 'parallel' && option.value === true);
  for (const path of layout.missing)
    out.left.push({
      message: `There is no test at \`${path}\`.`,
      cure: 'Add it to `test.include` when it is there.',
      written: path,
    });
  return { left: out.left, test: [...frame(layout, surrounding, isParallel), ...setupsFirst(one, layout, out.test)] };
}

function nodeFlag(written: string, { test }: OptionsOut): void {
  const at = test.findIndex(({ key }) => key === 'execArgv');
  const known = test[at]?.value;
  const items = known?.kind === 'list' ? known.items : [];
  const flag = written
    .replace(/ /, '=')
    .replace(/^([^-])/, '--$1')
    .replace(/:\s*true,?$/, '');
  const value: Code = { kind: 'list', items: [...items, { value: text(flag) }] };
  if (at === -1) test.push({ key: 'execArgv', value });
  else test[at] = { key: 'execArgv', value };
}

/** One process in which all files share modules and globals, one after another, as Mocha has it. */
function frame(layout: TestLayout, { needsGlobals }: Surrounding, isParallel: boolean): readonly CodeEntry[] {
  const { include, exclude } = layout;
  return [
    ...(needsGlobals ? [{ key: 'globals', value: raw('true') }] : []),
    { key: 'include', value: texts(include) },
    ...(exclude.length === 0 ? [] : [{ key: 'exclude', value: texts(['**/node_modules/**', ...exclude]) }]),
    { key: 'pool', value: text('forks') },
    { key: 'isolate', value: raw('false') },
    ...(isParallel ? [] : [{ key: 'fileParallelism', value: raw('false') }]),
    {
      key: 'sequence',
      value: { kind: 'object', entries: [{ key: 'hooks', value: text('list') }], isOpen: false },
    },
  ];
}

function setupsFirst(one: MochaPackage, { setups }: TestLayout, test: readonly CodeEntry[]): readonly CodeEntry[] {
  const named = setupFiles(one, test);
  const all = [...named, ...setups.map((path) => `./${path}`).filter((path) => !named.includes(path))];
  const rest = test.filter(({ key }) => key !== 'setupFiles');
  return all.length === 0 ? rest : [{ key: 'setupFiles', value: texts(all) }, ...rest];
}
