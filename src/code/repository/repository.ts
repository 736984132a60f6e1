import { hashOf } from '#core/canonical';
import { fail } from '#core/error';
import { type Git, type GitPlace, gitIn, zeroSeparated } from './git.ts';

/** A git repository with a working tree: what godwit asks of it. Reads only. */
export interface Repository {
  readonly git: Git;
  /** Git directory of this working tree (of a linked one, its own), absolute. */
  readonly gitDir: string;
  /** From the top of the repository to the tree: empty, or a path that ends with a slash. */
  readonly prefix: string;
  /** Folder from the tree in which plans stand, with slashes and without one at the end. */
  readonly plansFolder: string;
  /** Hash of the commit that HEAD is. */
  head(): Promise<string>;
  /** Short name of the branch that is checked out; undefined where HEAD is detached. */
  branch(): Promise<string | undefined>;
  /** Paths from the top of tracked files that differ from HEAD, or another commit, staged or not, anywhere in the repository; plans left out. */
  changedFiles(than?: string): Promise<readonly string[]>;
  /** Paths from the tree of its files that are neither tracked nor ignored, sorted; plans left out. */
  untrackedFiles(): Promise<readonly string[]>;
  /** Paths from the tree of all that git does not track, ignored or not: a folder of which it tracks nothing as one, with a slash. Plans left out. */
  untrackedPlaces(): Promise<readonly string[]>;
  /** Of these what git ignores, in the same form, sorted. */
  ignoredPlaces(): Promise<readonly string[]>;
  /** Plain files that git tracks below the tree, sorted; and what is tracked there and is none (links, submodules). Plans left out. */
  trackedFiles(): Promise<{ readonly files: readonly string[]; readonly others: readonly string[] }>;
  /** Paths from the tree of tracked files whose line ends are not those that git would write: a checkout would change them. */
  oddLineEnds(): Promise<readonly string[]>;
  /** SHA-256 over mode, blob and path of every file of HEAD below the tree; plans left out. */
  fingerprint(): Promise<string>;
}

/** Opens the repository around a tree, which may be a folder of it. Throws `no-repository` where there is none, or no commit yet. */
export async function openRepository(place: GitPlace, plansFolder: string): Promise<Repository> {
  const git = gitIn(place);
  const found = await git.try(['rev-parse', '--absolute-git-dir', '--is-inside-work-tree', '--show-prefix']);
  if (found.exitCode === 127) await git.out(['rev-parse']);
  const [gitDir = '', isInside, prefix = ''] = found.output.split('\n');
  if (found.exitCode !== 0 || isInside !== 'true') throw noRepository(place.root);
  const hasCommit = await git.try(['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (hasCommit.exitCode !== 0) throw noCommit(place.root);
  return repositoryOf(git, { gitDir, prefix, plansFolder });
}

function repositoryOf(git: Git, place: Pick<Repository, 'gitDir' | 'prefix' | 'plansFolder'>): Repository {
  const { prefix, plansFolder } = place;
  const notPlans = `:(exclude,top,literal)${prefix}${plansFolder}`;
  const others = async (...flags: readonly string[]): Promise<readonly string[]> =>
    zeroSeparated(await git.out(['ls-files', '--others', ...flags, '-z', '--', '.', notPlans]));
  return {
    git,
    ...place,
    head: async () => (await git.out(['rev-parse', 'HEAD'])).trim(),
    branch: async () => {
      const named = await git.try(['symbolic-ref', '--quiet', '--short', 'HEAD']);
      return named.exitCode === 0 ? named.output.trim() : undefined;
    },
    changedFiles: async (than = 'HEAD') => {
      // Refreshes what the index knows of times, so that a file that was only touched does not count as changed.
      await git.try(['update-index', '-q', '--refresh'], { env: { GIT_OPTIONAL_LOCKS: '1' } });
      return zeroSeparated(
        await git.out(['diff', than, '--name-only', '--no-renames', '-z', '--', ':(top)', notPlans]),
      );
    },
    untrackedFiles: async () => (await others('--exclude-standard')).toSorted(),
    untrackedPlaces: () => others('--directory'),
    ignoredPlaces: async () => (await others('--ignored', '--exclude-standard', '--directory')).toSorted(),
    trackedFiles: async () => {
      const listed = zeroSeparated(await git.out(['ls-files', '--stage', '-z', '--', '.', notPlans]));
      const isPlain = (line: string): boolean => line.startsWith('100');
      const paths = (lines: readonly string[]) => [...new Set(lines.map(pathOf))].sort();
      return { files: paths(listed.filter(isPlain)), others: paths(listed.filter((line) => !isPlain(line))) };
    },
    oddLineEnds: async () => {
      const autocrlf = (await git.try(['config', '--get', 'core.autocrlf'])).output.trim();
      const listed = zeroSeparated(await git.out(['ls-files', '--eol', '-z', '--', '.', notPlans]));
      return listed.filter((line) => isOdd(line, autocrlf === 'true')).map(pathOf);
    },
    fingerprint: async () => {
      const listed = zeroSeparated(await git.out(['ls-tree', '-r', '-z', 'HEAD']));
      return hashOf(listed.filter((line) => !pathOf(line).startsWith(`${plansFolder}/`)));
    },
  };
}

/** `i/lf    w/crlf  attr/text=auto      \t<path>`, as gitattributes(5) and git-ls-files(1) explain it. */
function isOdd(line: string, isAutocrlf: boolean): boolean {
  const found = /^i\/(\S+)\s+w\/(\S+)\s+attr\/([^\t]*)/.exec(line);
  const [, index = '', here = '', attributes = ''] = found ?? [];
  if (index === here || here === 'none' || here === '' || index === '-text') return false;
  const isText = !attributes.includes('-text') && (attributes.includes('text') || isAutocrlf);
  const isMadeCrlf = isText && (attributes.includes('eol=crlf') || (isAutocrlf && !attributes.includes('eol=lf')));
  return !(isMadeCrlf && here === 'crlf');
}

/** `100644 blob <hash>\t<path>` */
function pathOf(line: string): string {
  return line.slice(line.indexOf('\t') + 1);
}

function noRepository(root: string) {
  return fail('no-repository', {
    what: `${root} is not in a git repository.`,
    why: 'godwit changes a working tree only where every step is a commit that can be taken back.',
    next: 'Run `git init`, commit what is there, then plan again.',
  });
}

function noCommit(root: string) {
  return fail('no-repository', {
    what: `The repository of ${root} has no commit yet.`,
    why: 'There is nothing to which a rollback could return.',
    next: 'Commit what is there, then plan again.',
  });
}
