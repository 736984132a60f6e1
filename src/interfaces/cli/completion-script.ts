import { flagsOf } from './flags.ts';
import type { Callable } from './parse-command-line.ts';
import { spelledName } from './spelled-name.ts';

const globals = ['--json', '--db', '--target', '--cwd', '--yes', '--no-color', '--quiet', '--verbose', '--help'];
/** Flags of every verb that take a value. */
const globalsWithValue = ['--db', '--target', '--cwd'];

/**
 * A script that completes the command line in bash (https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html):
 * names of verbs, their flags, the values that a flag may have, plans of this folder, and files. It calls nothing. Pure.
 */
export function completionScript(callables: readonly Callable[], recipeIds: readonly string[]): string {
  const names = [...new Set(callables.map(({ name }) => name.split('/')[0] ?? name))];
  const groups = [...new Set(callables.flatMap(({ name }) => (name.includes('/') ? [name.split('/')[0] ?? ''] : [])))];
  const all = callables.map((callable) => ({
    callable,
    flags: flagsOf(callable.input).filter(({ field }) => field !== callable.argument),
  }));
  const valued = new Set([
    ...globalsWithValue,
    ...all.flatMap(({ flags }) =>
      flags.flatMap(({ flag, kind }) => (kind === 'boolean' || kind === 'optional' ? [] : [flag])),
    ),
    ...(callables.some(({ takesConsent }) => takesConsent === true) ? ['--confirm'] : []),
  ]);
  const subcommands = groups.map((group) => {
    const own = callables.flatMap(({ name }) => (name.startsWith(`${group}/`) ? [name.split('/')[1] ?? ''] : []));
    return `    ${group}) words='${own.join(' ')}' ;;`;
  });
  const flags = all.map(({ callable, flags: own }) => {
    const consent = callable.takesConsent === true ? ['--confirm'] : [];
    return `    '${spelledName(callable.name)}') words='${[...own.map(({ flag }) => flag), ...consent, ...globals].join(' ')}' ;;`;
  });
  const choices = all.flatMap(({ callable, flags: own }) =>
    own.flatMap(({ flag, choices: values }) =>
      values === undefined ? [] : [`    '${spelledName(callable.name)} ${flag}') words='${values.join(' ')}' ;;`],
    ),
  );
  const takesPlan = callables.filter(({ argument }) => argument === 'plan').map(({ name }) => `'${spelledName(name)}'`);
  return `# bash completion for godwit; in zsh after: autoload -U bashcompinit && bashcompinit
_godwit() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" called='' words='' at word
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    case "$word" in
      ${[...valued].sort().join('|')}) ((at++)) ;;
      -*) ;;
      *)
        if [ -z "$called" ]; then called="$word"
        else case "$called" in ${groups.join('|')}) called="$called $word" ;; esac
        fi ;;
    esac
  done
  case "$called $prev" in
    'plan --recipe') words='${recipeIds.join(' ')}' ;;
${choices.join('\n')}
  esac
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); return; fi
  case "$prev" in --cwd|--out) COMPREPLY=($(compgen -d -- "$cur")); return ;; esac
  case "$cur" in
    -*)
      case "$called" in
${flags.join('\n')}
    *) words='${globals.join(' ')} --version' ;;
      esac
      COMPREPLY=($(compgen -W "$words" -- "$cur")); return ;;
  esac
  case "$called" in
    '') words='${names.join(' ')}' ;;
${subcommands.join('\n')}
    ${takesPlan.join('|')})
      COMPREPLY=($(compgen -d -- "\${cur:-migrations/}")); return ;;
    'recipe run') words='${recipeIds.join(' ')}' ;;
    *) COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o filenames -F _godwit godwit
`;
}
