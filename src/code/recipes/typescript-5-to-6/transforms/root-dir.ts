import type { TreeTransform } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { commonFolder, joined, relativeFrom } from '../../../tree/tree-path.ts';
import { configEdits } from '../editing/config-edits.ts';
import { type Config, readConfigs, settingsOf } from '../reading/configs.ts';
import { filesOfProgram } from '../reading/program-files.ts';

/** The folder that TypeScript 5 found by itself is written down, so that files are written where they were. */
export const rootDir: TreeTransform = {
  kind: 'tree',
  id: 'root-dir',
  why: '`rootDir` is now the folder of the tsconfig, and no longer what its files have in common (release notes of 6.0, "rootDir now defaults to ."): output would go to other folders.',
  async transform(tree) {
    const edits = configEdits();
    const { own, programs } = await readConfigs(tree);
    for (const program of programs) {
      const settings = settingsOf(program);
      const isSaid = settings.has('rootDir') || settings.get('composite')?.value === true;
      const isWriting = settings.has('outDir') || settings.has('declarationDir');
      if (isSaid || settings.get('noEmit')?.value === true || !isWriting) continue;
      const referred = own.filter(({ path }) => program.references.includes(path));
      const { files } = await filesOfProgram(tree, program, referred);
      const common = commonFolder(files);
      const folder = folderPath(program.path);
      if (common === undefined || common === folder) continue;
      if (program.options.rootDir === null && inheritedFolder(program) === common) edits.remove(program, 'rootDir');
      else edits.set(program, 'rootDir', relativeFrom(folder, common));
    }
    return edits.result();
  },
};

/** Where the `rootDir` leads that a config extends and undoes with null. */
function inheritedFolder(program: Config): string | undefined {
  const { rootDir: _, ...options } = program.options;
  const setting = settingsOf({ ...program, options }).get('rootDir');
  if (typeof setting?.value !== 'string') return undefined;
  const isHere = /^\$\{configDir\}/.test(setting.value);
  return joined(folderPath(isHere ? program.path : setting.from.path), setting.value.replace(/^\$\{configDir\}/, '.'));
}
