import { createRequire } from 'node:module';
import * as z from 'zod';
import { fetchFaults } from './fetch-faults.ts';
import { type Packument, packumentSchema } from './packument.ts';
import { registryOptions } from './registry-options.ts';

/** What a registry answers: the packument, or why it cannot be had, without credentials. */
export type RegistryAnswer =
  | { readonly kind: 'packument'; readonly packument: Packument }
  | { readonly kind: 'unknown'; readonly why: string };

/** Where packages are published. */
export interface Registry {
  /** With `dates` the full document is asked for: the shorter one need not say when a version was published. */
  packument(name: string, detail?: 'dates'): Promise<RegistryAnswer>;
}

export type RegistryPlace = {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Text of the tree's .yarnrc.yml, where Yarn 2 or newer installs it. */
  readonly yarnrc?: string | undefined;
};

type FetchJson = (path: string, options: Readonly<Record<string, unknown>>) => Promise<unknown>;
type Fetcher = {
  readonly json: FetchJson;
  pickRegistry(spec: string, options: Readonly<Record<string, unknown>>): string;
};

/** Metadata for installing, smaller by far. https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md */
const acceptShort = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8';
const acceptFull = 'application/json';
const timeoutMs = 20_000;
/** A host that could not be reached this often is not asked again. */
const faultsMax = 3;

/**
 * The registries that the package manager of the tree would ask: project, user and global npmrc, environment, scopes and
 * tokens as npm reads them. Nothing is cached or written.
 */
export async function openRegistry({ root, env, signal, yarnrc }: RegistryPlace): Promise<Registry> {
  const fetcher = z
    .custom<Fetcher>((value) => typeof value === 'function' && 'json' in value && 'pickRegistry' in value)
    .parse(createRequire(import.meta.url)('npm-registry-fetch'));
  const options = await registryOptions({ root, env, yarnrc });
  const faults = fetchFaults(faultsMax);
  return {
    async packument(name, detail) {
      const host = hostOf(fetcher.pickRegistry(name, options));
      const closed = faults.closed(host);
      if (closed !== undefined) return { kind: 'unknown', why: closed };
      try {
        const body = await fetcher.json(`/${name.replace('/', '%2f')}`, {
          ...options,
          headers: { accept: detail === 'dates' ? acceptFull : acceptShort },
          spec: name,
          signal,
          timeout: timeoutMs,
          retry: { retries: 1, factor: 1, minTimeout: 200, maxTimeout: 1_000 },
        });
        const parsed = packumentSchema.safeParse(body);
        if (parsed.success) return { kind: 'packument', packument: parsed.data };
        return { kind: 'unknown', why: `${host} answered something that is no packument.` };
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'unknown', why: faults.explain(host, error) };
      }
    },
  };
}

/** Host and port alone: a registry's address may hold a user and a password. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'the registry';
}
