import type { TreeTransform } from '../../../recipe.ts';
import { type ConfigEdits, configEdits, place } from '../editing/config-edits.ts';
import { type Config, readConfigs, type Setting, settingsOf, textOf } from '../reading/configs.ts';
import { isOldModule } from '../reading/programs.ts';

type Left = { readonly key: string; readonly setting: Setting; readonly what: string; readonly cure: string };

const cures = {
  outFile: 'Have a bundler (esbuild, Rollup, Vite, webpack) write the one file.',
  module: 'Write ES modules or CommonJS, and have a bundler make of it what the pages load.',
} as const;

/** What only another tool can do from now on is said; 6.0 is asked to do it for the last time. */
export const keptFormats: TreeTransform = {
  kind: 'tree',
  id: 'old-formats',
  why: '`outFile` and the formats AMD, UMD, System and none are deprecated in 6.0 and gone in 7.0; 6.0 still writes them where `ignoreDeprecations` is "6.0" (release notes of 6.0, "Deprecated: amd, umd, and systemjs values of module", "Deprecated: outFile").',
  async transform(tree) {
    const edits = configEdits();
    const configs = await readConfigs(tree);
    const needs = new Map<Config, unknown>();
    for (const program of configs.programs) {
      const left = leftIn(program);
      if (left.length > 0) needs.set(program, '6.0');
      leave(edits, program, left, 'TypeScript 6.0 writes it for the last time, with `ignoreDeprecations`');
    }
    for (const config of configs.own)
      if (config.options.ignoreDeprecations === '5.0') edits.remove(config, 'ignoreDeprecations');
    place(edits, configs, { key: 'ignoreDeprecations', needs });
    return edits.result();
  },
};

/** What 7.0 cannot do any more is said, and `ignoreDeprecations` goes: there is nothing left that it would silence. */
export const goneFormats: TreeTransform = {
  kind: 'tree',
  id: 'old-formats',
  why: '`outFile` and the formats AMD, UMD, System and none do not exist in 7.0, nor does anything that `ignoreDeprecations` would silence (release notes of 6.0, "Preparing for TypeScript 7.0").',
  async transform(tree) {
    const edits = configEdits();
    const { programs, own } = await readConfigs(tree);
    for (const program of programs) leave(edits, program, leftIn(program), 'TypeScript 7.0 does not know it');
    for (const config of own) {
      for (const key of ['ignoreDeprecations', 'stableTypeOrdering'])
        if (config.options[key] !== undefined) edits.remove(config, key);
    }
    return edits.result();
  },
};

function leftIn(program: Config): readonly Left[] {
  const settings = settingsOf(program);
  const outFile = settings.get('outFile');
  const module = settings.get('module');
  const name = textOf(settings, 'module') ?? '';
  return [
    ...(outFile === undefined
      ? []
      : [{ key: 'outFile', setting: outFile, what: 'one file of all (`outFile`)', cure: cures.outFile }]),
    ...(module === undefined || !isOldModule(name)
      ? []
      : [{ key: 'module', setting: module, what: `modules in the format ${name}`, cure: cures.module }]),
  ];
}

function leave(edits: ConfigEdits, program: Config, left: readonly Left[], verdict: string): void {
  for (const { key, setting, what, cure } of left) {
    const isOwn = setting.from.isOwn;
    edits.leave(isOwn ? setting.from : program, isOwn ? key : undefined, {
      message: `${program.path} has the compiler write ${what}: ${verdict}.`,
      cure,
      symbol: key,
      evidence: 'Release notes of TypeScript 6.0, "Preparing for TypeScript 7.0".',
    });
  }
}
