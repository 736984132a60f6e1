import { copyFile, lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { zeroSeparated } from '#code/repository/git';
import type { Repository } from '#code/repository/repository';
import type { Finding } from '#core/finding';

/**
 * Copies files of a tree that git does not hold, e.g. `.env`, to where it is rehearsed: a worktree has only what is committed.
 * `patterns` are those of git from the tree (`.env`, `config/*.local.json`, `certificates/**`). Nobody but the user may read
 * the copies more than the originals, and nothing of what is in them is told. Resolves with what was not copied, and why.
 */
export async function copyUntracked(
  { git }: Repository,
  copy: string,
  patterns: readonly string[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const pattern of patterns) {
    const listed = await git.out(['ls-files', '--others', '-z', '--', `:(glob)${pattern}`], { what: notRead(pattern) });
    const paths = zeroSeparated(listed);
    if (paths.length === 0) findings.push(nothing(pattern));
    for (const path of paths) {
      if ((await lstat(join(git.root, path))).isFile()) await copyOne(git.root, { copy, path });
      else findings.push(noFile(path));
    }
  }
  return findings;
}

async function copyOne(root: string, { copy, path }: { readonly copy: string; readonly path: string }): Promise<void> {
  const to = join(copy, path);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(join(root, path), to);
}

function nothing(pattern: string): Finding {
  return {
    rule: 'rehearsal/nothing-to-copy',
    severity: 'warning',
    message: `tree.rehearse.copy names ${pattern}, and there is no such file that git does not track.`,
    cure: 'What git tracks is in the rehearsal anyway; else make the file, or mend the name in godwit.config.',
    object: pattern,
  };
}

function noFile(path: string): Finding {
  return {
    rule: 'rehearsal/not-copied',
    severity: 'warning',
    message: `${path} was not copied for the rehearsal: it is a symbolic link or a repository of its own.`,
    cure: 'Name the file that it leads to, where that is in the tree.',
    object: path,
  };
}

function notRead(pattern: string): string {
  return `The files that tree.rehearse.copy names (${pattern}) cannot be listed.`;
}
