import type { Danger } from './danger.ts';

/** What becomes of a command: it is let through, stopped, or a person decides. */
export type Judgement = { readonly kind: 'allow' } | ({ readonly kind: 'deny' | 'ask' } & Danger);
