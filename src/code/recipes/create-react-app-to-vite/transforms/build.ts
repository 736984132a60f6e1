import { isCommandFile, isWorkflow } from '../../../command-files.ts';
import { codeStyleOf } from '../../../engine/code-style.ts';
import type { TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { editJson, withoutMember } from '../../../text/edit-json.ts';
import { withValueAt } from '../../../text/insert-member.ts';
import { within } from '../../../text/search-text.ts';
import { reachedBy } from '../reading/aliases.ts';
import { type CraApplication, craApplications, isTest, majorOf } from '../reading/cra-application.ts';
import { lintScript } from '../reading/lint-script.ts';
import { macros } from '../reading/macros.ts';
import { baseOf } from '../reading/public-path.ts';
import { reactScript, testCalls } from '../reading/react-script.ts';
import { settingsOf } from '../reading/settings.ts';
import { type SetupProxy, setupProxyOf } from '../reading/setup-proxy.ts';
import { UnfitApplication } from '../reading/unfit-application.ts';
import { fetchSetup, fetchSetupOf } from '../writing/fetch-setup.ts';
import { jestOptions } from '../writing/jest-options.ts';
import { settingsLeft } from '../writing/settings-left.ts';
import { viteConfig } from '../writing/vite-config.ts';

/** The configuration of Vite, and scripts. */
export const build: TreeTransform = {
  kind: 'tree',
  id: 'build',
  why: 'What react-scripts does by itself is said in vite.config: where the build goes and from where it is served, the port, the proxy, names of variables, names that `baseUrl` explains (Vite, Config; Create React App, Advanced Configuration).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const application of await craApplications(tree)) {
      const done = await convert(application, tree);
      edits.push(...done.edits);
      unresolved.push(...done.unresolved);
    }
    return { edits, unresolved };
  },
};

type Converted = { readonly edits: readonly TreeEdit[]; readonly unresolved: readonly TreeUnresolved[] };

