import type { Finding } from '#core/finding';
import type { MaskedText } from './mask-foreign.ts';

/** Findings with placeholders as the file writes them, where the parser saw a name of the same length. */
export function withPlaceholders({ text, masked }: MaskedText, findings: readonly Finding[]): readonly Finding[] {
  const names = new Map(
    masked
      .filter(({ kind }) => kind === 'placeholder' || kind === 'variable')
      .flatMap(({ start, end, text: written }) => {
        const name = text.slice(start, end).trim();
        // Names without quotes come out of the parser in small letters.
        return name === '' ? [] : [[name, written] as const, [name.toLowerCase(), written] as const];
      }),
  );
  if (names.size === 0) return findings;
  const longestFirst = [...names].toSorted(([one], [other]) => other.length - one.length);
  const put = (words: string) => longestFirst.reduce((said, [name, written]) => said.split(name).join(written), words);
  return findings.map((finding) => ({
    ...finding,
    message: put(finding.message),
    ...(finding.instead === undefined ? {} : { instead: put(finding.instead) }),
    ...(finding.tables === undefined ? {} : { tables: finding.tables.map(put) }),
  }));
}
