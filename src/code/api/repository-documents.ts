import { createRequire } from 'node:module';
import * as z from 'zod';
import { fetchFaults } from '../registry/fetch-faults.ts';
import { jsonOf } from '../text/read-data.ts';
import type { PackageDocument } from './evidence.ts';
import type { PublishedManifest } from './published-manifest.ts';

/** A place in a repository: `owner/name`, a tag or branch, a path. */
export type RepositoryPlace = { readonly project: string; readonly ref: string; readonly path: string };

/** A host of repositories, as far as its files can be read without credentials. */
export type Forge = {
  /** Address of the plain text of a file. */
  raw(place: RepositoryPlace): string;
  /** Address at which a person reads it. */
  shown(place: RepositoryPlace): string;
  /** Address of the notes of its releases, as a JSON list. */
  releases?(project: string): string;
};

/** By host. */
export const forges: Readonly<Record<string, Forge>> = {
  // https://docs.github.com/rest/releases/releases#list-releases
  'github.com': {
    raw: ({ project, ref, path }) => `https://raw.githubusercontent.com/${project}/${ref}/${path}`,
    shown: ({ project, ref, path }) => `https://github.com/${project}/blob/${ref}/${path}`,
    releases: (project) => `https://api.github.com/repos/${project}/releases?per_page=100`,
  },
  'gitlab.com': {
    raw: ({ project, ref, path }) => `https://gitlab.com/${project}/-/raw/${ref}/${path}`,
    shown: ({ project, ref, path }) => `https://gitlab.com/${project}/-/blob/${ref}/${path}`,
  },
  'bitbucket.org': {
    raw: ({ project, ref, path }) => `https://bitbucket.org/${project}/raw/${ref}/${path}`,
    shown: ({ project, ref, path }) => `https://bitbucket.org/${project}/src/${ref}/${path}`,
  },
};

