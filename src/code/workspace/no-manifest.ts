import { access } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fail } from '#core/error';
import { baseName, folderPath } from '../text/search-text.ts';

/** The error of a folder without a package.json, with the nearest one: above it, or below it among its files. */
export async function noManifest(root: string, files: readonly string[]) {
  const above = await manifestAbove(dirname(root));
  const below = files.filter((path) => baseName(path) === 'package.json').slice(0, 3);
  const way = above === undefined ? undefined : relative(root, above).replaceAll('\\', '/');
  const why =
    way !== undefined
      ? `The nearest one above is ${way}/package.json.`
      : below.length === 0
        ? 'There is none above or below it either.'
        : `Below it there are ${below.join(', ')}.`;
  const [first] = below;
  return fail('bad-input', {
    what: 'There is no package.json in this folder.',
    why,
    next:
      way !== undefined
        ? `Work there, with \`--cwd ${way}\`, and name paths from there.`
        : `${first === undefined ? 'Work in the folder of a project, with `--cwd DIR`' : `Work in one of them, with \`--cwd ${folderPath(first)}\``}. Recipes run in any tree: \`godwit recipe run\`.`,
  });
}

async function manifestAbove(folder: string): Promise<string | undefined> {
  const isThere = await access(join(folder, 'package.json')).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : manifestAbove(above);
}
