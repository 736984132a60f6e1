import pacote from 'pacote';
import { fetchFaults } from '../registry/fetch-faults.ts';
import { type PublishedManifest, parsePublishedManifest } from './published-manifest.ts';
import { type PackageFiles, readTarball } from './read-tarball.ts';

/** How packages are fetched. */
export type PackageAccess = {
  /** What `registryOptions` reads from npm's configuration. It holds tokens and is never shown. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
};

/** A published version in memory, as far as its API can be read from it. */
export type FetchedPackage = {
  readonly name: string;
  readonly version: string;
  readonly manifest: PublishedManifest;
  /** Manifests, declarations, code and documents; nothing else, and no very large file. */
  readonly files: PackageFiles;
};

/** A package that was fetched, or why it could not be had. */
export type FetchAnswer =
  | { readonly kind: 'package'; readonly package: FetchedPackage }
  | { readonly kind: 'unknown'; readonly why: string };

/** What is unpacked grows to some 150 MB for the largest packages (next); a registry that sends more is not believed. */
const unpackedBytesMax = 400 * 1_048_576;
/** Declarations of the DOM have 2 MB; a bundle of more is not read. */
const fileBytesMax = 4 * 1_048_576;
const timeoutMs = 30_000;
const wantedFile =
  /(\.[cm]?[jt]sx?|(^|\/)package\.json|\.(md|markdown|mdx|rst|txt)|(^|\/)(CHANGELOG|CHANGES|HISTORY|UPGRADING|MIGRATION))$/i;

/**
 * Fetches what a range (or version, or tag) of a package means, with npm's own client: integrity is checked, nothing is
 * run, and nothing is written. Throws the signal's reason on abort; every other failure is the answer, in words without
 * credentials.
 */
export async function fetchPackage(
  wanted: { readonly name: string; readonly range: string },
  access: PackageAccess,
): Promise<FetchAnswer> {
  const { signal } = access;
  signal.throwIfAborted();
  const options = {
    ...access.options,
    cache: undefined,
    signal,
    timeout: timeoutMs,
    retry: { retries: 1, factor: 1, minTimeout: 200, maxTimeout: 1_000 },
  };
  const { name, range } = wanted;
  try {
    const { version, _resolved, _integrity } = await pacote.manifest(`${name}@${range}`, options);
    const known = { ...options, resolved: _resolved, integrity: _integrity };
    const tarball = await pacote.tarball(`${name}@${version}`, known);
    return packageOf(wanted, readTarball(tarball, { unpackedBytesMax, isWanted }));
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'unknown', why: reasonOf(error, wanted) };
  }
}

/** Text of a file of a package, its byte order mark kept; undefined where it has none of that path. */
export function fileText({ files }: Pick<FetchedPackage, 'files'>, path: string): string | undefined {
  const bytes = files.get(path);
  return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function isWanted(path: string, bytes: number): boolean {
  return wantedFile.test(path) && bytes <= fileBytesMax && !path.includes('node_modules/');
}

function packageOf(
  { name, range }: { readonly name: string; readonly range: string },
  files: PackageFiles,
): FetchAnswer {
  const text = fileText({ files }, 'package.json');
  const manifest = text === undefined ? undefined : parsePublishedManifest(text);
  if (manifest === undefined)
    return {
      kind: 'unknown',
      why: `What the registry holds as ${name}@${range} has no package.json that can be read.`,
    };
  return { kind: 'package', package: { name, version: manifest.version, manifest, files } };
}

/** Messages of the client may hold an address with a password, so none of them is passed on. */
function reasonOf(error: unknown, { name, range }: { readonly name: string; readonly range: string }): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ETARGET') return `The registry has no version of ${name} that fits ${range}.`;
  if (code === 'EINTEGRITY') return `The tarball of ${name}@${range} is not what its integrity says.`;
  if (code === 'ERR_BUFFER_TOO_LARGE') return `${name}@${range} is larger than ${unpackedBytesMax} bytes.`;
  if (code === 'Z_DATA_ERROR') return `The tarball of ${name}@${range} is damaged.`;
  return fetchFaults(1).explain(`The registry of ${name}`, error);
}
