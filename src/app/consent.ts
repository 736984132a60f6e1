import { type Confirmation, type Consent, noConsent } from '#run/consent';

/** What an interface brings in of a person's word; the types are the runner's. */
export type { Confirmation, Consent, GateQuestion } from '#run/consent';
export { noConsent } from '#run/consent';

/** Nobody who could be asked anything: how a verb is called by what is no person. */
export const nobodyThere = { consent: noConsent, confirm: async () => false, confirmByName: async () => false };

/** A word that counts for the gate that was shown, and for no other that comes on the way. */
export function wordFor(gate: string | undefined, word: Confirmation): Consent {
  return {
    given: gate === undefined ? [] : [gate],
    isNobodyThere: true,
    confirm: async (asked) => (asked.gate.id === gate ? word : undefined),
  };
}
