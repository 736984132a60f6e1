import { join } from 'node:path';
import type { Repository } from '#code/repository/repository';
import { untrackedLocks } from '#code/repository/untracked-locks';
import { isFile } from '#code/tree/is-file';
import type { Finding } from '#core/finding';

/** A worktree has no lock file that git does not track: what is installed there may be other versions than those of the tree. */
export async function missingLocks(repository: Repository, copy: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const path of await untrackedLocks(repository)) {
    if (isFile(join(copy, path))) continue;
    findings.push({
      rule: 'rehearsal/lock-not-copied',
      severity: 'warning',
      message: `${path} is in the tree, and git does not track it: the rehearsal installed without it, so that packages may have other versions there than here.`,
      cure: `Name it in \`tree.rehearse.copy\` of godwit.config (["${path}"]) and rehearse again, or commit it.`,
      object: path,
    });
  }
  return findings;
}
