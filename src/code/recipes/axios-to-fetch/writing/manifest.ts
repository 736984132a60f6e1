import type { TreeEdit } from '../../../recipe.ts';
import { valueAt, withoutMember } from '../../../text/edit-json.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';
import { joined } from '../../../tree/tree-path.ts';

/** Takes axios out of a package.json, and a group that is empty then. Pure. */
export function withoutAxios(folder: string, before: string): readonly TreeEdit[] {
  let text = before;
  for (const group of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    if (valueAt(text, [group, 'axios']) === undefined) continue;
    text = withoutMember(text, [group, 'axios']);
    const rest = membersOf(text, group);
    if (rest !== undefined && Object.keys(rest).length === 0) text = withoutMember(text, [group]);
  }
  return text === before ? [] : [{ kind: 'write', path: joined(folder, 'package.json'), text }];
}

function membersOf(text: string, group: string): Readonly<Record<string, unknown>> | undefined {
  const manifest = jsonOf(text);
  const members = isRecord(manifest) ? manifest[group] : undefined;
  return isRecord(members) ? members : undefined;
}
