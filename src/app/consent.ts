/** What an interface brings in of a person's word; the types are the runner's. */
export type { Confirmation, Consent, GateQuestion } from '#run/consent';
export { noConsent } from '#run/consent';
