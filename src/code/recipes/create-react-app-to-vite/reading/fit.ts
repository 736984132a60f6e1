import semver from 'semver';
import type { TreeView } from '../../../recipe.ts';
import { folderPath, within } from '../../../text/search-text.ts';
import type { RunnerPackage } from '../../../vitest/runner-packages.ts';
import { UnfitApplication } from './unfit-application.ts';

/** Packages that change what react-scripts does, and where they are told how. */
const overriders: Readonly<Record<string, string>> = {
  '@craco/craco': 'craco.config.js',
  'react-app-rewired': 'config-overrides.js',
  'customize-cra': 'config-overrides.js',
  '@rescripts/cli': '.rescriptsrc',
};

/** Throws where a package is not built as react-scripts builds by itself. */
export function checkFit({ path, dependencies }: RunnerPackage, has: (name: string) => boolean): void {
  for (const [name, config] of Object.entries(overriders))
    if (name in dependencies)
      throw new UnfitApplication(
        `${path} names ${name}, which changes what react-scripts does; what ${config} says is not read here. Take out of it what the application does without, commit that, and plan again without ${name}; or write a vite.config for it by hand.`,
      );
  const file = ['craco.config.js', 'craco.config.ts', 'config-overrides.js'].find(has);
  if (file !== undefined)
    throw new UnfitApplication(
      `${file} beside ${path} changes what react-scripts does, and is not read here. Remove it, with what is called by it, and plan again.`,
    );
  const range = dependencies['react-scripts'] ?? '';
  const lowest = semver.validRange(range) === null ? undefined : semver.minVersion(range);
  if (lowest == null)
    throw new UnfitApplication(
      `${path} names react-scripts as ${range}, which is no release of it. Name one, such as 5.0.1, see that the application works with it, and plan again.`,
    );
  if (lowest.major < 4)
    throw new UnfitApplication(
      `${path} names react-scripts ${range}, and what is known here holds from 4 on. Raise it first: \`godwit plan --upgrade react-scripts@5\`.`,
    );
  if ('vite' in dependencies)
    throw new UnfitApplication(
      `${path} has Vite beside react-scripts already. Take one of the two out of it, and plan again.`,
    );
  if (has('index.html'))
    throw new UnfitApplication(
      `index.html stands beside ${path}, where Vite wants the page that is in public/. Move it away, and plan again.`,
    );
  if (!has('public/index.html') || !['mjs', 'js', 'ts', 'tsx', 'jsx'].some((end) => has(`src/index.${end}`)))
    throw new UnfitApplication(
      `${path} names react-scripts, and public/index.html and src/index are not both beside it. Commit them, or take react-scripts out of this package.`,
    );
}

/** Throws where a tree was made by Create React App and is built by scripts of its own. */
export async function checkOthers(tree: TreeView): Promise<void> {
  for (const path of tree.paths.filter((one) => one === 'package.json' || one.endsWith('/package.json'))) {
    const config = within(folderPath(path), 'config/webpack.config.js');
    const text = (await tree.read(path))?.text ?? '';
    if (tree.paths.includes(config) && /"(react-dev-utils|babel-preset-react-app)"/.test(text))
      throw new UnfitApplication(
        `The application of ${path} is ejected: ${config} is its own, and can say anything. Compare it with that of react-scripts 5; where nothing differs, put react-scripts back, remove config/ and scripts/, and plan again.`,
      );
  }
}
