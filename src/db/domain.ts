import type { Domain, Lease } from '#core/domain';
import type { Driver } from './driver.ts';
import { defaultExecutionLimits, type ExecutionLimits } from './execution.ts';
import { databaseExecutors } from './executors/index.ts';
import { prepareGodwitSchema } from './godwit-schema.ts';
import { journalTable } from './journal-table.ts';
import { type LeaseTableOptions, leaseTable } from './lease-table.ts';
import type { Connect } from './session.ts';
import { type SharedSession, shareSession } from './shared-session.ts';

export type DatabaseDomainOptions = Pick<LeaseTableOptions, 'place' | 'silenceMaxMs' | 'endingMaxMs'> & {
  readonly driver: Driver;
  readonly connect: Connect;
  /** From 0 up to 1. */
  random(): number;
  readonly limits?: Partial<ExecutionLimits>;
};

/**
 * A database, opened for running. Connections are made when they are first needed, and live until `close`, not until
 * the run is aborted: a run that is stopped still journals that, and gives its lease back.
 */
export function openDatabaseDomain(options: DatabaseDomainOptions): Domain {
  const { driver, connect } = options;
  const ending = new AbortController();
  const life = ending.signal;
  const reader = shareSession(() => connect({ purpose: 'reader', isReadOnly: true, signal: life }));
  const asker = shareSession(() => connect({ purpose: 'asker', signal: life }));
  const lease = leaseTable({ ...options, reader, life });
  const writers = journalWriters(connect, life);
  const limits = { ...defaultExecutionLimits, ...options.limits };
  return {
    name: driver.name,
    executors: databaseExecutors({ connect, driver, random: options.random, limits, lease: lease.held }),
    guards: driver.guards(connect),
    journal: journalTable({ reader, asker, writer: writers.of }),
    lease,
    prepare: () => asker.use(prepareGodwitSchema),
    fingerprint: (origin) =>
      reader.use(async (session) => driver.fingerprint(await driver.inspect(session), origin.objects)),
    close: async () => {
      await Promise.all([lease.close(), writers.close(), reader.close(), asker.close()]);
      ending.abort();
    },
  };
}

/** One connection per token, because its application_name bears it. */
function journalWriters(connect: Connect, life: AbortSignal) {
  const writers = new Map<number, SharedSession>();
  return {
    of: (lease: Lease): SharedSession => {
      const open = () => connect({ purpose: 'journal', run: lease, signal: life });
      const writer = writers.get(lease.token) ?? shareSession(open);
      writers.set(lease.token, writer);
      return writer;
    },
    close: async (): Promise<void> => {
      await Promise.all([...writers.values()].map((writer) => writer.close()));
    },
  };
}
