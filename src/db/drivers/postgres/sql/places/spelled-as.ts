import { sourceText } from '../source-text.ts';
import { scanTokens } from '../syntax-tree.ts';

/** A name as an identifier: in quotes where it has to be, or where the one that it replaces was. */
export function spelledAs(name: string, replaced: string): string {
  const isPlain = /^[a-z_][a-z0-9_$]*$/.test(name) && scanTokens(sourceText(name))[0]?.isReserved !== true;
  return isPlain && !replaced.startsWith('"') ? name : `"${name.replaceAll('"', '""')}"`;
}
