import { runProcess } from '#code/process/run-process';
import { gitIn, zeroSeparated } from '#code/repository/git';
import { walkTree } from '#code/tree/walk';
import { isSecretPath } from './secret-files.ts';

/** Files of a tree that may be seen. */
export type Visible = {
  /** From the top of the tree, sorted. */
  readonly files: readonly string[];
  /** How many are left out because their names say that they hold credentials. */
  readonly secret: number;
  /** The rule by which they were chosen, as a sentence. */
  readonly rule: string;
};

type Given = {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

const byGit =
  'The files that git tracks or would track (.gitignore is respected), without those that hold credentials.';
const byName =
  'There is no repository of git here: all files but those in hidden folders, in folders of dependencies and builds, and those that hold credentials.';

/**
 * The files below a folder (or the file of that path) that may be seen: git decides, and where it cannot, names do. Without
 * `below` only the rule is told.
 */
export async function visibleFiles({ root, env, signal }: Given, below: string | undefined): Promise<Visible> {
  const git = gitIn({ root, env, run: runProcess, signal });
  const own = ['-c', 'core.fsmonitor=false', '-c', 'core.untrackedCache=false'];
  const inside = await git.try([...own, 'rev-parse', '--is-inside-work-tree']);
  const isRepository = inside.exitCode === 0 && inside.output.trim() === 'true';
  if (below === undefined) return { files: [], secret: 0, rule: isRepository ? byGit : byName };
  if (!isRepository) {
    const { files } = await walkTree(root, signal);
    const shown = files.filter((path) => !/(^|\/)\.[^/]+\//.test(path) && isBelow(path, below));
    return withoutSecrets(shown, byName);
  }
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const listed = await git.out([...own, ...listing, '--', `:(literal)${below}`], {
    what: 'The files cannot be listed.',
  });
  // A repository inside of this one is listed as a folder.
  return withoutSecrets(
    zeroSeparated(listed).filter((path) => !path.endsWith('/')),
    byGit,
  );
}

function withoutSecrets(files: readonly string[], rule: string): Visible {
  const all = [...new Set(files)];
  const shown = all.filter((path) => !isSecretPath(path));
  return { files: shown.toSorted(), secret: all.length - shown.length, rule };
}

function isBelow(path: string, below: string): boolean {
  return below === '.' || path === below || path.startsWith(`${below}/`);
}
