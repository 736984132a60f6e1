import type { AllowedCommand } from './allowed-command.ts';
import { findFault } from './find-fault.ts';
import { gitCommands } from './git-commands.ts';

/** `-l -a` as `la`; what takes a value stands after it. */
const letters = (text: string): readonly string[] => [...text].map((letter) => `-${letter}`);

/** Programs of the project that read it and say something, as npx and its kind call them. */
const checkers = [
  'tsc',
  'vue-tsc',
  'vitest',
  'jest',
  'mocha',
  'ava',
  'tap',
  'eslint',
  'biome',
  'oxlint',
  'prettier',
  'tsd',
  'svelte-check',
];
const checking =
  /^(tests?|unit|lint|build|compile|types?|type-?check|check|tsc|verify|spec|format:check)([:.-][\w:.-]+)?$/;

const scriptFault = (rest: readonly string[]): string | undefined => {
  const name = rest.filter((word) => !word.startsWith('-'))[1];
  return name !== undefined && checking.test(name)
    ? undefined
    : 'Of scripts, those that test, lint, build and check types are run (test, lint, build, types, check …, also `test:unit`).';
};

const readers: readonly AllowedCommand[] = [
  { program: 'ls', flags: [...letters('laA1RhtrSdFp'), '--all', '--recursive'], words: 'places' },
  { program: 'cat', flags: letters('nbs'), words: 'files' },
  { program: 'head', flags: [...letters('qv'), '-n=', '-c=', '-#', '--lines=', '--bytes='], words: 'files' },
  { program: 'tail', flags: [...letters('qv'), '-n=', '-c=', '-#', '--lines=', '--bytes='], words: 'files' },
  { program: 'wc', flags: [...letters('lwcmL'), '--lines', '--words'], words: 'files' },
  { program: 'nl', flags: ['-b=', '-w=', '-s='], words: 'files' },
  { program: 'sort', flags: [...letters('nrufbhVgsc'), '-k=', '-t=', '--unique', '--reverse'], words: 'files' },
  { program: 'uniq', flags: [...letters('cdui'), '-f=', '-s=', '-w=', '--count'], words: 'files', wordsMax: 1 },
  { program: 'cut', flags: ['-s', '-d=', '-f=', '-c=', '-b=', '--complement', '--output-delimiter='], words: 'files' },
  { program: 'tr', flags: letters('dsct'), words: 'texts', wordsMax: 2 },
  {
    program: 'grep',
    flags: [
      ...letters('nivclLwxEFohHqs'),
      '-A=',
      '-B=',
      '-C=',
      '-m=',
      '-e=',
      '-#',
      '--ignore-case',
      '--count',
      '--line-number',
    ],
    words: 'pattern-and-files',
  },
  {
    program: 'sed',
    flags: ['-n'],
    words: 'pattern-and-files',
    fault: (rest) =>
      rest.includes('-n') && /^\d+(,(\d+|\$))?p$/.test(rest.find((word) => word !== '-n') ?? '')
        ? undefined
        : 'Of sed only `sed -n A,Bp FILE` is taken, which shows lines. Change files with `edit`.',
  },
  { program: 'diff', flags: [...letters('ubwBiqy'), '-U=', '-W='], words: 'files', wordsMax: 2 },
  { program: 'find', flags: [], words: 'places', fault: findFault },
  { program: 'echo', flags: [], words: 'texts' },
  { program: 'basename', flags: [], words: 'texts' },
  { program: 'dirname', flags: [], words: 'texts' },
  { program: 'pwd', flags: [], words: 'texts', wordsMax: 0 },
  { program: 'true', flags: [], words: 'texts', wordsMax: 0 },
  { program: 'false', flags: [], words: 'texts', wordsMax: 0 },
];

const ofProject: readonly AllowedCommand[] = [
  {
    program: 'node',
    flags: ['--check', '-c', '--version', '-v'],
    words: 'files',
    wordsMax: 1,
    fault: (rest) =>
      rest.some((word) => word.startsWith('-'))
        ? undefined
        : 'Of node only `--check FILE`, `--test` and `--version` are taken.',
  },
  {
    program: 'node',
    subcommands: ['--test'],
    flags: ['--test-only', '--test-name-pattern=', '--test-reporter='],
    words: 'texts',
    need: 'project-code',
  },
  {
    program: 'npm',
    subcommands: ['ls', 'list'],
    flags: ['-a', '--all', '--depth=', '--json', '-p', '--parseable', '--omit='],
    words: 'texts',
    need: 'project-code',
  },
  { program: 'npm', subcommands: ['--version', '-v'], flags: [], words: 'texts', wordsMax: 0 },
  ...['npm', 'pnpm', 'yarn'].flatMap((program): readonly AllowedCommand[] => [
    {
      program,
      subcommands: ['test', 't'],
      flags: ['-s', '--silent', '-w=', '--workspace=', '--workspaces', '--if-present', '-r'],
      words: 'texts',
      need: 'project-code',
    },
    {
      program,
      subcommands: ['run', 'run-script'],
      flags: ['-s', '--silent', '-w=', '--workspace=', '--workspaces', '--if-present', '-r'],
      words: 'texts',
      need: 'project-code',
      fault: scriptFault,
    },
  ]),
  {
    program: 'npx',
    subcommands: checkers,
    flags: ['*'],
    words: 'texts',
    need: 'project-code',
    first: ['--no-install'],
  },
  { program: 'pnpm', subcommands: ['exec'], flags: ['*'], words: 'texts', need: 'project-code', fault: execFault },
  { program: 'yarn', subcommands: checkers, flags: ['*'], words: 'texts', need: 'project-code' },
  { program: 'pytest', flags: ['*'], words: 'texts', need: 'project-code' },
  ...['python', 'python3'].map(
    (program): AllowedCommand => ({
      program,
      subcommands: ['-m'],
      flags: ['*'],
      words: 'texts',
      need: 'project-code',
      fault: (rest) =>
        /^(pytest|unittest)$/.test(rest[1] ?? '')
          ? undefined
          : 'Of Python only `-m pytest` and `-m unittest` are taken.',
    }),
  ),
];

function execFault(rest: readonly string[]): string | undefined {
  return checkers.includes(rest[1] ?? '') ? undefined : `After exec comes one of: ${checkers.join(', ')}.`;
}

/** All that may be run; what does not stand here is refused. */
export const allowedCommands: readonly AllowedCommand[] = [...readers, ...gitCommands, ...ofProject];

/** The list as a model is told it. */
export const allowedNames: string = describe(allowedCommands);

function describe(rows: readonly AllowedCommand[]): string {
  const names = new Map<string, Set<string>>();
  for (const { program, subcommands = [] } of rows) {
    const known = names.get(program) ?? new Set();
    for (const one of subcommands) known.add(one);
    names.set(program, known);
  }
  return [...names]
    .map(([program, subcommands]) => (subcommands.size === 0 ? program : `${program} (${[...subcommands].join(', ')})`))
    .join(', ');
}
