import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Finding } from '#core/finding';
import type { Judged } from './judge-files.ts';

/**
 * Writes the safe form of each finding that has one into its file. Where two fixes meet, the first is made and the other
 * is left to the next call. A file that changed since it was read is left as it is. Tells what it did, as sentences, and
 * gives standard input as it would be.
 */
export function writeFixes(
  { findings, sources }: Judged,
  { cwd, input }: { readonly cwd: string; readonly input: string | undefined },
): { readonly notices: readonly string[]; readonly input: string | undefined } {
  const notices: string[] = [];
  let fixedInput = input;
  const files = new Set(findings.flatMap(({ file, edit }) => (file === undefined || edit === undefined ? [] : [file])));
  for (const file of files) {
    const path = resolve(cwd, file);
    if (file !== '-' && readFileSync(path, 'utf8') !== sources[file]) {
      notices.push(`${file} is not in UTF-8 or changed meanwhile; nothing was fixed in it.`);
      continue;
    }
    const { text, made } = fixedText(
      sources[file] ?? '',
      findings.filter((finding) => finding.file === file),
    );
    if (file === '-') fixedInput = text;
    else writeFileSync(path, text);
    notices.push(`${file === '-' ? 'Standard input' : file}: ${made.length} fixed.`);
  }
  return { notices, input: fixedInput };
}

/** The text with all fixes that do not meet, and the findings whose fix was made. */
export function fixedText(
  source: string,
  findings: readonly Finding[],
): { readonly text: string; readonly made: readonly Finding[] } {
  const made: Finding[] = [];
  let text = '';
  let at = 0;
  const sorted = findings.toSorted((one, other) => (one.edit?.offset ?? 0) - (other.edit?.offset ?? 0));
  for (const finding of sorted) {
    const { edit } = finding;
    if (edit === undefined || edit.offset < at) continue;
    text += source.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
    made.push(finding);
  }
  return { text: text + source.slice(at), made };
}
