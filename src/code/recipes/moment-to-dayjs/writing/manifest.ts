import { editJson, valueAt, withoutMember } from '../../../text/edit-json.ts';
import { isRecord, jsonOf } from '../../../text/read-data.ts';

/** The range of Day.js that is written; the lowest version in it is the one that was measured. */
export const dayjsRange = '^1.11.23';

const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** A package.json with Day.js where moment is, and without moment where nothing uses it any more. Pure. */
export function changedManifest(before: string, { isGone }: { readonly isGone: boolean }): string {
  let text = before;
  for (const group of groups) {
    if (valueAt(text, [group, 'moment']) === undefined) continue;
    if (valueAt(text, [group, 'dayjs']) === undefined) {
      const edited = editJson(text, { keys: [group, 'dayjs'], from: undefined, to: dayjsRange });
      if (typeof edited === 'string') text = edited;
    }
    if (isGone) text = withoutMember(text, [group, 'moment']);
  }
  return text;
}

/** The range of Day.js that a package has already. */
export function dayjsDeclared(manifest: string): string | undefined {
  const read = jsonOf(manifest);
  for (const group of groups) {
    const members = isRecord(read) ? read[group] : undefined;
    if (isRecord(members) && typeof members.dayjs === 'string') return members.dayjs;
  }
  return undefined;
}
