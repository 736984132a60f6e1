/** Programs whose runs are only told by their exit code, and what makes them run once. */
const ends: Readonly<Record<string, readonly string[]>> = {
  'ng test': ['--watch=false'],
  'karma start': ['--single-run'],
};

/** Programs that need browsers, devices or a running application. They are not part of the gate. */
const endToEnd = /^(playwright test|cypress (run|open)|wdio|nightwatch|testcafe|codeceptjs|detox|ng e2e|cucumber-js)\b/;

/** What becomes of a command that no check tool reads: it is run so, or left out for a reason. */
export type SingleRun =
  | { readonly kind: 'run'; readonly args: readonly string[] }
  | { readonly kind: 'left-out'; readonly why: string };

/** Looks at the words of a command, its program first. `args` are all that follow the program. */
export function singleRun(words: readonly string[], kind: 'build' | 'types' | 'lint' | 'test'): SingleRun {
  const [program = '', ...args] = words;
  const said = [program.slice(program.lastIndexOf('/') + 1), ...args].join(' ');
  if (kind === 'test' && endToEnd.test(said))
    return { kind: 'left-out', why: 'It needs browsers or a running application.' };
  if (kind === 'lint' && args.some((arg) => /^--(fix|write|apply)(=true)?$/.test(arg)))
    return { kind: 'left-out', why: 'It would change files, and godwit does not know how to run it without that.' };
  const name = Object.keys(ends).find((start) => said === start || said.startsWith(`${start} `));
  const more = name === undefined ? [] : (ends[name] ?? []);
  const kept = args.filter((arg) => arg !== '--watch' && arg !== '--watch=true');
  return { kind: 'run', args: [...kept, ...more.filter((arg) => !kept.includes(arg))] };
}
