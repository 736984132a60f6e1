import type { Forms } from '../deciding/forms.ts';
import type { Stay, Stays } from '../deciding/stays.ts';
import type { World } from '../deciding/world.ts';

const groupsMax = 3;

/** How many files are ES modules then, how many stay CommonJS, and by which files that is so. Pure. */
export function staysNote({
  stays,
  forms,
  world,
}: {
  readonly stays: Stays;
  readonly forms: Forms;
  readonly world: World;
}): string {
  const modules = `${counted(forms.size, 'file is an ES module', 'files are ES modules')} then`;
  if (stays.size === 0) return `${modules}, and none stays CommonJS.`;
  const groups = new Map<string, { count: number; readonly why: (count: number) => string }>();
  for (const [path, stay] of stays) {
    const root = rootOf(path, stay, stays);
    const isTool = world.toolFates.has(root.path) && root.stay.at === root.path;
    const key = isTool ? '' : root.path;
    const group = groups.get(key) ?? { count: 0, why: isTool ? toolWhy : (count: number) => fileWhy(count, root) };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const sorted = [...groups.values()].sort((one, other) => other.count - one.count);
  const shown = sorted.slice(0, groupsMax).map(({ count, why }) => why(count));
  const rest = sorted.slice(groupsMax).reduce((sum, { count }) => sum + count, 0);
  const more = rest === 0 ? '' : `; ${rest} for other reasons, which stand at their places`;
  return `${modules}, and ${counted(stays.size, 'stays', 'stay')} CommonJS: ${shown.join('; ')}${more}.`;
}

type Root = { readonly path: string; readonly stay: Stay };

/** The file that others stay for, as it requires them. */
function rootOf(path: string, stay: Stay, stays: Stays): Root {
  const seen = new Set([path]);
  let root: Root = { path, stay };
  for (let from = stay.from; from !== undefined && !seen.has(from); from = root.stay.from) {
    const next = stays.get(from);
    if (next === undefined) break;
    seen.add(from);
    root = { path: from, stay: next };
  }
  return root;
}

function toolWhy(count: number): string {
  return counted(count, 'is configuration of a tool', 'are configuration of tools');
}

function fileWhy(count: number, { path, stay: { why } }: Root): string {
  return count === 1 ? `${path}, as ${why}` : `${path} and ${count - 1} that it requires, as ${why}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
