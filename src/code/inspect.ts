import type { Finding } from '#core/finding';
import { findVersions, mayNameNode } from './find-versions.ts';
import { imageArguments } from './image/image-variables.ts';
import type { Lock } from './package-manager.ts';
import { type RunTests, runTests } from './process/run-tests.ts';
import type { Registry } from './registry/registry.ts';
import type {
  Dependency,
  DeprecatedUse,
  NodeVersion,
  Tool,
  TreePackage,
  TreeSnapshot,
  TypescriptSettings,
  Unknown,
} from './snapshot.ts';
import { placeAt } from './text/place.ts';
import { type ReadText, readText } from './text/read-text.ts';
import { folderPath } from './text/search-text.ts';
import { toolings } from './toolings/index.ts';
import { isFolder, walkTree } from './tree/walk.ts';
import { typescriptSettings } from './typescript-settings.ts';
import { nodeImageVariables } from './version-places/image-variable.ts';
import { nodesThatRun } from './version-places/index.ts';
import { deprecations, engineConflicts, nodeContradictions, peerConflicts, staleLock } from './workspace/conflicts.ts';
import { readDependencies } from './workspace/dependencies.ts';
import { type Detected, detectPackageManager } from './workspace/detect-package-manager.ts';
import { noManifest } from './workspace/no-manifest.ts';
import { type Packages, readPackages } from './workspace/packages.ts';

/** What inspecting may know of the world. */
export type InspectOptions = {
  readonly root: string;
  /** e.g. `20.19.0` */
  readonly nodeInUse: string;
  readonly signal: AbortSignal;
  /** Opens the registries for a tree; undefined asks none. `yarnrc` is the text of its .yarnrc.yml. */
  readonly openRegistry: ((yarnrc: string | undefined) => Promise<Registry>) | undefined;
  /** How the tests are run; undefined does not run them. */
  readonly tests: RunTests | undefined;
  /** How long uses of deprecated API are looked for, by this clock; undefined does not look. */
  readonly uses: { readonly budgetMs: number; readonly nowMs: () => number } | undefined;
};

/**
 * A working tree as it is now. Reads only, unless its tests are run: then they do what they do. Throws `bad-input` where the folder has no package.json or a broken one, and the
 * signal's reason on abort; everything else that cannot be had is named under `unknown`.
 */
export async function inspectTree(options: InspectOptions): Promise<TreeSnapshot> {
  const { root, signal } = options;
  const read = (path: string): Promise<ReadText> => {
    signal.throwIfAborted();
    return readText(root, path);
  };
  const readFile = async (path: string): Promise<string | undefined> => {
    const answer = await read(path);
    return answer.kind === 'text' ? answer.text : undefined;
  };
  const walk = await walkTree(root, signal);
  if (!walk.files.includes('package.json')) throw await noManifest(root, walk.files);
  const packages = await readPackages(walk.files, read);
  const detected = detectPackageManager(packages.root, new Set(walk.files.filter((path) => !path.includes('/'))));
  const { lock, unknown: lockUnknown } = await readLock(detected, packages, read);
  const nodes = await nodeVersionsIn(walk.files, packages, read);
  const typescript = await typescriptOf(walk.files, packages, readFile);
  const yarnrc = detected.kind?.id === 'yarn' ? await readFile('.yarnrc.yml') : undefined;
  const { registry, unknown: registryUnknown } = await opened(options, yarnrc);
  const world = { lock, read: readFile, registry, pnpmWorkspace: packages.pnpmWorkspace, signal };
  const dependencies = await readDependencies(packages.members, world);
  const deprecated = await usesOf(options, walk.files, packages);
  const tests = await testsOf(options, packages, detected);
  const nodesAll = { inUse: options.nodeInUse, declared: nodesThatRun(nodes.found) };
  return {
    ...(detected.manager === undefined
      ? {}
      : { packageManager: { ...detected.manager, ...(lock === undefined ? {} : { lockFormat: lock.format }) } }),
    packages: packagesOf(packages, dependencies.of),
    nodeVersions: nodes.found,
    nodeInUse: options.nodeInUse,
    tools: toolsOf(dependencies.of),
    typescript: typescript.settings,
    deprecatedUses: deprecated.uses,
    ...(tests.testRun === undefined ? {} : { testRun: tests.testRun }),
    findings: [
      ...packages.findings,
      ...detected.findings,
      ...nodeContradictions(nodesAll.declared),
      ...lockFindings(detected, lock, { dependencies: dependencies.of, packages }),
      ...engineConflicts(dependencies.present, nodesAll),
      ...peerConflicts(dependencies.peerUses),
      ...deprecations(dependencies.present),
    ],
    unknown: [
      ...walk.unknown,
      ...packages.unknown,
      ...lockUnknown,
      ...nodes.unknown,
      ...typescript.unknown,
      ...registryUnknown,
      ...dependencies.unknown,
      ...deprecated.unknown,
      ...tests.unknown,
    ],
  };
}

