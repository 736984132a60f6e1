import type { Span, Unresolved } from '../../../recipe.ts';
import { type DjangoFile, numberOf } from './django-file.ts';

/** Since when something is gone, and what to use. */
export type Gone = readonly [since: string, instead: string];

/** What is said of a place that needs something which Django no longer has. */
export function toldRemoved(span: Span, symbol: string, [since, instead]: Gone): Unresolved {
  return {
    ...span,
    message: `\`${symbol}\` is gone since Django ${since}.`,
    cure: `Use ${instead}.`,
    symbol,
    evidence: releaseNotes(since),
  };
}

export function releaseNotes(since: string): string {
  return `https://docs.djangoproject.com/en/${since}/releases/${since}/`;
}

/** Whether the oldest Django that must run a file lacks what went with a release. */
export function isGone({ settings }: DjangoFile, since: string): boolean {
  return settings.target >= numberOf(since);
}
