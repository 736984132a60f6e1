import { flagsWithValue, globalFlags, type Offered } from './completion-words.ts';

const globals = globalFlags.map(({ flag }) => flag);

/**
 * A script that completes the command line in bash (https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html):
 * names of verbs, their flags, the values that a flag may have, plans of this folder, and files. It calls nothing. Pure.
 */
export function completionScript({ all, names, groups, recipeIds, takesPlan }: Offered): string {
  const grouped = groups.map(({ group }) => group);
  const subcommands = groups.map(({ group, own }) => arm(group, own));
  return `# bash completion for godwit; in zsh after: autoload -U bashcompinit && bashcompinit
_godwit() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" called='' words='' at word
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    case "$word" in
      ${flagsWithValue(all).join('|')}) ((at++)) ;;
      -*) ;;
      *)
        if [ -z "$called" ]; then called="$word"
        else case "$called" in ${grouped.join('|')}) called="$called $word" ;; esac
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
    ${takesPlan.map((spelled) => `'${spelled}'`).join('|')})
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

function flagArms(all: Offered['all']): readonly string[] {
  return all.map(({ spelled, flags, takesConsent }) => {
    const consent = takesConsent ? ['--confirm'] : [];
    return arm(spelled, [...flags.map(({ flag }) => flag), ...consent, ...globals]);
  });
}

function choiceArms(all: Offered['all']): readonly string[] {
  return all.flatMap(({ spelled, flags }) =>
    flags.flatMap(({ flag, choices }) => (choices === undefined ? [] : [arm(`${spelled} ${flag}`, choices)])),
  );
}
