import { findNodeAtLocation, parseTree } from 'jsonc-parser';

const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * A package.json as it became, in which the packages that are named still have the versions that they had. What was
 * removed stays removed. Texts that are no JSON stay as they are. Pure.
 */
export function withVersionsOf(before: string, after: string, names: readonly string[]): string {
  let text = after;
  for (const group of groups) {
    for (const name of names) {
      const was = findNodeAtLocation(parseTree(plain(before)) ?? empty, [group, name])?.value;
      const node = findNodeAtLocation(parseTree(plain(text)) ?? empty, [group, name]);
      if (typeof was !== 'string' || node === undefined || node.value === was) continue;
      const at = node.offset + (text.length - plain(text).length);
      text = text.slice(0, at) + JSON.stringify(was) + text.slice(at + node.length);
    }
  }
  return text;
}

const empty = { type: 'object', offset: 0, length: 0 } as const;

function plain(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
