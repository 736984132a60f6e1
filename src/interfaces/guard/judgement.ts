import type { Danger } from './danger.ts';

/** What becomes of a command: it is let through, stopped, or a person decides. */
export type Judgement = { readonly kind: 'allow' } | ({ readonly kind: 'deny' | 'ask' } & Danger);

export const allow: Judgement = { kind: 'allow' };

/** What becomes of a command in which there is a danger. */
export function judged({ why, instead, asks }: Danger): Judgement {
  return { kind: asks === true ? 'ask' : 'deny', why, instead };
}

/** The first that stops; or the first that asks. Those after it are not asked. */
export function worstOf(judgements: Iterable<() => Judgement>): Judgement {
  let worst = allow;
  for (const judgement of judgements) {
    const one = judgement();
    if (one.kind === 'deny') return one;
    if (worst.kind === 'allow') worst = one;
  }
  return worst;
}
