import type { TreeView } from '../../../recipe.ts';
import { type Runner, type RunnerPackage, runnerPackages } from '../../../vitest/runner-packages.ts';
import { type MochaCall, mochaCalls } from './mocha-command.ts';
import { type MochaOption, optionsOfConfig } from './mocha-option.ts';

/** A package that is tested with Mocha, with all that it tells it. */
export type MochaPackage = RunnerPackage & {
  readonly options: readonly MochaOption[];
  /** By the names of the scripts. */
  readonly calls: Readonly<Record<string, readonly MochaCall[]>>;
  readonly ui: 'bdd' | 'tdd' | 'other';
};

const mocha: Runner = {
  name: 'mocha',
  configNames: [
    '.mocharc.js',
    '.mocharc.cjs',
    '.mocharc.mjs',
    '.mocharc.yaml',
    '.mocharc.yml',
    '.mocharc.jsonc',
    '.mocharc.json',
  ],
};

/** Reads every package of a tree that is tested with Mocha. */
export async function mochaPackages(tree: TreeView): Promise<readonly MochaPackage[]> {
  return (await runnerPackages(tree, mocha)).map((one) => {
    const options = one.config?.object === undefined ? [] : optionsOfConfig(one.config.object);
    const calls = Object.fromEntries(
      Object.entries(one.manifest.scripts).map(([name, script]) => [name, mochaCalls(script)] as const),
    );
    const all = [...options, ...Object.values(calls).flatMap((own) => own.flatMap((call) => call.options))];
    const named = new Set(all.filter(({ key }) => key === 'ui').map(({ value }) => String(value)));
    const [ui = 'bdd'] = named;
    return { ...one, options, calls, ui: named.size < 2 && (ui === 'bdd' || ui === 'tdd') ? ui : 'other' };
  });
}
