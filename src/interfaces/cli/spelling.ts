import { planNames } from '#app/plan-names';
import { pastableUrl } from '#app/target';
import type { Surroundings } from '#app/verb';
import { shellWord } from '#core/shell';
import { plansNamedIn, type Spelling } from './complete-commands.ts';
import type { Callable, Globals, Parsed } from './parse-command-line.ts';

type Call = Pick<Extract<Parsed, { readonly kind: 'call' }>, 'input'> & { readonly globals: Globals };

const withoutTarget = new Set(['explain', 'init', 'demo', 'recipe']);

/** How godwit was called, for the commands that `said`, its answer, names. Holds no credential. */
export async function spellingOf(
  { input, globals }: Call,
  {
    args,
    cwd,
    config,
    said,
    callables,
  }: Pick<Surroundings, 'cwd' | 'config'> & {
    readonly args: readonly string[];
    readonly said: string;
    readonly callables: readonly Callable[];
  },
): Promise<Spelling> {
  const plan = planIn(input);
  return {
    place: [
      ...(globals.target === undefined ? [] : ['--target', globals.target]),
      ...(globals.db === undefined ? [] : ['--db', pastableUrl(globals.db)]),
      ...(globals.cwd === undefined ? [] : ['--cwd', globals.cwd]),
    ],
    plan,
    names: await planNames(plansNamedIn(said), plan, { cwd, config }),
    called: ['godwit', ...calledWith(args).map(shellWord)].join(' '),
    withoutTarget,
    takesPlan: new Set(callables.filter(({ argument }) => argument === 'plan').map(({ name }) => name)),
  };
}

function planIn(input: unknown): string | undefined {
  const isRecord = typeof input === 'object' && input !== null && 'plan' in input;
  return isRecord && typeof input.plan === 'string' ? input.plan : undefined;
}

function calledWith(args: readonly string[]): readonly string[] {
  return args.map((arg, place) => {
    if (args[place - 1] === '--db') return pastableUrl(arg);
    return arg.startsWith('--db=') ? `--db=${pastableUrl(arg.slice('--db='.length))}` : arg;
  });
}
