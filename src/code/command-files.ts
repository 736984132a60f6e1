/** True for workflows and actions of GitHub, Gitea and Forgejo. */
export function isWorkflow(path: string): boolean {
  return /^\.(github|gitea|forgejo)\/(workflows|actions)\/.+\.ya?ml$/.test(path);
}

/** True for other files of commands: images, Makefiles, other services, hooks and scripts of the shell. */
export function isCommandFile(path: string): boolean {
  return /(^|\/)([^/]*Dockerfile[^/]*|Makefile|Procfile|\.gitlab-ci\.yml|\.travis\.yml|[^/]+\.sh)$|^\.husky\/[^/]+$/.test(
    path,
  );
}

/** True for files in which commands stand that no person types: the two before, and what other services and containers run. */
export function isCommandPlace(path: string): boolean {
  return (
    isWorkflow(path) ||
    isCommandFile(path) ||
    /(^|\/)(\.circleci\/.+\.ya?ml|(Container|Vagrant|Just)file|justfile|Jenkinsfile|azure-pipelines[\w.-]*\.ya?ml|\.?appveyor\.ya?ml|bitbucket-pipelines\.yml|\.?devcontainer\.json|(docker-)?compose(\.[\w.-]+)?\.ya?ml)$/.test(
      path,
    ) ||
    /(^|\/)(makefile|GNUmakefile|[^/]+\.(mk|bash|zsh|ps1)|\.envrc|Taskfile\.ya?ml|buildspec[\w.-]*\.ya?ml|(amplify|cloudbuild|render|\.woodpecker|\.drone)\.ya?ml|\.gitlab\/.+\.ya?ml|netlify\.toml)$/.test(
      path,
    )
  );
}

/** True for a line of a workflow that is for people: a comment, the name of a step. */
export function isSpoken(line: string): boolean {
  return /^\s*(#|(- )?name:)/.test(line);
}

/** Where a command ends: at the line's end, at an operator of the shell, or at the quote around it. */
const end = '(?=[ \\t]*(?:\\r?$|&&|\\|\\||[;|"\'\\\\]))';
const start = '(?<=^|[\\s"\'&|;(])';

/** Every place of a text at which a command is called, the source of whose pattern is given. */
export function commandPattern(command: string): RegExp {
  return new RegExp(`${start}${command}${end}`, 'gm');
}
