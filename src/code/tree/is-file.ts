import { statSync } from 'node:fs';

/** True for a file that is there, also behind a link. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
