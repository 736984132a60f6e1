import type { TreeTransform } from '../../../recipe.ts';
import { configEdits, place, takeAway } from '../editing/config-edits.ts';
import { type Config, readConfigs, settingsOf, textOf } from '../reading/configs.ts';
import { isEmitting } from '../reading/programs.ts';

/** Options whose value TypeScript 7 does not know, and which say nothing any more once it is gone. */
const idle: Readonly<Record<string, (value: unknown) => boolean>> = {
  downlevelIteration: () => true,
  esModuleInterop: (value) => value === false,
  allowSyntheticDefaultImports: (value) => value === false,
  alwaysStrict: (value) => value === false,
};

const isEs5 = (value: unknown): boolean => typeof value === 'string' && /^es[35]$/i.test(value);

/** Options that have no meaning any more are taken out, and ES5 becomes ES2015, the lowest target that is left. */
export const removedOptions: TreeTransform = {
  kind: 'tree',
  id: 'removed-options',
  why: 'The target ES5, `downlevelIteration`, and `false` for esModuleInterop, allowSyntheticDefaultImports and alwaysStrict are deprecated in 6.0 and gone in 7.0 (release notes of 6.0, the sections "Deprecated").',
  async transform(tree) {
    const edits = configEdits();
    const configs = await readConfigs(tree);
    for (const [key, isMeant] of Object.entries(idle)) takeAway(edits, configs, { key, isMeant });
    const needs = new Map<Config, unknown>();
    for (const program of configs.programs) {
      const settings = settingsOf(program);
      const target = settings.get('target');
      if (!isEs5(target?.value)) continue;
      if (target?.from.isOwn === false) needs.set(program, 'es2015');
      if (!settings.has('module')) edits.set(program, 'module', 'commonjs');
      if (!isEmitting(settings) || target === undefined) continue;
      edits.leave(target.from.isOwn ? target.from : program, target.from.isOwn ? 'target' : undefined, {
        message: `${program.path} was compiled for ${textOf(settings, 'target')?.toUpperCase()}; the lowest target is ES2015 now, so its output has classes, arrow functions and let.`,
        cure: 'Where it has to run on engines without ES2015, compile the output further with another tool (Babel, SWC).',
        symbol: 'target',
        evidence: 'Release notes of TypeScript 6.0, "Deprecated: target: es5".',
      });
    }
    for (const config of configs.own) if (isEs5(config.options.target)) edits.set(config, 'target', 'es2015');
    place(edits, configs, { key: 'target', needs });
    return edits.result();
  },
};
