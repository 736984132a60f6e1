import semver from 'semver';
import * as z from 'zod';
import type { TreeView } from '../../../recipe.ts';
import { jsonOf } from '../../../text/read-data.ts';
import { baseName, within } from '../../../text/search-text.ts';
import { type RunnerPackage, runnerPackages } from '../../../vitest/runner-packages.ts';
import { checkFit, checkOthers } from './fit.ts';
import { lowestNode, type Versions, versionsFor } from './versions.ts';

const fieldsSchema = z.object({
  homepage: z.string().optional().catch(undefined),
  proxy: z.unknown().optional(),
  eslintConfig: z.unknown().optional(),
  browserslist: z.unknown().optional(),
  jest: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** An application that react-scripts builds. */
export type CraApplication = RunnerPackage & {
  readonly fields: Readonly<z.infer<typeof fieldsSchema>>;
  /** Path of `src/index`. */
  readonly entry: string;
  /** Path of `public/index.html`. */
  readonly page: string;
  /** Scripts and style sheets that the bundler may reach: all of `src` but `setupProxy`. */
  readonly sources: readonly string[];
  readonly isTypescript: boolean;
  readonly versions: Versions;
};

/** What react-scripts takes as the entry, the first that is there. */
const entries = ['mjs', 'js', 'ts', 'tsx', 'jsx'].map((end) => `src/index.${end}`);

/**
 * The applications of a tree. Throws UnfitApplication where one is built in another way than react-scripts builds by
 * itself, or where its Node is too old for Vite.
 */
export async function craApplications(tree: TreeView): Promise<readonly CraApplication[]> {
  const packages = (await runnerPackages(tree, { name: 'react-scripts', configNames: [] })).filter(
    ({ dependencies }) => dependencies['react-scripts'] !== undefined,
  );
  if (packages.length === 0) {
    await checkOthers(tree);
    return [];
  }
  for (const one of packages) checkFit(one, (name) => tree.paths.includes(within(one.folder, name)));
  const versions = versionsFor(await lowestNode(tree));
  return packages.map((one) => applicationOf(one, versions, tree));
}

function applicationOf(one: RunnerPackage, versions: Versions, tree: TreeView): CraApplication {
  const at = (name: string): string => within(one.folder, name);
  const has = (name: string): boolean => tree.paths.includes(at(name));
  const entry = entries.find(has);
  const fields = fieldsSchema.safeParse(jsonOf(one.text));
  const inSource = at('src/');
  return {
    ...one,
    fields: fields.success ? fields.data : {},
    entry: at(entry ?? ''),
    page: at('public/index.html'),
    sources: one.files.filter((path) => path.startsWith(inSource) && isSource(path)),
    isTypescript: has('tsconfig.json'),
    versions,
  };
}

function isSource(path: string): boolean {
  return /\.([cm]?[jt]sx?|css|s[ac]ss|less)$/.test(path) && !/\.d\.[cm]?ts$/.test(path) && !isSetupProxy(path);
}

/** True for the file that Node runs beside the development server. */
export function isSetupProxy(path: string): boolean {
  return /(^|\/)src\/setupProxy\.[jt]s$/.test(path);
}

/** True for what only tests run. */
export function isTest(path: string): boolean {
  return (
    /(^|\/)(__tests__|__mocks__|__snapshots__)\/|\.(test|spec)\.[jt]sx?$/.test(path) ||
    baseName(path).startsWith('setupTests.')
  );
}

/** The major of a declared range; undefined where it is none. */
export function majorOf(range: string | undefined): number | undefined {
  return range === undefined || semver.validRange(range) === null ? undefined : semver.minVersion(range)?.major;
}