async function convert(one: CraApplication, tree: TreeView): Promise<Converted> {
  const { fields, folder, manifest, dependencies } = one;
  const name = `vite.config.${manifest.type === 'module' ? '' : 'm'}${one.isTypescript ? 'ts' : 'js'}`;
  const path = within(folder, name);
  const other = one.files.find((file) =>
    /^vite\.config\.[cm]?[jt]s$/.test(file.slice(folder === '.' ? 0 : folder.length + 1)),
  );
  if (other !== undefined) throw new UnfitApplication(`${other} is there already. Remove it, and plan again.`);
  const settings = await settingsOf(one, tree);
  const reached = await reachedBy(one, tree);
  const setup = await setupOf(one, tree);
  const react = dependencies.react;
  const style = await codeStyleOf(tree, folder);
  const fetched = isTested(one) ? await fetchSetupOf(one, { tree, style }) : undefined;
  const text = viteConfig(
    {
      base: baseOf(fields.homepage),
      readsBase: await holds(one, tree, /\bimport\.meta\.env\.BASE_URL\b/),
      hasSvgComponents: await holds(one, tree, /\.svg\?react['"`]/),
      hasMacros: await holds(one, tree, macros),
      isClassicJsx: isBefore(react, 17),
      aliases: reached.aliases,
      endings: reached.endings,
      hasImages: one.files.some((file) =>
        /\/src\/.*\.(svg|avif|bmp|gif|jpe?g|png|ico|webp|woff2?|ttf|eot)$/i.test(`/${file}`),
      ),
      proxy: typeof fields.proxy === 'string' ? fields.proxy : undefined,
      setupProxy: setup === undefined || setup.proxy.kind === 'left' ? undefined : setup.proxy,
      settings,
    },
    style,
  );
  const scripts = scriptsOf(
    one,
    settings.some((setting) => setting.name === 'TSC_COMPILE_ON_ERROR'),
  );
  const edits: TreeEdit[] = [
    { kind: 'write', path, text },
    {
      kind: 'write',
      path: one.path,
      text: manifestText(one, { scripts: scripts.changed, isFetching: fetched !== undefined }),
    },
    ...(fetched === undefined ? [] : [{ kind: 'write' as const, path: within(folder, fetchSetup), text: fetched }]),
    ...(await commandEdits(testScripts(manifest.scripts), tree)),
    ...(setup?.proxy.kind === 'proxy' ? [{ kind: 'remove' as const, path: setup.path }] : []),
  ];
  return { edits, unresolved: [...setupLeft(setup), ...proxyLeft(one), ...scripts.left, ...settingsLeft(settings)] };
}

/** Workflows, images and the like that call a script which tests. */
async function commandEdits(names: readonly string[], tree: TreeView): Promise<readonly TreeEdit[]> {
  const edits: TreeEdit[] = [];
  for (const path of tree.paths.filter((one) => isWorkflow(one) || isCommandFile(one))) {
    const text = (await tree.read(path))?.text;
    if (text === undefined) continue;
    const made = testCalls(text, names);
    if (made !== text) edits.push({ kind: 'edit', path, edits: [{ offset: 0, length: text.length, text: made }] });
  }
  return edits;
}

function isBefore(range: string | undefined, major: number): boolean {
  const found = majorOf(range);
  return found !== undefined && found < major;
}

async function holds({ sources }: CraApplication, tree: TreeView, pattern: RegExp): Promise<boolean> {
  for (const path of sources) if (pattern.test((await tree.read(path))?.text ?? '')) return true;
  return false;
}

type Setup = { readonly path: string; readonly proxy: SetupProxy };

async function setupOf({ folder, dependencies }: CraApplication, tree: TreeView): Promise<Setup | undefined> {
  const path = within(folder, 'src/setupProxy.js');
  const text = (await tree.read(path))?.text;
  if (text === undefined) return undefined;
  return { path, proxy: setupProxyOf(path, text, majorOf(dependencies['http-proxy-middleware'])) };
}

function setupLeft(setup: Setup | undefined): readonly TreeUnresolved[] {
  if (setup?.proxy.kind !== 'left') return [];
  const { node } = setup.proxy;
  return [
    {
      path: setup.path,
      offset: node.getStart(),
      length: node.getWidth(),
      message: 'This asks more of its argument than `use`: react-scripts gives it Express, and Vite has connect.',
      cure: 'Write entries of `server.proxy`, or a plugin with configureServer; then remove the file.',
    },
  ];
}

function proxyLeft({ fields, path, text }: CraApplication): readonly TreeUnresolved[] {
  if (fields.proxy === undefined || typeof fields.proxy === 'string') return [];
  return [
    {
      path,
      offset: Math.max(0, text.indexOf('"proxy"')),
      length: '"proxy"'.length,
      message: 'The field `proxy` is an object, which react-scripts does not take any more.',
      cure: 'Write entries of `server.proxy`, and remove the field.',
    },
  ];
}

const eject = 'react-scripts eject';

function scriptsOf({ manifest, path, isTypescript, sources, dependencies }: CraApplication, isLenient: boolean) {
  const changed: Record<string, string> = {};
  const left: TreeUnresolved[] = [];
  const tested = testScripts(manifest.scripts);
  const isWidened = sources.some((one) => one.endsWith('.jsx')) && (majorOf(dependencies.eslint) ?? 8) < 9;
  for (const [name, script] of Object.entries(manifest.scripts)) {
    if (script.trim() === eject) continue;
    const made = reactScript(script, { isChecked: isTypescript && !isLenient });
    const called = testCalls(made?.script ?? script, tested);
    const whole = isWidened ? lintScript(called) : called;
    if (whole !== script) changed[name] = whole;
    for (const flag of made?.left ?? [])
      left.push({
        path,
        offset: 0,
        length: 0,
        message: `\`${flag}\` of the script ${name} has no counterpart, and was left away.`,
        cure: 'See whether the configuration of Vite or Vitest has an option for it.',
      });
  }
  return { changed, left };
}

/** Names of the scripts that only test. */
function testScripts(scripts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(scripts).flatMap(([name, script]) => (/react-scripts\b.*\stest\b/.test(script) ? [name] : []));
}

/** Without tests, nothing comes to run them. */
function isTested({ sources, manifest }: CraApplication): boolean {
  return sources.some(isTest) || testScripts(manifest.scripts).length > 0;
}

/** Scripts, and for the time until the tests are converted a configuration of Jest that says what react-scripts says. */
function manifestText(
  one: CraApplication,
  { scripts, isFetching }: { readonly scripts: Readonly<Record<string, string>>; readonly isFetching: boolean },
): string {
  let now = one.text;
  const set = (keys: readonly string[], from: string | undefined, to: string): void => {
    const edited = editJson(now, { keys, from, to });
    if (typeof edited === 'string') now = edited;
  };
  for (const [name, script] of Object.entries(scripts)) set(['scripts', name], one.manifest.scripts[name], script);
  for (const [name, script] of Object.entries(one.manifest.scripts))
    if (script.trim() === eject) now = withoutMember(now, ['scripts', name]);
  if (!isTested(one)) return now;
  const group = one.manifest.dependencies['react-scripts'] === undefined ? 'devDependencies' : 'dependencies';
  set([group, 'jest'], one.dependencies.jest, one.dependencies.jest ?? '27');
  if (isFetching)
    set([group, 'whatwg-fetch'], one.dependencies['whatwg-fetch'], one.dependencies['whatwg-fetch'] ?? '^3.6.20');
  return withValueAt(now, {
    keys: ['jest'],
    value: jestOptions(one, isFetching ? [`<rootDir>/${fetchSetup}`] : []),
  });
}
