import { shellWord } from '#core/shell';
import type { Check, CheckOverrides } from '../gate/check.ts';
import type { DetectedChecks } from '../gate/detect-checks.ts';
import type { CheckKind } from '../gate/measurement.ts';
import type { Unknown } from '../snapshot.ts';
import { compileScript, djangoTestScript, unittestScript } from './python-scripts.ts';
import type { DjangoTests, PythonSnapshot } from './snapshot.ts';

/**
 * The checks of a Python tree with an interpreter: every file compiles, its types, its linter and its tests where it is set up
 * for them. A tool that the interpreter lacks is named and left out. What the configuration says instead counts. Pure.
 */
export function pythonChecks(
  { tools, djangoTests }: Pick<PythonSnapshot, 'tools' | 'djangoTests'>,
  {
    python,
    modules,
    overrides,
  }: { readonly python: string; readonly modules: readonly string[]; readonly overrides: CheckOverrides },
): DetectedChecks {
  const unknown: Unknown[] = [];
  const program = shellWord(python);
  const has = (name: string): boolean => {
    if (modules.includes(name)) return true;
    unknown.push({
      what: `the check ${name}`,
      why: `The tree is set up for ${name}, and ${python} does not have it installed.`,
    });
    return false;
  };
  const command = (id: string, words: string, shown: string): Check['commands'][number] => ({
    run: { kind: 'line', line: `${program} ${words}` },
    tool: { id, args: [] },
    shown,
  });
  const compiled = command('python-compile', `-c ${shellWord(compileScript)}`, 'python: compile every file');
  const typed = tools.includes('mypy') && has('mypy') ? [command('mypy', '-m mypy .', 'python -m mypy .')] : [];
  const own: Readonly<Record<CheckKind, readonly Check['commands'][number][]>> = {
    build: [],
    types: [compiled, ...typed],
    lint: tools.includes('ruff') && has('ruff') ? [command('ruff', '-m ruff check .', 'python -m ruff check .')] : [],
    test: testsOf({ tools, djangoTests }, { has, command }),
  };
  const checks = (['build', 'types', 'lint', 'test'] as const).flatMap((kind): readonly Check[] => {
    const line = overrides[kind];
    if (line === false) return [];
    if (line !== undefined) {
      return [
        {
          kind,
          in: '.',
          because: 'configuration',
          commands: [{ run: { kind: 'line', line }, tool: undefined, shown: line }],
        },
      ];
    }
    return own[kind].length === 0 ? [] : [{ kind, in: '.', because: 'the files of the tree', commands: own[kind] }];
  });
  return { checks, unknown };
}

type Spelling = {
  has(name: string): boolean;
  command(id: string, words: string, shown: string): Check['commands'][number];
};

function testsOf(
  { tools, djangoTests }: Pick<PythonSnapshot, 'tools' | 'djangoTests'>,
  { has, command }: Spelling,
): readonly Check['commands'][number][] {
  if (djangoTests !== undefined) {
    const [args, shown] = djangoWords(djangoTests);
    const words = ['-c', shellWord(djangoTestScript), ...args.map(shellWord)].join(' ');
    return has('django') ? [command('unittest', words, shown)] : [];
  }
  if (tools.includes('unittest')) return [command('unittest', `-c ${shellWord(unittestScript)}`, 'python -m unittest')];
  return tools.includes('pytest') && has('pytest') ? [command('pytest', '-m pytest -q', 'python -m pytest')] : [];
}

/** The arguments of `djangoTestScript`, and what somebody would type instead. */
function djangoWords(tests: DjangoTests): readonly [args: readonly string[], shown: string] {
  if (tests.by === 'program') return [['program', tests.program], `python ${tests.program}`];
  const { folder, settings } = tests;
  const inFolder = folder === '.' ? '' : ` in ${folder}`;
  const withSettings = settings === undefined ? '' : ` --settings=${settings}`;
  return [['settings', folder, settings ?? ''], `python -m django test${withSettings}${inFolder}`];
}
