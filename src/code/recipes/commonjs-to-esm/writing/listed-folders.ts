import type * as TypeScript from 'typescript';
import { foldersRead, isListed, mayList } from '../../../graph/folders-read.ts';
import type { Open, World } from '../deciding/world.ts';
import { renamedNames } from './renamed-names.ts';

type Renaming = { readonly world: World; readonly placeOf: (path: string) => string };

/** Places that list a folder of which files get another name, and then may find nothing where they look for the old one. Pure. */
export function listedFolders(
  path: string,
  source: TypeScript.SourceFile,
  { world, placeOf }: Renaming,
): readonly Open[] {
  if (!mayList(source.text)) return [];
  const renamed = [...world.modules.keys()].filter((one) => placeOf(one) !== one).sort();
  if (renamed.length === 0) return [];
  return foldersRead(path, source).flatMap((read): readonly Open[] => {
    const listed = renamed.filter((one) => isListed(one, read, world.home));
    if (listed.length === 0) return [];
    return [
      {
        path,
        offset: read.offset,
        length: read.length,
        message: `This lists files of which some have another name now: ${renamedNames(listed, placeOf)}.`,
        cure: 'See that it looks for the new names too, such as those that end with .cjs: it finds nothing without a word where it looks for .js alone. Or give the folder a package.json of its own with "type": "commonjs", and the files their names again.',
      },
    ];
  });
}
