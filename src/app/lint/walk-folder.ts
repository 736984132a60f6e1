import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { compareNatural } from '#db/lint/folder/paths';

/** What is below a folder, by absolute paths with slashes. */
export type Walk = {
  readonly files: readonly string[];
  /** What was not gone into or could not be, and why. */
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
  /** The bound was hit: there may be more files than these. */
  readonly isCut: boolean;
};

const ignored = new Set(['node_modules', '.git', '.hg', '.svn', '.venv']);

/**
 * Lists the files below a folder, in natural order. Links are followed; each folder is gone into once, however many links
 * lead to it, for its files are listed already. Stops at `filesMax` files.
 */
export function walkFolder(
  top: string,
  { filesMax, signal }: { readonly filesMax: number; readonly signal: AbortSignal },
): Walk {
  const files: string[] = [];
  const passedOver: { path: string; why: string }[] = [];
  const seen = new Set<string>();
  const waiting = [top];
  while (waiting.length > 0) {
    signal.throwIfAborted();
    const folder = waiting.pop() ?? top;
    const entries = entriesOf(folder, seen);
    if (typeof entries === 'string') {
      passedOver.push({ path: folder, why: entries });
      continue;
    }
    const folders: string[] = [];
    for (const entry of entries) {
      const path = `${folder === '/' ? '' : folder}/${entry.name}`;
      const kind = kindOf(entry, path);
      if (kind === 'file' && files.length === filesMax) return { files, passedOver, isCut: true };
      if (kind === 'file') files.push(path);
      else if (kind === 'folder' && !ignored.has(entry.name)) folders.push(path);
      else if (kind === 'broken' && path.endsWith('.sql'))
        passedOver.push({ path, why: 'It is a link that leads to nothing that can be read.' });
    }
    waiting.push(...folders.reverse());
  }
  return { files, passedOver, isCut: false };
}

/** Entries in natural order, or why there are none. */
function entriesOf(folder: string, seen: Set<string>): readonly Dirent[] | string {
  try {
    const real = realpathSync(folder);
    if (seen.has(real)) return [];
    seen.add(real);
    return readdirSync(folder, { withFileTypes: true }).sort((one, other) => compareNatural(one.name, other.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return `The system says ${error.code}.`;
    throw error;
  }
}

function kindOf(entry: Dirent, path: string): 'file' | 'folder' | 'broken' | 'other' {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return 'other';
  try {
    const found = statSync(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    // Nothing is there, the link leads to itself, or what it leads to may not be seen.
    if (error instanceof Error && 'code' in error) return 'broken';
    throw error;
  }
}
