import { hash } from 'node:crypto';
import * as z from 'zod';
import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { byPlace } from './by-place.ts';
import { normalText } from './text/normal-text.ts';

const entrySchema = z
  .strictObject({
    /** As in the version of the baseline. */
    file: z.string(),
    rule: z.string(),
    /** That of `fingerprinted`. */
    fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
    /** For people who read the file; nothing is compared with it. */
    message: z.string(),
  })
  .readonly();
/** Files are named from the folder of the baseline; in version 1 from the folder that lint was called in. */
const baselineSchema = z
  .strictObject({ version: z.union([z.literal(1), z.literal(2)]), findings: z.array(entrySchema).readonly() })
  .readonly();

/** Old findings that are known and not held against anybody. */
export type Baseline = z.infer<typeof baselineSchema>;
export type BaselineEntry = z.infer<typeof entrySchema>;

/** The name of a finding's file in a baseline. */
export type FileNaming = (file: string) => string;

/** The baseline of all findings that stand in a file and have a fingerprint; the others can never be in one. */
export function baselineOf(findings: readonly Finding[], nameOf: FileNaming): Baseline {
  const entries = findings.flatMap(({ file, rule, fingerprint, message }) =>
    file === undefined || fingerprint === undefined ? [] : [{ file: nameOf(file), rule, fingerprint, message }],
  );
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return { version: 2, findings: [...byKey.values()].sort((a, b) => compare(keyOf(a), keyOf(b))) };
}

/** The baseline as a file: sorted, one finding a line, so that its differences can be read. */
export function baselineText({ version, findings }: Baseline): string {
  const lines = findings.map(({ file, rule, fingerprint, message }) =>
    JSON.stringify({ file, rule, fingerprint, message: message.replaceAll(/\s+/g, ' ') }),
  );
  return `{\n  "version": ${version},\n  "findings": [${lines.map((line) => `\n    ${line}`).join(',')}\n  ]\n}\n`;
}

/** Reads a baseline file. Throws `bad-input` for one that is no baseline; `path` names it in the message. */
export function parseBaseline(text: string, path: string): Baseline {
  const read = baselineSchema.safeParse(jsonOf(text, path));
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const place = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  throw unreadable(
    path,
    `${place === '' ? 'Its outermost value' : place.replace(/^\./, '')}: ${issue?.message ?? ''}.`,
  );
}

/** Findings told apart by a baseline, and the entries of it that no finding has any more. */
export type BaselineSplit = {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** Entries to delete: what they name was mended. */
  readonly gone: readonly BaselineEntry[];
};

/**
 * Splits findings by a baseline. `isCovered` says which files this run answers for, by their names in the baseline, so that
 * an entry of a file that was not looked at is not taken for mended; a file that was deleted is covered where its folder
 * was linted.
 */
export function splitByBaseline(
  findings: readonly Finding[],
  {
    baseline,
    nameOf,
    isCovered,
  }: { readonly baseline: Baseline; readonly nameOf: FileNaming; readonly isCovered: (name: string) => boolean },
): BaselineSplit {
  const held = new Set(baseline.findings.map(keyOf));
  const keys = new Map(findings.map((finding) => [finding, keyOfFinding(finding, nameOf)]));
  const isKnown = (finding: Finding) => held.has(keys.get(finding) ?? '');
  const occurring = new Set(keys.values());
  return {
    fresh: findings.filter((finding) => !isKnown(finding)),
    known: findings.filter(isKnown),
    gone: baseline.findings.filter((entry) => isCovered(entry.file) && !occurring.has(keyOf(entry))),
  };
}

/**
 * Gives each finding in a file its fingerprint: of its rule, its file, the statement that it is about and which of
 * several alike it is. It outlives moved lines, other white space and other comments. To be called with all findings of
 * a run, before any is silenced, as those alike are counted. `statementOf` gives the text of the statement, or undefined
 * for a finding about no single one, which its message stands for; `nameOf` the name of the file that is meant.
 */
export function fingerprinted(
  findings: readonly Finding[],
  {
    statementOf,
    nameOf,
  }: { readonly statementOf: (finding: Finding) => string | undefined; readonly nameOf: FileNaming },
): readonly Finding[] {
  const seen = new Map<string, number>();
  const normals = new Map<string, string>();
  const normal = (statement: string): string => {
    const text = normals.get(statement) ?? normalText(statement);
    normals.set(statement, text);
    return text;
  };
  const fingerprints = new Map<Finding, string>();
  for (const finding of findings.filter(({ file }) => file !== undefined).sort(byPlace)) {
    const file = nameOf(finding.file ?? '');
    const statement = statementOf(finding);
    const about = statement === undefined ? ['message', finding.message] : ['statement', normal(statement)];
    const alike = JSON.stringify([finding.rule, file, ...about]);
    const count = seen.get(alike) ?? 0;
    seen.set(alike, count + 1);
    fingerprints.set(finding, hash('sha256', `${alike}${count}`).slice(0, 16));
  }
  return findings.map((finding) => {
    const fingerprint = fingerprints.get(finding);
    return fingerprint === undefined ? finding : { ...finding, fingerprint };
  });
}

function keyOfFinding({ file, rule, fingerprint }: Finding, nameOf: FileNaming): string {
  return file === undefined || fingerprint === undefined ? '' : keyOf({ file: nameOf(file), rule, fingerprint });
}

function keyOf({ file, rule, fingerprint }: Omit<BaselineEntry, 'message'>): string {
  return `${file}\0${rule}\0${fingerprint}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw unreadable(path, `It is not JSON: ${error.message}.`, error);
  }
}

function unreadable(path: string, why: string, cause?: unknown): Error {
  return fail(
    'bad-input',
    {
      what: `The baseline ${path} cannot be read.`,
      why,
      next: `Bring back the file as it was committed, or delete it and have it written anew.`,
    },
    cause,
  );
}
