import { flagsWithValue, globalFlags, type Offered } from './completion-words.ts';
import type { Flag } from './flags.ts';

/**
 * A script that completes the command line in fish (https://fishshell.com/docs/current/completions.html): the same as in
 * bash, with the summaries beside. It calls nothing. Pure.
 */
export function fishCompletion({ all, names, groups, recipeIds, takesPlan }: Offered): string {
  const summaries = new Map(all.map(({ spelled, summary }) => [spelled, summary]));
  const verb = (called: string, word: string, spelled: string) =>
    `${when(called)} -a ${quoted(word)} -d ${quoted(summaries.get(spelled) ?? `Commands of ${spelled}`)}`;
  return `# fish completion for godwit
function __godwit_called
  set -l called ''
  set -l is_value 0
  for word in (commandline -opc)[2..-1]
    if test $is_value = 1
      set is_value 0
      continue
    end
    switch $word
      case ${flagsWithValue(all).join(' ')}
        set is_value 1
      case '-*'
      case '*'
        if test -z "$called"
          set called $word
        else if contains -- $called ${groups.map(({ group }) => group).join(' ')}
          set called "$called $word"
        end
    end
  end
  echo $called
end
function __godwit_is
  set -l called (__godwit_called)
  test "$called" = "$argv"
end
complete -c godwit -f
${[
  ...names.map((name) => verb('', name, name)),
  ...groups.flatMap(({ group, own }) => own.map((word) => verb(group, word, `${group} ${word}`))),
  ...globalFlags.map(
    ({ flag, takes, summary }) => `complete -c godwit ${optionOf(flag)}${takenBy(takes)} -d ${quoted(summary)}`,
  ),
  ...all.flatMap(({ spelled, flags }) => flags.map((flag) => flagLine(spelled, flag, recipeIds))),
  ...all
    .filter(({ takesConsent }) => takesConsent)
    .map(({ spelled }) => `${when(spelled)} -l confirm -x -d 'Say that what this gate asks for is done'`),
  ...takesPlan.map((spelled) => `${when(spelled)} -a '(for plan in migrations/*/; string trim -r -c / $plan; end)'`),
  `${when('recipe run')} -a ${quoted(recipeIds.join(' '))}`,
  ...all
    .filter(({ spelled, takesArgument }) => takesArgument && !takesPlan.includes(spelled))
    .map(({ spelled }) => `${when(spelled)} -F`),
].join('\n')}
`;
}

function when(called: string): string {
  return `complete -c godwit -n ${quoted(`__godwit_is ${called === '' ? "''" : called}`)}`;
}

function flagLine(spelled: string, { flag, kind, choices, summary }: Flag, recipeIds: readonly string[]): string {
  const words = flag === '--recipe' ? recipeIds : choices;
  const value =
    kind === 'boolean' || kind === 'optional'
      ? ''
      : words === undefined
        ? ' -r -F'
        : ` -x -a ${quoted(words.join(' '))}`;
  return `${when(spelled)} ${optionOf(flag)}${value} -d ${quoted(summary)}`;
}

function takenBy(takes: 'nothing' | 'word' | 'folder'): string {
  return takes === 'nothing' ? '' : takes === 'word' ? ' -x' : " -x -a '(__fish_complete_directories)'";
}

function optionOf(flag: string): string {
  return `-l ${flag.replace(/^--/, '')}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
