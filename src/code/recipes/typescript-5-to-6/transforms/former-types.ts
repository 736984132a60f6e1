import type { TreeTransform, TreeView } from '../../../recipe.ts';
import { configEdits, place } from '../editing/config-edits.ts';
import { type Config, readConfigs, settingsOf } from '../reading/configs.ts';
import { hoistedTypes } from '../reading/manifests.ts';
import { homeOfProgram } from '../reading/programs.ts';

/** The packages of types that were taken in by themselves are named. */
export const formerTypes: TreeTransform = {
  kind: 'tree',
  id: 'former-types',
  why: '`types` is now empty where nothing is said, and no longer everything below node_modules/@types (release notes of 6.0, "types now defaults to []").',
  async transform(tree) {
    const edits = configEdits();
    const configs = await readConfigs(tree);
    const needs = new Map<Config, unknown>();
    for (const program of configs.programs) {
      const settings = settingsOf(program);
      if (settings.has('types')) continue;
      // Folders of types of one's own hold what no package.json names.
      const types = settings.has('typeRoots') ? ['*'] : await namedTypes(tree, program);
      if (types.length > 0) needs.set(program, types);
    }
    place(edits, configs, { key: 'types', needs });
    return edits.result();
  },
};

/**
 * What the package of a program and those above it depend on; of what came with others only Node's types, which sources use
 * without naming them.
 */
async function namedTypes(tree: TreeView, program: Config): Promise<readonly string[]> {
  const { dependencies } = await homeOfProgram(tree, program);
  const direct = Object.keys(dependencies).flatMap((name) =>
    name.startsWith('@types/') ? [name.slice('@types/'.length)] : [],
  );
  const hoisted = (await hoistedTypes(tree)) ?? [];
  return [...new Set([...direct, ...hoisted.filter((name) => name === 'node')])].sort();
}
