import semver from 'semver';
import type { TreeTransform, TreeView } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import { joined, relativeFrom } from '../../../tree/tree-path.ts';
import { type ConfigEdits, configEdits, takeAway } from '../editing/config-edits.ts';
import { type Config, type Configs, readConfigs, settingsOf } from '../reading/configs.ts';
import { baseFolderOf, fileAt, filesOfProgram, matchedPattern } from '../reading/program-files.ts';
import { homeOfProgram } from '../reading/programs.ts';

/** `baseUrl` goes, and `paths` say themselves from where they lead. */
export const baseUrl: TreeTransform = {
  kind: 'tree',
  id: 'base-url',
  why: '`baseUrl` is deprecated in 6.0 and gone in 7.0: entries of `paths` begin with it themselves, and where it was a place to look for modules `*` leads there (release notes of 6.0, "Deprecated: --baseUrl").',
  async transform(tree) {
    const configs = await readConfigs(tree);
    const edits = configEdits();
    const wanted = await wantedPaths(tree, configs);
    const written = new Map<string, unknown>();
    for (const { holder, program, paths } of wanted) {
      const before = written.get(holder.path);
      const isSame = before === undefined || JSON.stringify(before) === JSON.stringify(paths);
      const at = isSame ? holder : program;
      const mine = at === holder ? paths : moved(paths, { from: folderPath(holder.path), to: folderPath(at.path) });
      written.set(at.path, mine);
      if (JSON.stringify(at.options.paths) !== JSON.stringify(mine)) edits.setPaths(at, mine);
    }
    takeAway(edits, configs, { key: 'baseUrl', isMeant: (value) => typeof value === 'string' });
    for (const program of configs.programs) await leaveReaders(tree, program, edits);
    return edits.result();
  },
};

type Paths = Readonly<Record<string, readonly string[]>>;
type Wanted = { readonly program: Config; readonly holder: Config; readonly paths: Paths };

/** What `paths` has to be for each program, said from the folder of the config that is to hold it. */
async function wantedPaths(tree: TreeView, { programs, own }: Configs): Promise<readonly Wanted[]> {
  const wanted: Wanted[] = [];
  const all = [
    ...programs,
    ...own.filter((config) => !programs.includes(config) && config.options.paths !== undefined),
  ];
  for (const program of all) {
    const settings = settingsOf(program);
    const base = baseFolderOf(settings);
    const said = settings.get('paths');
    const baseFrom = settings.get('baseUrl')?.from;
    if (base === undefined || baseFrom === undefined) continue;
    const paths = pathsOf(said?.value);
    const isRoot = programs.includes(program) && (await isUsedAsRoot(tree, program, base));
    if (said === undefined && !isRoot) continue;
    const holder = said === undefined ? (baseFrom.isOwn ? baseFrom : program) : said.from.isOwn ? said.from : program;
    const folder = folderPath(holder.path);
    const entries = Object.entries(paths).map(
      ([pattern, targets]) => [pattern, targets.map((one) => reached(one, { base, folder }))] as const,
    );
    const star = isRoot && paths['*'] === undefined ? { '*': [reached('*', { base, folder })] } : {};
    wanted.push({ program, holder, paths: { ...Object.fromEntries(entries), ...star } });
  }
  // What looks things up from the root wants more than what does not; the more is said first.
  return wanted.toSorted((one, other) => Object.keys(other.paths).length - Object.keys(one.paths).length);
}

function pathsOf(value: unknown): Paths {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, targets]: [string, unknown]) =>
      Array.isArray(targets) ? [[key, targets.map(String)] as const] : [],
    ),
  );
}

function reached(target: string, { base, folder }: { readonly base: string; readonly folder: string }): string {
  if (target.startsWith('/') || /^\$\{configDir\}/.test(target) || /^[a-z]:/i.test(target)) return target;
  return relativeFrom(folder, joined(base, target));
}

function moved(paths: Paths, { from, to }: { readonly from: string; readonly to: string }): Paths {
  return Object.fromEntries(
    Object.entries(paths).map(([key, targets]) => [
      key,
      targets.map((one) => (one.startsWith('.') ? relativeFrom(to, joined(from, one)) : one)),
    ]),
  );
}

/** True where an import is found through `baseUrl` and nothing else. */
async function isUsedAsRoot(tree: TreeView, program: Config, base: string): Promise<boolean> {
  const settings = settingsOf(program);
  const own = new Set(tree.paths);
  const { imports } = await filesOfProgram(tree, program);
  return imports.some(
    ({ specifier }) =>
      !/^[./]/.test(specifier) &&
      matchedPattern(specifier, settings) === undefined &&
      fileAt(joined(base, specifier), own) !== undefined,
  );
}

async function leaveReaders(tree: TreeView, program: Config, edits: ConfigEdits): Promise<void> {
  const from = settingsOf(program).get('baseUrl')?.from;
  if (from === undefined) return;
  const range = (await homeOfProgram(tree, program)).dependencies['tsconfig-paths'];
  const lowest = range === undefined || semver.validRange(range) === null ? null : semver.minVersion(range);
  if (lowest === null || lowest.major >= 4) return;
  edits.leave(from.isOwn ? from : program, undefined, {
    message: `tsconfig-paths ${range} does nothing without baseUrl, which ${program.path} no longer has.`,
    cure: 'Raise tsconfig-paths to 4, which takes the folder of the tsconfig instead.',
    symbol: 'baseUrl',
    evidence: 'CHANGELOG of tsconfig-paths, 4.0.0.',
  });
}
