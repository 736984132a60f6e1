import type { TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { editJson, withoutMember } from '../../../text/edit-json.ts';
import { baseName, within } from '../../../text/search-text.ts';
import { type RunnerPackage, runnerPackages } from '../../../vitest/runner-packages.ts';
import { lintsAsReactApp } from '../reading/lint-config.ts';
import { macros } from '../reading/macros.ts';
import { manifestLeft } from '../reading/manifest-left.ts';
import { lowestNode, type Versions, versionsFor } from '../reading/versions.ts';

/** What react-scripts brought along comes by itself, where it is used. */
export const dependencies: TreeTransform = {
  kind: 'tree',
  id: 'dependencies',
  why: 'react-scripts brings its bundler, ESLint with its configuration, and PostCSS with Tailwind; without it each is a dependency of its own, in the same group, since who installs without the others builds with it.',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const one of await runnerPackages(tree, { name: 'react-scripts', configNames: [] })) {
      if (!('react-scripts' in one.dependencies)) continue;
      const { text, others } = await changed(one, tree);
      edits.push({ kind: 'write', path: one.path, text }, ...others);
      unresolved.push(...manifestLeft(one.path, text));
      const offset = Math.max(0, text.indexOf('"eslintConfig"'));
      if (await lintsAsReactApp(one, tree)) unresolved.push({ path: one.path, offset, length: 0, ...lint });
    }
    return { edits, unresolved };
  },
};

const lint = {
  message: 'react-scripts runs ESLint in every build, and Vite does not.',
  cure: 'Run `npx eslint src` in CI, by a script of its own.',
  isAdvice: true as const,
};

type Changed = { readonly text: string; readonly others: readonly TreeEdit[] };

async function changed(one: RunnerPackage, tree: TreeView): Promise<Changed> {
  const { folder, manifest } = one;
  const group = 'react-scripts' in manifest.dependencies ? 'dependencies' : 'devDependencies';
  const isTailwind = one.files.some(
    (path) => isBeside(path, one) && /^tailwind\.config\.[cm]?[jt]s$/.test(baseName(path)),
  );
  const hasPostcss = one.files.some(
    (path) => isBeside(path, one) && /^(postcss\.config\.\w+|\.postcssrc.*)$/.test(baseName(path)),
  );
  let text = one.text;
  const versions = versionsFor(await lowestNode(tree));
  const wanted = { ...(await toolsOf(one, tree, versions)), ...(isTailwind && !hasPostcss ? tailwind : {}) };
  for (const [name, range] of Object.entries(wanted)) {
    if (name in one.dependencies) continue;
    const edited = editJson(text, { keys: [group, name], from: undefined, to: range });
    if (typeof edited === 'string') text = edited;
  }
  for (const name of ['react-scripts', ...(await unusedOf(one, tree))])
    for (const place of ['dependencies', 'devDependencies'] as const)
      if (name in manifest[place]) text = withoutMember(text, [place, name]);
  if (/"proxy"\s*:\s*"/.test(text)) text = withoutMember(text, ['proxy']);
  const config = 'module.exports = {\n  plugins: {\n    tailwindcss: {},\n    autoprefixer: {},\n  },\n};\n';
  const path = within(folder, 'postcss.config.cjs');
  return { text, others: isTailwind && !hasPostcss ? [{ kind: 'write', path, text: config }] : [] };
}

const tailwind = { autoprefixer: '^10.4.0', tailwindcss: '^3.4.0' };

async function toolsOf(
  one: RunnerPackage,
  tree: TreeView,
  versions: Versions,
): Promise<Readonly<Record<string, string>>> {
  const texts = await Promise.all(
    one.files
      .filter((path) => /\/src\/.*\.[jt]sx?$/.test(`/${path}`))
      .map(async (path) => (await tree.read(path))?.text ?? ''),
  );
  const isTypescript = one.files.includes(within(one.folder, 'tsconfig.json'));
  return {
    '@vitejs/plugin-react': versions.pluginReact,
    vite: versions.vite,
    ...(texts.some((text) => macros.test(text)) ? { 'babel-plugin-macros': '^3.1.0' } : {}),
    ...(texts.some((text) => /\.svg\?react['"`]/.test(text)) ? { 'vite-plugin-svgr': versions.svgr } : {}),
    ...(isTypescript && texts.some((text) => /\bprocess\.env\b/.test(text)) ? { '@types/node': '^20.19.0' } : {}),
    ...((await lintsAsReactApp(one, tree)) ? { eslint: '^8.57.1', 'eslint-config-react-app': '^7.0.1' } : {}),
  };
}

/** What only `src/setupProxy.js` took, which is gone. */
async function unusedOf(one: RunnerPackage, tree: TreeView): Promise<readonly string[]> {
  const name = 'http-proxy-middleware';
  if (!(name in one.dependencies)) return [];
  for (const path of one.files.filter((file) => /\.[cm]?[jt]sx?$/.test(file)))
    if (((await tree.read(path))?.text ?? '').includes(name)) return [];
  return [name];
}

function isBeside(path: string, { folder }: RunnerPackage): boolean {
  return path === within(folder, baseName(path));
}
