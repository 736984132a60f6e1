import { languageFor } from '#code/jssg/language-names';
import { fail } from '#core/error';

/** The language of files, as recipes name it, by an extension with its dot. Throws `bad-input` for one that nobody knows. */
export function languageOf(extension: string): string {
  const language = languageFor(extension);
  if (language !== undefined) return language;
  throw fail('bad-input', {
    what: `It is not known in which language files with ${extension} are written.`,
    why: 'No grammar is known by that extension.',
    next: 'Say it with `--language`, e.g. `--language typescript`.',
  });
}
