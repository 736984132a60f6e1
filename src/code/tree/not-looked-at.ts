import type { Finding } from '#core/finding';
import type { Unknown } from '../snapshot.ts';

/** What could not be looked at, as a plan says it. */
export function notLookedAt({ what, why }: Unknown): Finding {
  return { rule: 'tree/not-looked-at', severity: 'advice', message: `Not looked at: ${what}. ${why}` };
}
