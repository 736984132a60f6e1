import type { RunProcess } from '../process/run-process.ts';
import type { Unknown } from '../snapshot.ts';
import { readText } from '../text/read-text.ts';
import { linkTargets } from '../tree/link-targets.ts';
import { walkTree } from '../tree/walk.ts';
import type { SourceTree } from './recipe-run.ts';

/** How a tree is listed. */
export type DiskTreeOptions = {
  /** Absolute. */
  readonly root: string;
  readonly runProcess: RunProcess;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
};

const gitTimeoutMs = 60_000;

/**
 * The files of a folder that recipes may look at: those that git tracks or would, where it is a git working tree, else all;
 * without what others made (node_modules, builds, caches), links, and repositories within. What was passed over is said.
 */
export async function diskTree({ root, runProcess, env, signal }: DiskTreeOptions): Promise<SourceTree> {
  const walk = await walkTree(root, signal);
  const known = await knownToGit(root, { runProcess, env, signal });
  const paths = known === undefined ? walk.files : walk.files.filter((path) => known.has(path));
  return {
    paths,
    passedOver: [...walk.unknown, ...linksSaid(walk.links), ...ignoredSaid(walk.files.length - paths.length)],
    links: await linkTargets(root, walk.links),
    async read(path) {
      signal.throwIfAborted();
      const answer = await readText(root, path);
      return answer.kind === 'text' ? { text: answer.text } : { why: answer.why };
    },
    async installed(path) {
      const answer = await readText(root, path);
      return answer.kind === 'text' ? answer.text : undefined;
    },
  };
}

/** Undefined outside of a git working tree, or where git is not installed. */
async function knownToGit(
  root: string,
  { runProcess, env, signal }: Omit<DiskTreeOptions, 'root'>,
): Promise<ReadonlySet<string> | undefined> {
  const command = ['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'] as const;
  const { exitCode, output } = await runProcess({ command, cwd: root, env, timeoutMs: gitTimeoutMs }, signal);
  return exitCode === 0 ? new Set(output.split('\0')) : undefined;
}

function linksSaid(links: readonly string[]): readonly Unknown[] {
  if (links.length === 0) return [];
  return [{ what: listed(links), why: 'A symbolic link; what it leads to is looked at where it stands.' }];
}

function ignoredSaid(count: number): readonly Unknown[] {
  return count === 0 ? [] : [{ what: `${count} files`, why: 'git ignores them.' }];
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
