import { usesOf } from '../../../engine/scope.ts';
import type { ModuleUse } from '../reading/module-uses.ts';
import type { ModuleWork } from './module-work.ts';

/**
 * Lets uses of an export stand for another export of the same module. A name that the user gave it stays where all of its uses
 * go along. What cannot get the name, because another thing has it here, is left.
 */
export function renameUses(work: ModuleWork, uses: readonly ModuleUse[], member: string): void {
  const going = new Set(uses.map(({ node }) => node.id()));
  for (const use of uses) {
    const { node, holder, binding } = use;
    const property = holder === undefined ? undefined : node.field('property');
    if (property != null) {
      work.edit(property, member);
      continue;
    }
    if (binding === undefined) continue;
    const isAlias = binding.local !== binding.imported;
    const isWhole = usesOf(binding.node).every((one) => going.has(one.id()));
    const name = work.nameFor(use, member, isAlias && isWhole ? binding.local : undefined);
    if (name === undefined) {
      work.leave(node, {
        message: `\`${node.text()}\` is to be \`${member}\`, and another thing has that name here.`,
        cure: `Import \`${member}\` under a name that is free, and use it here.`,
        symbol: binding.imported,
      });
      continue;
    }
    work.drop(use);
    if (name === node.text()) continue;
    work.edit(node, node.is('shorthand_property_identifier') ? `${node.text()}: ${name}` : name);
  }
}