/** A configuration of npm that cannot be read keeps nobody from the rest. Its text may hold tokens and is not shown. */
async function opened({ openRegistry, signal }: InspectOptions, yarnrc: string | undefined) {
  try {
    return { registry: await openRegistry?.(yarnrc), unknown: [] };
  } catch (error) {
    signal.throwIfAborted();
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return {
      registry: undefined,
      unknown: [{ what: 'registries', why: `The npm configuration (.npmrc) cannot be read${code}.` }],
    };
  }
}

async function readLock(
  { manager, kind }: Detected,
  packages: Packages,
  read: (path: string) => Promise<ReadText>,
): Promise<{ readonly lock: Lock | undefined; readonly unknown: readonly Unknown[] }> {
  if (kind === undefined || manager?.lockFile === undefined) return { lock: undefined, unknown: [] };
  const answer = await read(manager.lockFile);
  const lock = answer.kind === 'text' ? kind.readLock(answer.text, packages.members) : answer.why;
  if (typeof lock !== 'string') return { lock, unknown: [] };
  return { lock: undefined, unknown: [{ what: manager.lockFile, why: lock }] };
}

async function nodeVersionsIn(
  files: readonly string[],
  { members, nested }: Packages,
  read: (path: string) => Promise<ReadText>,
) {
  const homes = new Set([...members, ...nested].map(({ path }) => path));
  const texts = new Map<string, string>();
  const unknown: Unknown[] = [];
  for (const file of files.filter(mayNameNode)) {
    const answer = await read(file);
    if (answer.kind === 'unreadable') unknown.push({ what: file, why: answer.why });
    else texts.set(file, answer.text);
  }
  const told = imageArguments(texts, nodeImageVariables);
  const found = [...texts].flatMap(([file, text]) =>
    findVersions(file, text, told).map(
      ({ kind, value, offset, stays }): NodeVersion => ({
        kind,
        value,
        place: placeAt(file, text, { offset, length: value.length }),
        in: homeOf(file, homes),
        ...(stays === undefined ? {} : { stays }),
      }),
    ),
  );
  return { found, unknown };
}

/** The nearest package upwards of a file. */
function homeOf(file: string, homes: ReadonlySet<string>): string {
  const parts = file.split('/');
  for (let count = parts.length - 1; count > 0; count -= 1) {
    const folder = parts.slice(0, count).join('/');
    if (homes.has(folder)) return folder;
  }
  return '.';
}

async function typescriptOf(
  files: readonly string[],
  { members }: Packages,
  read: (path: string) => Promise<string | undefined>,
) {
  const homes = new Set(members.map(({ path }) => path));
  const configs = files.filter(
    (path) => /(^|\/)(tsconfig(\.[\w.-]+)?|jsconfig)\.json$/.test(path) && homes.has(folderPath(path)),
  );
  const answers: (TypescriptSettings | string)[] = [];
  for (const file of configs) answers.push(await typescriptSettings(file, read));
  return {
    settings: answers.filter((answer) => typeof answer !== 'string'),
    unknown: answers.flatMap((why) => (typeof why === 'string' ? [{ what: 'TypeScript settings', why }] : [])),
  };
}

