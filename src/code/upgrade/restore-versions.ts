import { dependencyGroups } from '../snapshot.ts';
import { editJson, valueAt } from '../text/edit-json.ts';

/**
 * A package.json as it became, in which the packages that are named still have the versions that they had. What was
 * removed stays removed. Texts that are no JSON stay as they are. Pure.
 */
export function withVersionsOf(before: string, after: string, names: readonly string[]): string {
  let text = after;
  for (const group of dependencyGroups) {
    for (const name of names) {
      const keys = [group, name];
      const [to, from] = [valueAt(before, keys), valueAt(text, keys)];
      const edited = typeof to === 'string' && typeof from === 'string' ? editJson(text, { keys, from, to }) : text;
      if (typeof edited === 'string') text = edited;
    }
  }
  return text;
}
