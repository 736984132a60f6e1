import type { Verb } from '../verb.ts';
import { apply } from './apply.ts';
import { plan } from './plan.ts';
import { rollback } from './rollback.ts';
import { status } from './status.ts';

/** The shelf of verbs, in the order in which they are used. */
export const verbs: readonly Verb[] = [plan, apply, status, rollback];
