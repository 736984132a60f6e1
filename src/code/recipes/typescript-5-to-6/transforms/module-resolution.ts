import type { TreeTransform, TreeView } from '../../../recipe.ts';
import { type ConfigEdits, configEdits } from '../editing/config-edits.ts';
import { type Config, type Configs, chainOf, readConfigs, settingsOf, textOf } from '../reading/configs.ts';
import { filesOfProgram } from '../reading/program-files.ts';
import { formerModule, homeOfProgram, isEmitting, isOldModule } from '../reading/programs.ts';

const isOld = (value: string | undefined): boolean => value === 'node' || value === 'node10' || value === 'classic';

/** How modules are found is said in a way that is left, by how the tree is built and run. */
export const moduleResolution: TreeTransform = {
  kind: 'tree',
  id: 'module-resolution',
  why: '`moduleResolution` node10 (also spelled node) and classic are deprecated in 6.0 and gone in 7.0 (release notes of 6.0, "Deprecated: --moduleResolution node"); bundler may stand beside CommonJS since 6.0.',
  async transform(tree) {
    const edits = configEdits();
    const configs = await readConfigs(tree);
    const answers = await answersFor(tree, configs);
    for (const config of configs.own.filter(({ options }) => isOldValue(options.moduleResolution))) {
      const reached = configs.programs.filter(
        (program) => settingsOf(program).get('moduleResolution')?.from.path === config.path,
      );
      const wanted = new Set(reached.map((program) => answers.get(program)));
      if (wanted.has(undefined) && reached.length > 0) continue;
      if (
        wanted.size === 1 &&
        wanted.has('nodenext') &&
        reached.every((program) => isSaidIn(program, 'module', config))
      ) {
        edits.set(config, 'module', 'nodenext');
        edits.set(config, 'moduleResolution', 'nodenext');
      } else edits.set(config, 'moduleResolution', 'bundler');
      if (textOf(settingsOf(config), 'moduleResolution') === 'classic') leaveClassic(edits, config);
    }
    for (const [program, answer] of answers) {
      const from = settingsOf(program).get('moduleResolution')?.from;
      if (from?.isOwn === false && answer !== undefined) edits.set(program, 'moduleResolution', 'bundler');
    }
    return edits.result();
  },
};

function isOldValue(value: unknown): boolean {
  return typeof value === 'string' && isOld(value.toLowerCase());
}

function isSaidIn(program: Config, key: string, config: Config): boolean {
  return settingsOf(program).get(key)?.from.path === config.path && chainOf(program).length > 0;
}

type Answer = 'bundler' | 'nodenext' | undefined;

/** For each program that resolves in an old way the new one; undefined where its module format leaves none. */
async function answersFor(tree: TreeView, { programs }: Configs): Promise<ReadonlyMap<Config, Answer>> {
  const answers = new Map<Config, Answer>();
  for (const program of programs) {
    const settings = settingsOf(program);
    if (!isOld(textOf(settings, 'moduleResolution'))) continue;
    const module = formerModule(settings);
    if (isOldModule(module)) answers.set(program, undefined);
    else answers.set(program, (await isRunByNode(tree, program)) ? 'nodenext' : 'bundler');
  }
  return answers;
}

/** ES modules that the compiler writes and Node runs as they are: nothing bundles them, and every way to a file is whole. */
async function isRunByNode(tree: TreeView, program: Config): Promise<boolean> {
  const settings = settingsOf(program);
  const home = await homeOfProgram(tree, program);
  if (!/^es/.test(formerModule(settings)) || !home.isModule || home.isBundled || !isEmitting(settings)) return false;
  if (settings.has('paths') || settings.has('baseUrl')) return false;
  const { imports } = await filesOfProgram(tree, program);
  const relative = imports.filter(({ specifier }) => /^\.{1,2}(\/|$)/.test(specifier));
  return relative.length > 0 && relative.every(({ specifier }) => /\.(?:[cm]?js|json)$/.test(specifier));
}

function leaveClassic(edits: ConfigEdits, config: Config): void {
  edits.leave(config, 'moduleResolution', {
    message: `${config.path} found modules in the way of TypeScript's first years, which also looked for plain names in the folders above.`,
    cure: 'Write such imports as relative paths where the compiler no longer finds them.',
    symbol: 'moduleResolution',
    evidence: 'Release notes of TypeScript 6.0, "Deprecated: --moduleResolution classic".',
  });
}
