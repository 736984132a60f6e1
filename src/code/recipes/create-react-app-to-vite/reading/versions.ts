import semver from 'semver';
import { type NamedNode, nodesOutside } from '../../../nodes-outside.ts';
import type { TreeView } from '../../../recipe.ts';
import { UnfitApplication } from './unfit-application.ts';

/** Ranges of what comes, which run on the Node of the tree. */
export type Versions = {
  readonly vite: string;
  readonly vitest: string;
  readonly pluginReact: string;
  readonly svgr: string;
};

const runsNew = '^20.19.0 || >=22.12.0';

/** The lowest Node that a file of the tree names for running it and that does not run the newest Vite; undefined where none does. */
export async function lowestNode(tree: TreeView): Promise<NamedNode | undefined> {
  return (await nodesOutside(tree, runsNew))[0];
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
