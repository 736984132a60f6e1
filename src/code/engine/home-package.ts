import * as z from 'zod';
import type { HomePackage } from '../recipe.ts';
import { jsonOf } from '../text/read-data.ts';
import { folderPath } from '../text/search-text.ts';
import type { Stage } from './stage.ts';

/** The package.json nearest to a file, read once for each folder. */
export type Homes = (path: string) => Promise<HomePackage | undefined>;

const group = z.record(z.string(), z.string()).default({}).catch({});
const manifestSchema = z.object({
  name: z.string().optional().catch(undefined),
  type: z.enum(['module', 'commonjs']).default('commonjs').catch('commonjs'),
  dependencies: group,
  devDependencies: group,
  optionalDependencies: group,
  peerDependencies: group,
});

/** Looks for homes in a stage as it stands when they are first asked for. A package.json that is no JSON is no home. */
export function homesOf(stage: Stage): Homes {
  const known = new Map<string, Promise<HomePackage | undefined>>();
  const homeIn = (folder: string): Promise<HomePackage | undefined> => {
    const found = known.get(folder) ?? read(folder);
    known.set(folder, found);
    return found;
  };
  const read = async (folder: string): Promise<HomePackage | undefined> => {
    const text = await stage.text(folder === '.' ? 'package.json' : `${folder}/package.json`);
    const home = text === undefined ? undefined : homePackageOf(folder, text);
    if (home !== undefined) return home;
    return folder === '.' ? undefined : homeIn(folderPath(folder));
  };
  return (path) => homeIn(folderPath(path));
}

/** What the text of a package.json in a folder says of the package; undefined where it is no JSON, or no package. Pure. */
export function homePackageOf(path: string, text: string): HomePackage | undefined {
  const parsed = manifestSchema.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { name, type, peerDependencies, optionalDependencies, devDependencies, dependencies } = parsed.data;
  const all = { ...peerDependencies, ...optionalDependencies, ...devDependencies, ...dependencies };
  return { path, name, type, dependencies: all };
}
