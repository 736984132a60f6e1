import type { Repository } from './repository.ts';

/** Text of a file of the tree as a commit has it; undefined where it has none. `at` is what git takes for a commit. */
export async function committedText(
  { git, prefix }: Repository,
  path: string,
  at = 'HEAD',
): Promise<string | undefined> {
  const { exitCode, output } = await git.try(['cat-file', 'blob', `${at}:${prefix}${path}`]);
  return exitCode === 0 ? output : undefined;
}
