import type { RunProcess } from '../process/run-process.ts';
import type { Unknown } from '../snapshot.ts';
import { jsonOf } from '../text/read-data.ts';
import type { Check } from './check.ts';
import { lintConfigProbe } from './lint-config-probe.ts';
import { type LintConfigs, lintConfigsSchema } from './lint-config-schema.ts';

/** How the tree's ESLint is asked. */
export type AskLintConfigs = {
  /** Absolute. */
  readonly root: string;
  readonly checks: readonly Check[];
  /** Sources by path from the root, sorted. */
  readonly sources: readonly string[];
  readonly run: RunProcess;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
};

/** Of each folder and ending so many files are sampled, and so many of a package in all. */
const perGroup = 2;
const filesMax = 60;

/**
 * Asks the ESLint of each package that is linted with it what it makes of sampled files: rules, globals, parser, settings,
 * ignored or not. Its own API answers what `--print-config` prints. Where it cannot be asked, why is said.
 */
export async function lintConfigsOf(
  { root, checks, sources, run, env, timeoutMs }: AskLintConfigs,
  signal: AbortSignal,
): Promise<{ readonly lintConfigs: readonly LintConfigs[]; readonly unknown: readonly Unknown[] }> {
  const lintConfigs: LintConfigs[] = [];
  const unknown: Unknown[] = [];
  for (const check of checks) {
    const command = check.kind === 'lint' ? check.commands.find(({ tool }) => tool?.id === 'eslint') : undefined;
    if (command === undefined) continue;
    const files = sampled(sources, check.in);
    if (files.length === 0) continue;
    const request = JSON.stringify({ files, flags: flagsOf(command.tool?.args ?? []) });
    const cwd = check.in === '.' ? root : `${root}/${check.in}`;
    const ran = await run({ command: ['node', '-e', lintConfigProbe, request], cwd, env, timeoutMs }, signal);
    const answer = lintConfigsSchema.omit({ in: true }).safeParse(jsonOf(ran.output));
    if (ran.exitCode === 0 && answer.success) lintConfigs.push({ in: check.in, ...answer.data });
    else
      unknown.push({
        what: `the configuration of ESLint in ${check.in}`,
        why: ran.errors.split('\n').slice(0, 3).join(' '),
      });
  }
  return { lintConfigs, unknown };
}

/** Files of every folder and ending of a package, the first of each. */
export function sampled(sources: readonly string[], folder: string): readonly string[] {
  const own = folder === '.' ? sources : sources.filter((path) => path.startsWith(`${folder}/`));
  const groups = new Map<string, string[]>();
  for (const path of own.map((one) => (folder === '.' ? one : one.slice(folder.length + 1)))) {
    const key = `${path.slice(0, path.lastIndexOf('/') + 1)} ${/(\.(test|spec|d))?\.\w+$/.exec(path)?.[0] ?? ''}`;
    const group = groups.get(key) ?? [];
    if (group.length < perGroup && !/(^|\/)eslint\.config\.|(^|\/)\.eslintrc\./.test(path))
      groups.set(key, [...group, path]);
  }
  return [...groups.values()].flat().sort().slice(0, filesMax);
}

function flagsOf(args: readonly string[]) {
  const valuesOf = (...names: readonly string[]): readonly string[] =>
    args.flatMap((arg, at) => {
      const name = names.find((one) => arg === one || arg.startsWith(`${one}=`));
      if (name === undefined) return [];
      const value = arg === name ? args[at + 1] : arg.slice(name.length + 1);
      return value === undefined ? [] : [value];
    });
  const endings = valuesOf('--ext').flatMap((value) =>
    value.split(',').map((one) => `.${one.trim().replace(/^\./, '')}`),
  );
  return {
    rulesdir: valuesOf('--rulesdir'),
    ext: endings.length === 0 ? ['.js'] : endings,
    env: valuesOf('--env').flatMap((value) => value.split(',')),
    ignorePath: valuesOf('--ignore-path')[0],
    config: valuesOf('-c', '--config')[0],
    lookup: !args.includes('--no-eslintrc'),
  };
}
