import type { SourceTree } from '#code/engine/recipe-run';
import type { Finding } from '#core/finding';

/**
 * What the files of a tree mention, in the order of their paths. `texts` are those that were read already; a file that
 * cannot be read mentions nothing. Throws the reason of `signal` on abort.
 */
export async function mentionsInTree(
  tree: SourceTree,
  find: (path: string, text: string) => readonly Finding[],
  { texts, signal }: { readonly texts: ReadonlyMap<string, string>; readonly signal: AbortSignal },
): Promise<readonly Finding[]> {
  const mentions: Finding[] = [];
  for (const path of tree.paths) {
    signal.throwIfAborted();
    const known = texts.get(path);
    const answer = known === undefined ? await tree.read(path) : { text: known };
    if ('text' in answer) mentions.push(...find(path, answer.text));
  }
  return mentions;
}
