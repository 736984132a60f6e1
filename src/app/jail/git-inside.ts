import { existsSync } from 'node:fs';
import { lstat, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '#code/process/run-process';
import { gitIn, zeroSeparated } from '#code/repository/git';
import type { SandboxNeed } from './choose-sandbox.ts';
import type { JailGiven } from './jail.ts';
import type { SandboxRequest } from './sandbox.ts';

/** How git is seen inside of a sandbox. */
export type GitInside = Pick<SandboxRequest, 'beside' | 'covered' | 'replaced'> & {
  /** Variables that take programs out of the settings, where these can be read. */
  readonly env: Readonly<Record<string, string>>;
};

const nothing: GitInside = { beside: [], covered: [], replaced: [], env: {} };

/**
 * Git as commands that read may see it: its folders, with settings that name no program, no other machine and no credential. Code of
 * the project does not see it at all, since what was once committed may hold what is covered now.
 */
export async function gitInside(
  given: JailGiven,
  { need, folder }: { readonly need: SandboxNeed; readonly folder: string },
): Promise<GitInside> {
  const own = join(given.root, '.git');
  const found = await lstat(own).catch(() => undefined);
  if (need === 'project-code')
    return found === undefined
      ? nothing
      : { ...nothing, covered: [{ path: own, kind: found.isDirectory() ? 'folder' : 'file' }] };
  const git = gitIn({ ...given, run: runProcess });
  const told = await git.try(['rev-parse', '--absolute-git-dir', '--path-format=absolute', '--git-common-dir']);
  if (told.exitCode !== 0) return nothing;
  const folders = await Promise.all(
    told.output
      .trim()
      .split('\n')
      .map((path) => realpath(path)),
  );
  const [gitDir = '', common = gitDir] = folders;
  const settings = join(folder, 'git-settings');
  await writeFile(settings, await harmlessSettings(git));
  const replaced = [join(common, 'config'), join(gitDir, 'config.worktree')].filter((path) => existsSync(path));
  return {
    beside: [...new Set(folders)].filter((path) => !path.startsWith(`${given.root}/`)),
    covered: ['godwit', 'hooks'].flatMap((name) => {
      const path = join(common, name);
      return existsSync(path) ? [{ path, kind: 'folder' } as const] : [];
    }),
    replaced: replaced.map((path) => ({ path, by: settings })),
    env: await withoutPrograms(git),
  };
}

const kept =
  /^(core\.(repositoryformatversion|filemode|bare|ignorecase|symlinks|autocrlf|eol|safecrlf|precomposeunicode|quotepath|abbrev)|extensions\.(objectformat|refstorage|partialclone|worktreeconfig|compatobjectformat|noop))$/;

/** The settings of a repository that say how it is stored. */
async function harmlessSettings(git: ReturnType<typeof gitIn>): Promise<string> {
  const listed = await git.out(['config', '--local', '--list', '-z', '--no-includes']);
  const lines = zeroSeparated(listed).flatMap((entry) => {
    const [name = '', value = 'true'] = entry.split('\n');
    const [section = '', key = ''] = name.split('.');
    return kept.test(name) && /^[\w.-]+$/.test(value) ? [`[${section}]\n\t${key} = ${value}\n`] : [];
  });
  return lines.join('');
}

/** Settings by which git starts a program for what stands in a file; an empty one starts none. */
const programs =
  /^(filter\..*\.(clean|smudge|process)|diff\..*\.(textconv|command)|merge\..*\.driver|core\.fsmonitor)$/i;

async function withoutPrograms(git: ReturnType<typeof gitIn>): Promise<Readonly<Record<string, string>>> {
  const listed = zeroSeparated(await git.out(['config', '--list', '-z', '--name-only', '--includes']));
  const settings = [...new Set(listed)].flatMap((name): readonly (readonly [string, string])[] => {
    if (/^filter\..*\.required$/i.test(name)) return [[name, 'false']];
    return programs.test(name) ? [[name, '']] : [];
  });
  const pairs = settings.flatMap(([name, value], at) => [
    [`GIT_CONFIG_KEY_${at}`, name],
    [`GIT_CONFIG_VALUE_${at}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}
