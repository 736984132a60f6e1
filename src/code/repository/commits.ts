import { fail } from '#core/error';
import { givenPaths } from './git.ts';
import type { Repository } from './repository.ts';
import { readStart, refOf, runFolder } from './tree-run.ts';

/** A step of a run, as its commit names it. */
export type StepName = { readonly runId: string; readonly stepId: string };

/** How commits are made. */
export type CommitOptions = {
  /** The message's first line, in which `{title}` stands for ours; the user's rules for messages may want another form. */
  readonly template: string;
  /** False passes the hooks of the repository by. */
  readonly runsHooks: boolean;
};

/** Hash of the commit that a step made, undefined where there is none. Looked for between the start of the run and HEAD. */
export async function commitOf(repository: Repository, step: StepName): Promise<string | undefined> {
  const start = await readStart(runFolder(repository, step.runId));
  if (start === undefined) return undefined;
  const format = '--format=%H%x00%(trailers:key=Godwit-Step,valueonly,separator=%x2C)';
  const listed = await repository.git.out(['log', format, `${start.head}..HEAD`]);
  const wanted = trailerOf(step);
  return listed
    .split('\n')
    .map((line) => line.split('\0'))
    .find(([, trailer]) => trailer?.split(',').includes(wanted))?.[0];
}

/**
 * Commits paths of the tree as the deed of a step; hooks of the repository run as for any commit. Resolves with the hash,
 * undefined where the paths are as in HEAD. Throws `command-failed` with the words of the hook that refuses, or git's own.
 */
export async function commitPaths(
  { git }: Repository,
  paths: readonly string[],
  commit: CommitOptions & { readonly step: StepName; readonly title: string; readonly isByHand?: boolean },
): Promise<string | undefined> {
  if (paths.length === 0) return undefined;
  const { words, input } = givenPaths(paths);
  await git.out(['add', '--all', ...words], { input });
  const staged = await git.try(['diff', '--cached', '--quiet', 'HEAD']);
  if (staged.exitCode === 0) return undefined;
  const byHand = commit.isByHand === true ? `Godwit-By-Hand: ${commit.step.stepId}\n` : '';
  const message = `${commit.template.replaceAll('{title}', () => commit.title)}\n\nGodwit-Step: ${trailerOf(commit.step)}\n${byHand}`;
  const hooks = commit.runsHooks ? [] : ['--no-verify'];
  const made = await git.try([...(await identity(git)), 'commit', '--quiet', ...hooks, '--file=-'], { input: message });
  if (made.exitCode !== 0) throw refused(commit.title, made);
  const hash = (await git.out(['rev-parse', 'HEAD'])).trim();
  // Whatever becomes of the branch.
  await git.out(['update-ref', refOf(commit.step.runId, 'tip'), hash]);
  return hash;
}

/** Keeps a commit under a ref of the run, so that it is found again whatever becomes of the branch. */
export async function keepCommit({ git }: Repository, runId: string, commit: string): Promise<string> {
  const ref = refOf(runId, `kept-${commit.slice(0, 12)}`);
  await git.out(['update-ref', ref, commit]);
  return ref;
}

/**
 * Keeps uncommitted changes of tracked files under a ref of the run; undefined where there are none. Files that are already as
 * the commit `wanted` has them are no changes of anybody: a way back there that failed in the middle has written them.
 */
export async function keepUncommitted(
  repository: Repository,
  runId: string,
  wanted = 'HEAD',
): Promise<string | undefined> {
  const { git } = repository;
  const changed = new Set(await repository.changedFiles());
  const others = wanted === 'HEAD' ? changed : await repository.changedFiles(wanted);
  if (![...others].some((path) => changed.has(path))) return undefined;
  const commit = (await git.out([...(await identity(git)), 'stash', 'create'])).trim();
  return commit === '' ? undefined : keepCommit(repository, runId, commit);
}

/** Makes index and tracked files as a commit has them, and HEAD's branch point there; folders of plans stay as they are. */
export async function resetTo({ git, prefix, plansFolder }: Repository, commit: string): Promise<void> {
  const notPlans = `:(exclude,top,literal)${prefix}${plansFolder}`;
  // The branch comes last: until it points there, the commit that is taken back can be found.
  await git.out(['restore', `--source=${commit}`, '--staged', '--worktree', '--', ':(top)', notPlans]);
  await git.out(['reset', '--quiet', '--soft', commit]);
}

function trailerOf({ runId, stepId }: StepName): string {
  return `${stepId} ${runId}`;
}

/** Whoever has told git no name (a container, a pipeline) commits as godwit. */
async function identity(git: Repository['git']): Promise<readonly string[]> {
  const known = await git.try(['var', 'GIT_COMMITTER_IDENT']);
  return known.exitCode === 0 ? [] : ['-c', 'user.name=godwit', '-c', 'user.email=godwit@localhost'];
}

function refused(title: string, { output, errors }: { readonly output: string; readonly errors: string }) {
  const said = `${output.trim()}\n${errors.trim()}`.trim().split('\n').slice(-15).join('\n');
  return fail('command-failed', {
    what: `The commit "${title}" was refused; its files are written, and not committed.`,
    why: said === '' ? 'git said nothing; a hook of the repository may have ended with an error.' : said,
    next: 'Mend what the hook asks for and run the same command again; or set `tree.commitMessage` for rules on messages, or `tree.hooks: false`, in godwit.config.',
  });
}
