import type { TreeTransform, TreeView } from '../../../recipe.ts';
import { type ConfigEdits, configEdits, place } from '../editing/config-edits.ts';
import { type Config, missingOf, readConfigs, settingsOf, textOf } from '../reading/configs.ts';
import { filesOfProgram, resolveImport } from '../reading/program-files.ts';
import { homeOfProgram, isFormerEs5, isNodeModule } from '../reading/programs.ts';

/** Where a default is another now, the old value is written, so that the same is checked and written as before. */
export const formerDefaults: TreeTransform = {
  kind: 'tree',
  id: 'former-defaults',
  why: '`strict` is true where nothing is said, `target` the newest year, and imports for their effect are looked up (release notes of 6.0, "Simple Default Changes").',
  async transform(tree) {
    const edits = configEdits();
    const configs = await readConfigs(tree);
    for (const config of configs.own) leaveMissing(edits, config);
    for (const [key, needs] of await needsOf(tree, configs.programs)) place(edits, configs, { key, needs });
    return edits.result();
  },
};

type Needs = ReadonlyMap<string, ReadonlyMap<Config, unknown>>;

async function needsOf(tree: TreeView, programs: readonly Config[]): Promise<Needs> {
  const needs = new Map<string, Map<Config, unknown>>();
  const need = (key: string, program: Config, value: unknown): void => {
    needs.set(key, (needs.get(key) ?? new Map<Config, unknown>()).set(program, value));
  };
  for (const program of programs) {
    if (missingOf(program).length > 0) continue;
    const settings = settingsOf(program);
    if (!settings.has('strict')) need('strict', program, false);
    if (!settings.has('target') && !isNodeModule(textOf(settings, 'module') ?? '')) need('target', program, 'es2015');
    // ES5 brought CommonJS with it, which ES2015 does not.
    if (!settings.has('module') && isFormerEs5(settings)) need('module', program, 'commonjs');
    const { dependencies } = await homeOfProgram(tree, program);
    if (
      !settings.has('libReplacement') &&
      Object.keys(dependencies).some((name) => name.startsWith('@typescript/lib-'))
    )
      need('libReplacement', program, true);
    if (!settings.has('noUncheckedSideEffectImports') && (await importsForEffect(tree, program)))
      need('noUncheckedSideEffectImports', program, false);
  }
  return needs;
}

/** True where something is imported for its effect that is no source of the tree and no plain package. */
async function importsForEffect(tree: TreeView, program: Config): Promise<boolean> {
  const settings = settingsOf(program);
  const own = new Set(tree.paths);
  const { imports } = await filesOfProgram(tree, program);
  return imports.some((found) => {
    if (!found.isForItsEffect) return false;
    const to = resolveImport(found, { own, settings });
    if (to !== undefined) return to.endsWith('.json');
    return !/^(?:node:|@[^/]+\/)?[^./][^./]*(?:\/[^.]*)?$/.test(found.specifier);
  });
}

function leaveMissing(edits: ConfigEdits, config: Config): void {
  for (const specifier of config.missing) {
    edits.leave(config, undefined, {
      message: `${config.path} extends ${specifier}, which is not to be found, so it is not known which defaults hold here.`,
      cure: 'Install the packages of the tree and run the recipe again, or write down strict, types, target, module and rootDir as they were.',
      evidence: 'Release notes of TypeScript 6.0, "Simple Default Changes".',
    });
  }
}
