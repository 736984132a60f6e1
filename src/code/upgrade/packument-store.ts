import { mapBounded } from '../process/bounded.ts';
import type { Packument } from '../registry/packument.ts';
import type { Registry } from '../registry/registry.ts';

/** Packuments of one plan: each is asked for once. */
export interface PackumentStore {
  readonly known: ReadonlyMap<string, Packument>;
  /** Why a package could not be had: name → reason. */
  readonly refused: ReadonlyMap<string, string>;
  /** Asks for those that were not asked for yet. */
  load(names: readonly string[]): Promise<void>;
  /** Asks again for those that do not say when their versions were published; a refusal leaves them as they are. */
  loadDates(names: readonly string[]): Promise<void>;
}

/** A registry is asked for this many packages at a time. */
const requestsAtATime = 8;

/** Opens an empty store over a registry. `dates` asks for the documents that say when a version was published. */
export function packumentStore(
  registry: Registry,
  { signal, dates }: { readonly signal: AbortSignal; readonly dates: boolean },
): PackumentStore {
  const known = new Map<string, Packument>();
  const refused = new Map<string, string>();
  return {
    known,
    refused,
    async load(names) {
      const wanted = [...new Set(names)].filter((name) => !known.has(name) && !refused.has(name)).sort();
      await mapBounded(wanted, { width: requestsAtATime, signal }, async (name) => {
        const answer = await registry.packument(name, dates ? 'dates' : undefined);
        if (answer.kind === 'packument') known.set(name, answer.packument);
        else refused.set(name, answer.why);
      });
    },
    async loadDates(names) {
      const wanted = [...new Set(names)].filter((name) => known.has(name) && known.get(name)?.time === undefined);
      await mapBounded(wanted, { width: requestsAtATime, signal }, async (name) => {
        const answer = await registry.packument(name, 'dates');
        if (answer.kind === 'packument') known.set(name, answer.packument);
      });
    },
  };
}