/** Without node_modules only the tree's own API and the language's are known. */
async function usesOf(
  { root, signal, uses }: InspectOptions,
  files: readonly string[],
  { members, nested }: Packages,
): Promise<{ readonly uses: readonly DeprecatedUse[]; readonly unknown: readonly Unknown[] }> {
  if (uses === undefined)
    return { uses: [], unknown: [{ what: 'uses of deprecated API', why: 'They were not looked for (--quick).' }] };
  const homes = new Set([...members, ...nested].map(({ path }) => path));
  const own = new Set(members.map(({ path }) => path));
  const mine = files.filter((file) => own.has(homeOf(file, homes)));
  const configs = mine.filter((file) => /(^|\/)(ts|js)config\.json$/.test(file) && own.has(folderPath(file)));
  const { deprecatedUses } = await import('./deprecated-uses.ts');
  const found = await deprecatedUses({ root, files: mine, configs, signal, ...uses });
  const isInstalled = await isFolder(`${root}/node_modules`);
  const hasAny = members.some(({ manifest }) => manifest.dependencies.length > 0);
  if (isInstalled || !hasAny) return found;
  const why = 'There is no node_modules: install first. Only the API of this tree and of the language was looked at.';
  return { uses: found.uses, unknown: [...found.unknown, { what: 'uses of deprecated API of dependencies', why }] };
}

async function testsOf({ root, signal, tests }: InspectOptions, packages: Packages, { manager }: Detected) {
  if (tests === undefined) return { unknown: [] };
  const script = packages.root.fields.scripts.test;
  return runTests({ root, script, manager: manager?.name ?? 'npm' }, tests, signal);
}

type ByMember = ReadonlyMap<string, readonly Dependency[]>;

function packagesOf({ members, nested }: Packages, dependencies: ByMember): readonly TreePackage[] {
  const describe =
    (kind: TreePackage['kind'] | undefined) =>
    ({ path, manifest: { fields } }: Packages['members'][number]): TreePackage => ({
      path,
      kind: kind ?? (path === '.' ? 'root' : 'workspace'),
      ...(fields.name === undefined ? {} : { name: fields.name }),
      ...(fields.version === undefined ? {} : { version: fields.version }),
      scripts: kind === 'nested' ? {} : fields.scripts,
      dependencies: dependencies.get(path) ?? [],
    });
  return [...members.map(describe(undefined)), ...nested.map(describe('nested'))];
}

function toolsOf(dependencies: ByMember): readonly Tool[] {
  return toolings.flatMap(({ role, packages }) =>
    [...dependencies].flatMap(([home, list]) =>
      list.flatMap((dependency): readonly Tool[] => {
        const name = Object.hasOwn(packages, dependency.name) ? packages[dependency.name] : undefined;
        if (name === undefined || dependency.group === 'peerDependencies') return [];
        const { declared, installed, locked } = dependency;
        return [
          {
            name,
            role,
            package: dependency.name,
            in: home,
            declared,
            ...(installed === undefined ? {} : { installed }),
            ...(locked === undefined ? {} : { locked }),
          },
        ];
      }),
    ),
  );
}

function lockFindings(
  { manager }: Detected,
  lock: Lock | undefined,
  { dependencies, packages }: { readonly dependencies: ByMember; readonly packages: Packages },
): readonly Finding[] {
  if (lock === undefined || manager?.lockFile === undefined) return [];
  const own = new Set(packages.members.map(({ manifest }) => manifest.fields.name));
  // A resolution of Yarn stands for whatever is declared.
  const { resolutions } = packages.root.fields;
  const isLocked = ({ group, alias, name }: Dependency) =>
    resolutions[name] === undefined &&
    group !== 'peerDependencies' &&
    group !== 'optionalDependencies' &&
    alias === undefined &&
    !own.has(name);
  const entries = [...dependencies].flatMap(([home, list]) =>
    list.filter(isLocked).map(({ name, declared, locked }) => ({ name, declared, locked, in: home })),
  );
  return staleLock(entries, manager.lockFile);
}
