import { thisMachine } from '#app/machine';
import type { Domain } from '#core/domain';
import type { Plan } from '#core/plan';
import { openDatabaseDomain } from '#db/domain';
import { postgres } from '#db/drivers/postgres/index';
import type { ExecutionLimits } from '#db/execution';
import { applyPlan } from '#run/apply';
import { type Consent, noConsent } from '#run/consent';
import type { RunResult } from '#run/options';
import { rollBack } from '#run/roll-back';
import type { RunProgress } from '#run/surroundings';

/** The real runner with one plan on one database, as the verbs call it. */
export type Carrier = {
  /** To the next gate, which nobody passes, or to the end. */
  forward(): Promise<RunResult>;
  /** The same, with somebody's word for the gate it stands at. */
  passGate(): Promise<RunResult>;
  back(toPhase?: string): Promise<RunResult>;
  close(): Promise<void>;
};

export type CarryOptions = {
  readonly url: string;
  readonly plan: Plan;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ExecutionLimits>;
  on?(event: RunProgress): void;
};

const said: Consent = { confirm: () => Promise.resolve({ by: 'a test', means: 'typed' }) };

/** Opens the domain for a plan. The caller closes it. */
export function carry(options: CarryOptions): Carrier {
  const domain: Domain = openDatabaseDomain({
    driver: postgres,
    connect: postgres.connect(options.url),
    place: 'a test',
    random: Math.random,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const signal = options.signal ?? new AbortController().signal;
  const machine = thisMachine({ version: '0.0.0', cwd: process.cwd(), env: {}, signal });
  const surroundings = { ...machine, on: options.on ?? (() => undefined) };
  const target = { name: 'test', class: 'development' } as const;
  const run = { plan: options.plan, domain, surroundings, target };
  return {
    forward: () => applyPlan({ ...run, consent: noConsent }),
    passGate: () => applyPlan({ ...run, consent: said }),
    back: (toPhase) => rollBack({ ...run, consent: said, ...(toPhase === undefined ? {} : { toPhase }) }),
    close: () => domain.close(),
  };
}
