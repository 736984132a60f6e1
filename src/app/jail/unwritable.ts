import { isLockFile } from '#code/install/files-changed';
import { isSecretPath } from './secret-files.ts';

/** Why a file is not written by somebody who is not trusted, and what to do instead. */
export type WriteFault = { readonly why: string; readonly instead: string };

const otherLocks =
  /(^|\/)(poetry\.lock|pipfile\.lock|uv\.lock|pdm\.lock|cargo\.lock|go\.sum|composer\.lock|gemfile\.lock|deno\.lock|packages\.lock\.json)$/i;
/** They run elsewhere, with credentials of their own, as soon as somebody pushes. */
const delivery =
  /^(\.github\/(workflows|actions)\/|\.gitlab-ci|\.gitlab\/|\.circleci\/|\.buildkite\/|\.woodpecker|\.drone|\.travis\.yml|\.ci\/|\.teamcity\/|\.forgejo\/|\.gitea\/|jenkinsfile|azure-pipelines|\.azure-pipelines\/|bitbucket-pipelines|appveyor|\.appveyor|cloudbuild|buildspec)/i;
/** They run on the machine of whoever opens the project or commits to it, or tell assistants what to do. */
const opening =
  /(^|\/)(\.husky|\.githooks|\.vscode|\.idea|\.devcontainer|\.claude|\.cursor|\.gemini|\.codex|\.zed|\.fleet)\/|(^|\/)(\.mcp\.json|\.pre-commit-config\.yaml|lefthook\.ya?ml|\.lefthook\.ya?ml|\.lintstagedrc[^/]*|\.pnpmfile\.c?js|\.cursorrules|\.windsurfrules)$/i;
/** What git does with files, and which it does not see. */
const ofGit = /(^|\/)\.(gitignore|gitattributes|gitmodules|gitconfig|mailmap)$/i;
/** Of these a plan, an approval or a run consists. */
const ofPlans = /(^|\/)(plan\.json|approval\.json|journal\.ndjson)$/i;

const byPerson = 'Say what has to change there, and let the person do it.';

type Kept = { readonly is: (path: string) => boolean; readonly because: string; readonly instead: string };

/** What is not written, the first that fits. */
const kept: readonly Kept[] = [
  {
    is: isSecretPath,
    because: 'files of this name hold credentials',
    instead: 'Name the setting, and let the person put it in.',
  },
  {
    is: (path) => isLockFile(path.toLowerCase()) || otherLocks.test(path),
    because: 'lock files are made by the package manager',
    instead: 'Change what asks for the package; godwit installs with `godwit plan --upgrade`.',
  },
  { is: (path) => delivery.test(path), because: 'it runs with credentials of a build server', instead: byPerson },
  {
    is: (path) => opening.test(path),
    because: 'it runs, or is obeyed, on the machine of whoever opens the project',
    instead: byPerson,
  },
  { is: (path) => ofGit.test(path), because: 'it decides what git does with other files', instead: byPerson },
  {
    is: (path) => ofPlans.test(path),
    because: 'plans, approvals and runs consist of such files',
    instead: 'Plan again: `godwit plan`.',
  },
];

/** Undefined for a path from the top that may be written to. Pure; names are taken as a file system takes them that knows no case. */
export function writeFault(path: string): WriteFault | undefined {
  const found = kept.find(({ is }) => is(path));
  return found && { why: `${path} is not written: ${found.because}.`, instead: found.instead };
}
