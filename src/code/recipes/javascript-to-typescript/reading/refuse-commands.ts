import { UnfitTree } from '../../../engine/unfit-tree.ts';
import { readFileNames } from '../../../graph/read-file.ts';
import { resolve } from '../../../graph/resolve.ts';
import type { TreeView } from '../../../recipe.ts';
import { joined } from '../../../tree/tree-path.ts';
import { type PackageFacts, recordAt } from './package-facts.ts';
import type { Reaches } from './reaches.ts';

/** Throws UnfitTree for a command (`bin`) that loads what becomes TypeScript, and that Node could not start then. */
export async function refuseCommands(tree: TreeView, facts: PackageFacts, { index }: Reaches): Promise<void> {
  const { home, fields, candidates, stays, commands, running } = facts;
  const { bin } = recordAt(fields, 'directories');
  const folder = typeof bin === 'string' ? joined(home, bin) : undefined;
  if (folder !== undefined && candidates.some((path) => path.startsWith(`${folder}/`)))
    throw new UnfitTree(
      `Its commands are the files of ${folder} ("directories" of package.json), and would be TypeScript. Name each of them in "bin" first.`,
    );
  for (const path of new Set(commands.values())) {
    const isScript = /\.[cm]?jsx?$/.test(path);
    // What the compiler builds, or the bundler leaves, is no concern; nor what Node reads itself under its new name.
    if (candidates.includes(path) || stays.has(path)) continue;
    if (isScript && (running === 'node' || running === 'bundler')) continue;
    const text = tree.paths.includes(path) ? (await tree.read(path))?.text : undefined;
    if (text === undefined || !(isScript || /^#!.*\bnode\b/.test(text))) continue;
    const loaded = readFileNames(isScript ? path : `${path}.js`, text)
      .map((name) => resolve(path, name, index)?.target)
      .find((target) => target !== undefined && candidates.includes(target));
    if (loaded !== undefined)
      throw new UnfitTree(
        `Its command ${path} (bin) loads ${loaded}, which would be TypeScript, and is itself nothing that becomes TypeScript or is built: Node could not start it. Make it an ES module that is named .js or .mjs, in "bin" too, first.`,
      );
  }
}
