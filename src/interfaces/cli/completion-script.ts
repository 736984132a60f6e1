import { type Flag, flagsOf } from './flags.ts';
import type { Callable } from './parse-command-line.ts';
import { spelledName } from './spelled-name.ts';

const globals = ['--json', '--db', '--target', '--cwd', '--yes', '--no-color', '--quiet', '--verbose', '--help'];
/** Flags of every verb that take a value. */
const globalsWithValue = ['--db', '--target', '--cwd'];

/** A callable with the flags that stand beside its argument. */
type Flagged = { readonly callable: Callable; readonly flags: readonly Flag[] };

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
  const subcommands = groups.map((group) => {
    const own = callables.flatMap(({ name }) => (name.startsWith(`${group}/`) ? [name.split('/')[1] ?? ''] : []));
    return arm(group, own);
  });
  const takesPlan = callables.filter(({ argument }) => argument === 'plan').map(({ name }) => `'${spelledName(name)}'`);
  return `# bash completion for godwit; in zsh after: autoload -U bashcompinit && bashcompinit
_godwit() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" called='' words='' at word
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    case "$word" in
      ${withValue(all).join('|')}) ((at++)) ;;
      -*) ;;
      *)
        if [ -z "$called" ]; then called="$word"
        else case "$called" in ${groups.join('|')}) called="$called $word" ;; esac
        fi ;;
    esac
  done
  case "$called $prev" in
${[arm('plan --recipe', recipeIds), ...choiceArms(all)].join('\n')}
  esac
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$cur")); return; fi
  case "$prev" in --cwd|--out) COMPREPLY=($(compgen -d -- "$cur")); return ;; esac
  case "$cur" in
    -*)
      case "$called" in
${flagArms(all).join('\n')}
    *) words='${globals.join(' ')} --version' ;;
      esac
      COMPREPLY=($(compgen -W "$words" -- "$cur")); return ;;
  esac
  case "$called" in
${[arm('', names), ...subcommands, arm('recipe run', recipeIds)].join('\n')}
    ${takesPlan.join('|')})
      COMPREPLY=($(compgen -d -- "\${cur:-migrations/}")); return ;;
    *) COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o filenames -F _godwit godwit
`;
}

/** A branch of a `case`: these words are offered where that was called. */
function arm(called: string, words: readonly string[]): string {
  return `    '${called}') words='${words.join(' ')}' ;;`;
}

/** Flags after which a value stands. */
function withValue(all: readonly Flagged[]): readonly string[] {
  const own = all.flatMap(({ flags }) =>
    flags.flatMap(({ flag, kind }) => (kind === 'boolean' || kind === 'optional' ? [] : [flag])),
  );
  return [...new Set([...globalsWithValue, ...own, '--confirm'])].sort();
}

function flagArms(all: readonly Flagged[]): readonly string[] {
  return all.map(({ callable, flags }) => {
    const consent = callable.takesConsent === true ? ['--confirm'] : [];
    return arm(spelledName(callable.name), [...flags.map(({ flag }) => flag), ...consent, ...globals]);
  });
}

function choiceArms(all: readonly Flagged[]): readonly string[] {
  return all.flatMap(({ callable, flags }) =>
    flags.flatMap(({ flag, choices }) =>
      choices === undefined ? [] : [arm(`${spelledName(callable.name)} ${flag}`, choices)],
    ),
  );
}
