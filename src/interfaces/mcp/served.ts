import { type Consent, nobodyThere } from '#app/consent';
import { hideValues } from '#app/jail/hide-values';
import { loadConfig } from '#app/load-config';
import { thisMachine } from '#app/machine';
import type { RunProgress } from '#app/progress';
import { redactor } from '#app/redact';
import type { TargetChoice } from '#app/target';
import type { Surroundings } from '#app/verb';
import { readableIn } from './tool-input.ts';

/** What is served, and from where: one folder, one configuration, one default target. */
export type Served = {
  readonly version: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly choice: TargetChoice;
  /** Aborts when the server ends: runs stop at a safe point then. */
  readonly signal: AbortSignal;
};

/** What one call may know of the world, and a function that takes credentials out of its texts. */
export async function surroundingsOf(
  served: Served,
  call: { readonly target: string | undefined; readonly signal: AbortSignal; on(event: RunProgress): void },
): Promise<{ readonly surroundings: Surroundings; clean(text: string): string }> {
  const { cwd, env } = served;
  const config = await loadConfig(cwd);
  const choice = call.target === undefined ? served.choice : { target: call.target };
  const surroundings: Surroundings = {
    ...thisMachine({ ...served, signal: call.signal }),
    cwd,
    env,
    config,
    choice,
    on: (event) => call.on(event),
    mayRead: readableIn(cwd),
    ...nobodyThere,
  };
  const redacted = redactor({ choice: served.choice, config, env });
  return { surroundings, clean: (text) => hideValues(redacted(text), env) };
}

/** The same with the word of a person, who saw what it is about before. */
export function withWord(surroundings: Surroundings, consent: Consent): Surroundings {
  return { ...surroundings, consent, confirm: async () => true, confirmByName: async () => true };
}
