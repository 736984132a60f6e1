import { zeroSeparated } from '#code/repository/git';
import type { Repository } from '#code/repository/repository';
import type { Finding } from '#core/finding';

/** Git makes a worktree without the contents of submodules; what needs them is red there, and is not the upgrade's fault. */
export async function missingSubmodules({ git }: Repository): Promise<readonly Finding[]> {
  const listed = zeroSeparated(await git.out(['ls-files', '--stage', '-z']));
  // Mode 160000 is a commit of another repository: gitglossary(7), gitlink.
  const paths = listed.filter((line) => line.startsWith('160000 ')).map((line) => line.slice(line.indexOf('\t') + 1));
  return paths.map((path) => ({
    rule: 'rehearsal/submodule-empty',
    severity: 'warning',
    message: `${path} is a submodule, and empty in the rehearsal: what needs it is red there, before and after.`,
    cure: 'Look at what the gate says when you apply: there the submodule is as it is in your tree.',
    object: path,
  }));
}