/** What a repository says of the changes of a package, or why nothing was read. */
export type RepositoryAnswer =
  | { readonly kind: 'documents'; readonly documents: readonly PackageDocument[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** Reads changelogs that a package does not ship. */
export interface RepositoryReader {
  /** Documents of the repository that a manifest names, with their addresses as paths. Throws the signal's reason on abort. */
  documents(manifest: PublishedManifest): Promise<RepositoryAnswer>;
}

export type RepositoryAccess = {
  /** What `registryOptions` reads from npm's configuration: proxy and certificates. Credentials go to their own hosts only. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  readonly forges?: Readonly<Record<string, Forge>>;
};

type Answer = { text(): Promise<string> };
type Fetch = (address: string, options: Readonly<Record<string, unknown>>) => Promise<Answer>;

const names = [
  'CHANGELOG.md',
  'changelog.md',
  'History.md',
  'HISTORY.md',
  'CHANGES.md',
  'MIGRATION.md',
  'UPGRADING.md',
  'docs/migration.md',
];
const timeoutMs = 5_000;
const bytesMax = 4 * 1_048_576;
const releasesSchema = z.array(z.object({ tag_name: z.string(), body: z.string().nullish() }));

/**
 * Opens the repositories that packages name. A host that cannot be reached is not asked again; nothing is written, and no
 * program is run. Changelogs are looked for at the tag of the version and then at the newest commit; notes of releases
 * count where there is none.
 */
export function openRepositories(access: RepositoryAccess): RepositoryReader {
  const fetch = z
    .custom<Fetch>((value) => typeof value === 'function')
    .parse(createRequire(import.meta.url)('npm-registry-fetch'));
  const faults = fetchFaults(1);
  const get = async (address: string): Promise<string | undefined> => {
    const { host } = new URL(address);
    if (faults.closed(host) !== undefined) return undefined;
    const { signal } = access;
    const asked = { ...access.options, signal, timeout: timeoutMs, retry: { retries: 0 }, size: bytesMax };
    try {
      return await (await fetch(address, { ...asked, headers: { accept: '*/*' } })).text();
    } catch (error) {
      signal.throwIfAborted();
      faults.explain(host, error);
      return undefined;
    }
  };
  return {
    async documents(manifest) {
      const found = projectOf(manifest.repository, access.forges ?? forges);
      if (found === undefined) return { kind: 'unknown', why: 'It names no repository that can be read.' };
      const documents = await read({ ...found, manifest, get });
      if (documents.length > 0) return { kind: 'documents', documents };
      const { project, forge } = found;
      const closed = faults.closed(new URL(forge.raw({ project, ref: 'HEAD', path: '' })).host);
      return { kind: 'unknown', why: closed ?? `Its repository ${project} has no changelog that was found.` };
    },
  };
}

type Found = { readonly forge: Forge; readonly project: string; readonly folder: string };
type Reading = Found & { readonly manifest: PublishedManifest; get(address: string): Promise<string | undefined> };

async function read(reading: Reading): Promise<readonly PackageDocument[]> {
  const { manifest, forge, project, folder, get } = reading;
  const folders = [...new Set([folder, ''])];
  for (const ref of [`v${manifest.version}`, 'HEAD']) {
    for (const at of folders) {
      const places = names.map((name) => ({ project, ref, path: at === '' ? name : `${at}/${name}` }));
      // Whether the host answers shows with the first; the others are asked side by side.
      const [first, ...others] = places;
      if (first === undefined) continue;
      const texts = [await get(forge.raw(first)), ...(await Promise.all(others.map((place) => get(forge.raw(place)))))];
      const documents = places.flatMap((place, index) => {
        const text = texts[index];
        return text === undefined ? [] : [{ path: forge.shown(place), text }];
      });
      if (documents.length > 0) return documents;
    }
  }
  return releaseNotes(reading);
}

/** The notes of releases as one document, each under a heading with its version. */
async function releaseNotes({ forge, project, get }: Reading): Promise<readonly PackageDocument[]> {
  if (forge.releases === undefined) return [];
  const parsed = releasesSchema.safeParse(jsonOf((await get(forge.releases(project))) ?? ''));
  if (!parsed.success || parsed.data.length === 0) return [];
  const text = parsed.data.map(({ tag_name: tag, body }) => `## ${tag}\n${(body ?? '').replaceAll(/^#+ /gm, '')}\n`);
  const path = forge.shown({ project, ref: 'HEAD', path: 'releases' }).replace(/\/(blob|src)\/HEAD\//, '/');
  return [{ path, text: text.join('\n') }];
}

/** `git+https://host/owner/name.git`, `git@host:owner/name`, `github:owner/name`, `owner/name`. */
function projectOf(
  repository: PublishedManifest['repository'],
  known: Readonly<Record<string, Forge>>,
): Found | undefined {
  if (repository === undefined) return undefined;
  const { url, directory = '' } = repository;
  const short = /^(?:(github|gitlab|bitbucket):)?([\w.-]+\/[\w.-]+)$/.exec(url);
  const long =
    /^(?:[a-z+]+:\/\/)?(?:[^@/\s]*@)?([\w.-]+(?::\d+)?)[/:]((?:[\w.-]+\/)+[\w.-]+?)(?:\.git)?\/?(?:#.*)?$/.exec(url);
  const shortHost = short === null ? undefined : `${short[1] ?? 'github'}.${short[1] === 'bitbucket' ? 'org' : 'com'}`;
  const [host, project] = short === null ? [long?.[1], long?.[2]] : [shortHost, short[2]?.replace(/\.git$/, '')];
  const forge = host === undefined ? undefined : known[host.replace(/^www\./, '')];
  if (forge === undefined || project === undefined) return undefined;
  const owner = project
    .split('/')
    .slice(0, host?.startsWith('gitlab') === true ? undefined : 2)
    .join('/');
  return { forge, project: owner, folder: directory.replaceAll(/^\.?\/|\/$/g, '') };
}
