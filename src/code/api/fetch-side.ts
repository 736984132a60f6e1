import { posix } from 'node:path';
import semver from 'semver';
import { mapBounded } from '../process/bounded.ts';
import type { Unknown } from '../snapshot.ts';
import ts from '../typescript.cts';
import { type FetchedPackage, fetchPackage, type PackageAccess } from './fetch-package.ts';
import { companionOf, homeOf, isBuiltin, packageNameOf, specifierOf } from './package-name.ts';
import type { PackageStore, SideName } from './package-store.ts';
import { parsePublishedManifest } from './published-manifest.ts';

/** A package of one side, with the subpaths of it that are to be looked at. */
export type WantedPackage = { readonly name: string; readonly range: string; readonly subpaths: readonly string[] };

export type SideRequest = {
  readonly side: SideName;
  readonly packages: readonly WantedPackage[];
  /** Ranges that go before what importers declare, e.g. the version of the companion in `@types`. */
  readonly preferred: ReadonlyMap<string, string>;
};

/** Types of one package seldom lean on more than ten others; this is where a runaway ends. */
const packagesMax = 60;
const filesMax = 8_000;
const requestsAtATime = 8;

/**
 * Fetches packages of one side into the store, of each that ships no types its companion in `@types`, and the packages that
 * their types import, unless the tree has them installed at a version that fits: so that a compiler can resolve them. Bounded; what could not be
 * had is the answer. Throws the signal's reason on abort.
 */
export async function fetchSide(
  request: SideRequest,
  { store, access }: { readonly store: PackageStore; readonly access: PackageAccess },
): Promise<readonly Unknown[]> {
  const unknown: Unknown[] = [];
  const asked = new Set<string>();
  const files = new Set<string>();
  let wave = request.packages;
  while (wave.length > 0) {
    for (const { name } of wave) asked.add(name);
    const answers = await mapBounded(wave, { width: requestsAtATime, signal: access.signal }, (wanted) =>
      fetchPackage(wanted, access),
    );
    const next = new Map<string, WantedPackage>();
    for (const [index, answer] of answers.entries()) {
      const wanted = wave[index];
      if (wanted === undefined) continue;
      if (answer.kind === 'unknown') unknown.push({ what: `${wanted.name}@${wanted.range}`, why: answer.why });
      else store.add(request.side, answer.package);
    }
    // What a package could not find before it may find now.
    const cache = ts.createModuleResolutionCache('/', (path) => path, options);
    for (const wanted of wave) {
      for (const found of wantedBy(wanted, { request, store, files, cache })) {
        if (!asked.has(found.name)) next.set(found.name, found);
      }
    }
    wave = [...next.values()].slice(0, Math.max(0, packagesMax - asked.size));
  }
  return unknown;
}

type Reading = {
  readonly request: SideRequest;
  readonly store: PackageStore;
  readonly files: Set<string>;
  readonly cache: ts.ModuleResolutionCache;
};

/** What else is needed to read the types of a package: its companion, and what its declaration files import. */
function wantedBy(wanted: WantedPackage, reading: Reading): readonly WantedPackage[] {
  const { store, files } = reading;
  const { side, preferred } = reading.request;
  const fetched = store.get(side, wanted.name);
  if (fetched === undefined) return [];
  const found: WantedPackage[] = [];
  const home = store.home(side);
  const isCompanion = wanted.name.startsWith('@types/');
  const specifiers = ['.', ...wanted.subpaths].map((subpath) => specifierOf(wanted.name, subpath));
  const queue = isCompanion
    ? declarationsOfCompanion(fetched, store, side)
    : specifiers.flatMap((specifier) => declarationFiles(specifier, `${home}/probe.ts`, reading));
  if (queue.length === 0 && !isCompanion) {
    const name = companionOf(wanted.name);
    const major = semver.parse(fetched.version)?.major ?? 0;
    found.push({ name, range: preferred.get(name) ?? `<${major + 1}.0.0-0`, subpaths: wanted.subpaths });
  }
  for (const file of queue) {
    if (files.has(file) || files.size > filesMax) continue;
    files.add(file);
    const importer = store.get(side, homeOf(file)?.name ?? '');
    const text = store.system.readFile(file) ?? '';
    const { importedFiles, referencedFiles, typeReferenceDirectives } = ts.preProcessFile(text, true, true);
    const referenced = referencedFiles.map(({ fileName }) => posix.join(posix.dirname(file), fileName));
    queue.push(...referenced.filter(store.system.fileExists));
    for (const { fileName } of [...importedFiles, ...typeReferenceDirectives]) {
      const name = isBuiltin(fileName) ? 'node' : packageNameOf(fileName);
      const here = declarationFiles(fileName, file, reading);
      const isThere = here.length > 0 && here.every((path) => path.startsWith(home) || isFor(importer, path, store));
      if (name === undefined || isThere) queue.push(...here.filter((path) => path.startsWith(home)));
      else if (importer !== undefined) found.push(...providersOf(name, importer, preferred));
    }
  }
  return found;
}

function declarationsOfCompanion({ manifest, name }: FetchedPackage, store: PackageStore, side: SideName): string[] {
  const path = `${store.home(side)}/node_modules/${name}/${manifest.types ?? manifest.typings ?? 'index.d.ts'}`;
  const file = [path, `${path}.d.ts`].find((candidate) => store.system.fileExists(candidate));
  return file === undefined ? [] : [file];
}

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** Declaration files that a specifier means for an ES module and for CommonJS, as TypeScript resolves it. */
function declarationFiles(specifier: string, from: string, { store, cache }: Reading): string[] {
  const modes = [ts.ModuleKind.ESNext, ts.ModuleKind.CommonJS] as const;
  const found = modes.flatMap((mode) => {
    const { resolvedModule } = ts.resolveModuleName(specifier, from, options, store.system, cache, undefined, mode);
    const file = resolvedModule?.resolvedFileName;
    return file !== undefined && /\.[cm]?tsx?$/.test(file) ? [file] : [];
  });
  return [...new Set(found)];
}

/** Whether what the tree has installed is of a version that the importer depends on. */
function isFor(importer: FetchedPackage | undefined, file: string, { system }: PackageStore): boolean {
  const home = homeOf(file);
  const range = importer?.manifest.dependencies[home?.name ?? ''];
  if (home === undefined || range === undefined || semver.validRange(range) === null) return true;
  const folder = file.slice(0, file.length - home.path.length);
  const manifest = parsePublishedManifest(system.readFile(`${folder}package.json`) ?? '');
  return manifest === undefined || semver.satisfies(manifest.version, range, { includePrerelease: true });
}

/** Which package holds the types that are imported as `name`, by what the importer declares. */
function providersOf(
  name: string,
  importer: FetchedPackage,
  preferred: ReadonlyMap<string, string>,
): readonly WantedPackage[] {
  const { dependencies, peerDependencies } = importer.manifest;
  const declared = { ...peerDependencies, ...dependencies };
  for (const candidate of [companionOf(name), name]) {
    const range = preferred.get(candidate) ?? declared[candidate];
    if (range !== undefined && semver.validRange(range) !== null) return [{ name: candidate, range, subpaths: [] }];
  }
  return name === 'node' ? [{ name: '@types/node', range: '*', subpaths: [] }] : [];
}
