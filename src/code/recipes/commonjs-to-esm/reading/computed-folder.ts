import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';

/** The folder of a path that is put together: what a text begins with, or `path.join(__dirname, 'x', …)`. */
export function computedFolder(path: string, text: string): string | undefined {
  const own = folderPath(path);
  const lead = /^['"`](\.[^'"`$]*)/.exec(text)?.[1];
  if (lead !== undefined) return joined(own, lead.slice(0, lead.lastIndexOf('/') + 1));
  if (!/__dirname/.test(text)) return undefined;
  const parts = /__dirname\s*((?:,\s*['"][^'"]*['"]\s*)*)/.exec(text)?.[1] ?? '';
  const words = [...parts.matchAll(/['"]([^'"]*)['"]/g)].map(([, word]) => word ?? '');
  return joined(own, words.join('/'));
}
