import type { TreeTransform } from '../../../recipe.ts';
import { folderPath } from '../../../search-text.ts';
import { configEdits } from '../editing/config-edits.ts';
import { readConfigs, settingsOf } from '../reading/configs.ts';
import { commonFolder, relativeFrom } from '../reading/paths.ts';
import { filesOfProgram } from '../reading/program-files.ts';

/** The folder that TypeScript 5 found by itself is written down, so that files are written where they were. */
export const rootDir: TreeTransform = {
  kind: 'tree',
  id: 'root-dir',
  why: '`rootDir` is now the folder of the tsconfig, and no longer what its files have in common (release notes of 6.0, "rootDir now defaults to ."): output would go to other folders.',
  async transform(tree) {
    const edits = configEdits();
    const { programs } = await readConfigs(tree);
    for (const program of programs) {
      const settings = settingsOf(program);
      const isSaid = settings.has('rootDir') || settings.get('composite')?.value === true;
      if (
        isSaid ||
        settings.get('noEmit')?.value === true ||
        !(settings.has('outDir') || settings.has('declarationDir'))
      )
        continue;
      const { files } = await filesOfProgram(tree, program);
      const common = commonFolder(files);
      const folder = folderPath(program.path);
      if (common === undefined || common === folder) continue;
      edits.set(program, 'rootDir', relativeFrom(folder, common));
    }
    return edits.result();
  },
};
