import semver from 'semver';
import type { TreeView } from '../../../recipe.ts';
import { versionPlaces } from '../../../version-places/index.ts';
import { UnfitApplication } from './unfit-application.ts';

/** Ranges of what comes, which run on the Node of the tree. */
export type Versions = {
  readonly vite: string;
  readonly vitest: string;
  readonly pluginReact: string;
  readonly svgr: string;
};

type NamedNode = { readonly version: string; readonly path: string };

/** The lowest Node that a file of the tree names for running it; undefined where none does. */
export async function lowestNode(tree: TreeView): Promise<NamedNode | undefined> {
  let lowest: NamedNode | undefined;
  for (const place of versionPlaces.filter(({ isBuildTarget }) => isBuildTarget !== true))
    for (const path of tree.paths.filter((one) => place.isIn(one)))
      for (const { value } of place.find((await tree.read(path))?.text ?? '')) {
        const version = lowestOf(value);
        if (version !== undefined && (lowest === undefined || semver.lt(version, lowest.version)))
          lowest = { version, path };
      }
  return lowest;
}

const runsNew = '^20.19.0 || >=22.12.0';

/** The lowest that a text takes in; undefined where what it takes in runs the newest Vite, and where it names none. */
function lowestOf(value: string): string | undefined {
  const plain = value.trim().replace(/^v(?=\d)/, '');
  const [, major] = /^(\d+)(?:\.[x*])*(?:-[\w-]+)?$/.exec(plain) ?? [];
  const range = major ?? plain;
  if (semver.validRange(range) === null || semver.intersects(range, runsNew)) return undefined;
  return semver.minVersion(range)?.version;
}

/** Vite 7 runs on Node 20.19 and 22.12, Vite 6 on 18. https://vite.dev/guide */
export function versionsFor(node: NamedNode | undefined): Versions {
  if (node === undefined) return { vite: '^7.1.0', vitest: '^4.1.0', pluginReact: '^5.0.0', svgr: '^4.5.0' };
  if (semver.lt(node.version, '18.0.0'))
    throw new UnfitApplication(
      `${node.path} names Node ${node.version}, and Vite needs 18 or newer. Raise it first: \`godwit plan --upgrade node@22\`.`,
    );
  return { vite: '^6.3.5', vitest: '^3.2.4', pluginReact: '^4.5.0', svgr: '^4.5.0' };
}
