import { baseName } from '../../../text/search-text.ts';

const namesMax = 5;

/** `lib/x.js is x.cjs, lib/y.js is y.cjs`, of many the first. Pure. */
export function renamedNames(paths: readonly string[], placeOf: (path: string) => string): string {
  const shown = paths.slice(0, namesMax).map((path) => `${path} is ${baseName(placeOf(path))}`);
  const more = paths.length > namesMax ? ` and ${paths.length - namesMax} more have another name` : '';
  return `${shown.join(', ')}${more}`;
}
