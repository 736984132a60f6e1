import type { AllowedCommand } from './allowed-command.ts';

/**
 * In front of every command: nothing that a repository may have set is run, and no other repository is gone into. Inside of a
 * sandbox git does not even see such settings.
 */
const first = [
  '--no-pager',
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.pager=cat',
    'core.alternateRefsCommand=false',
    'diff.external=',
    'log.showSignature=false',
    'protocol.allow=never',
    'safe.bareRepository=explicit',
    'submodule.recurse=false',
    'diff.ignoreSubmodules=all',
    'color.ui=false',
  ].flatMap((setting) => ['-c', setting]),
];

const shaping = [
  ...[
    '-p',
    '-u',
    '--patch',
    '-s',
    '--no-patch',
    '--stat?',
    '--shortstat',
    '--numstat',
    '--name-only',
    '--name-status',
    '--summary',
  ],
  ...['-U=', '--unified=', '-w', '-b', '--ignore-all-space', '--ignore-space-change', '--ignore-blank-lines'],
  ...[
    '-M?',
    '--find-renames?',
    '--no-renames',
    '--minimal',
    '--patience',
    '--histogram',
    '--diff-filter=',
    '--relative',
    '--no-color',
  ],
];
const choosing = [
  ...[
    '-n=',
    '-#',
    '--max-count=',
    '--oneline',
    '--graph',
    '--all',
    '--branches',
    '--tags',
    '--decorate?',
    '--no-decorate',
    '--reverse',
  ],
  ...[
    '--since=',
    '--until=',
    '--after=',
    '--before=',
    '--author=',
    '--grep=',
    '-i',
    '--merges',
    '--no-merges',
    '--first-parent',
  ],
  ...[
    '--format=',
    '--pretty=',
    '--date=',
    '--abbrev-commit',
    '--no-abbrev-commit',
    '--skip=',
    '--topo-order',
    '--date-order',
  ],
];
/** Flags of `git log` with which it shows what stands in files. */
export const showingFlags = ['-p', '-u', '--patch', '-U', '--unified', '-w', '-b'];
/** A tag may name a file, and `git show` shows whatever a name leads to. */
const choosingOne = choosing.filter((flag) => !['--all', '--branches', '--tags'].includes(flag));
const noPrograms = ['--no-ext-diff', '--no-textconv'];

/** `%G?` and its like start a program that checks signatures. */
const formatFault = (rest: readonly string[]): string | undefined =>
  rest.some((word) => /%G/.test(word))
    ? 'A format with %G checks signatures, which starts another program.'
    : undefined;

/** They search the text as it is and not as it is shown, so that yes and no give a hidden value away piece by piece. */
const guessFault = (rest: readonly string[]): string | undefined => {
  const end = rest.indexOf('--');
  const flag = rest.slice(0, end === -1 ? rest.length : end).find((word) => /^(?:-[a-zA-Z]*[SG]|--pickaxe)/.test(word));
  return flag === undefined
    ? undefined
    : `${flag} searches what is hidden too. Search the files with the tool \`grep\`, and see what changed with \`git log -p -- FILE\`.`;
};

/** Lines by number: a pattern would search what is hidden too. */
const linesFault = (rest: readonly string[]): string | undefined => {
  const isByPattern = rest.some((word, at) => {
    const value = /^-[a-z]*L(.*)$/s.exec(word)?.[1];
    return value !== undefined && !/^\d*(?:,[+-]?\d*)?$/.test(value === '' ? (rest[at + 1] ?? '') : value);
  });
  return isByPattern
    ? 'With -L lines are named by number, as in -L 10,20. Search with the tool `grep`, which tells the numbers.'
    : undefined;
};

/** Commands of git that read. */
export const gitCommands: readonly AllowedCommand[] = [
  {
    program: 'git',
    subcommands: ['log'],
    flags: [...shaping, ...choosing],
    words: 'commits',
    first,
    behindSubcommand: noPrograms,
    fault: (rest) => formatFault(rest) ?? guessFault(rest),
  },
  {
    program: 'git',
    subcommands: ['show'],
    flags: [...shaping, ...choosingOne],
    words: 'commits',
    first,
    behindSubcommand: noPrograms,
    fault: (rest) => formatFault(rest) ?? guessFault(rest),
  },
  {
    program: 'git',
    subcommands: ['diff'],
    flags: [...shaping, '--staged', '--cached', '--merge-base', '--check'],
    words: 'commits',
    first,
    behindSubcommand: noPrograms,
    fault: guessFault,
  },
  {
    program: 'git',
    subcommands: ['status'],
    flags: ['-s', '--short', '-b', '--branch', '--porcelain?', '--long'],
    words: 'places',
    first,
    behindSubcommand: ['--ignore-submodules=all'],
  },
  {
    program: 'git',
    subcommands: ['ls-files'],
    flags: ['-c', '-m', '-d', '-o', '--others', '--modified', '--deleted', '--cached', '--exclude-standard'],
    words: 'places',
    first,
  },
  {
    program: 'git',
    subcommands: ['blame'],
    flags: ['-L=', '-w', '-s', '-e', '--date=', '-l'],
    words: 'files',
    wordsMax: 1,
    first,
    behindSubcommand: ['--no-textconv'],
    fault: linesFault,
  },
  {
    program: 'git',
    subcommands: ['shortlog'],
    flags: ['-s', '-n', '-e', '--summary', '--numbered', '--no-merges', '--since='],
    words: 'commits',
    first,
  },
  {
    program: 'git',
    subcommands: ['rev-parse'],
    flags: ['--short?', '--verify', '--abbrev-ref', '--show-toplevel', '--is-inside-work-tree'],
    words: 'commits',
    first,
  },
  {
    program: 'git',
    subcommands: ['rev-list'],
    flags: ['--count', '-n=', '-#', '--max-count=', '--all', '--since=', '--until=', '--no-merges'],
    words: 'commits',
    first,
  },
  { program: 'git', subcommands: ['merge-base'], flags: ['--is-ancestor'], words: 'commits', first },
  {
    program: 'git',
    subcommands: ['describe'],
    flags: ['--tags', '--always', '--long', '--abbrev='],
    words: 'commits',
    first,
  },
  {
    program: 'git',
    subcommands: ['branch', 'tag'],
    flags: ['-a', '-r', '-v', '-l', '--list', '--show-current'],
    words: 'texts',
    wordsMax: 0,
    first,
  },
  { program: 'git', subcommands: ['--version'], flags: [], words: 'texts', wordsMax: 0 },
];
