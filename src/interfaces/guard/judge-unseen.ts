import { allow, type Judgement } from './judgement.ts';
import type { ShellCommand } from './shell-command.ts';

const shells = /^((ba|da|z|k|a|fi)?sh|source|\.)$/;
const languages = /^(node|deno|python[\d.]*|ruby|perl|php)$/;

/** Programs whose output is made for `eval`: settings of a shell. */
const settings =
  /^\s*(ssh-agent|(\S*\/)?brew|direnv|pyenv|rbenv|nodenv|goenv|fnm|mise|asdf|opam|starship|zoxide|dircolors|minikube|docker-machine|luarocks|conda|register-python-argcomplete|thefuck|fzf|atuin|keychain|gpg-agent|tput|resize)\b/;

/** Asks a person where a shell or a language runs what comes out of another command. */
export function judgeUnseen(command: ShellCommand, program: string, rest: readonly string[]): Judgement {
  if (!isToldUnseen(command, program, rest)) return allow;
  return {
    kind: 'ask',
    why: `What ${program} runs comes out of another command, and cannot be read before.`,
    instead: 'Put it in a file, read it, and call that.',
  };
}

function isToldUnseen({ isFedUnseen }: ShellCommand, program: string, rest: readonly string[]): boolean {
  if (program === 'eval') return isSubstituted(rest.join(' '));
  if (!shells.test(program) && !languages.test(program)) return false;
  if (rest.some((word) => word.startsWith('<(') && !/^<\(\s*(cat|echo|printf)\b/.test(word))) return true;
  const at = shells.test(program) ? rest.findIndex((word) => /^-[a-z]*c[a-z]*$/.test(word)) : -1;
  if (at >= 0 && isSubstituted(rest[at + 1] ?? '')) return true;
  return isFedUnseen && rest.every((word) => word.startsWith('-') && !/^-\w*[ce]/.test(word));
}

/** True where a command line begins with what another command says. */
function isSubstituted(line: string): boolean {
  const inner = /^\s*["']?(?:\$\(|`)([\s\S]*)/.exec(line)?.[1];
  return inner !== undefined && !settings.test(inner);
}
