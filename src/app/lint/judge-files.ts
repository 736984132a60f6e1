import { setImmediate as breath } from 'node:timers/promises';
import type { Finding, Severity } from '#core/finding';
import type { SilencedFinding } from '#core/report';
import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';
import { type FileNaming, fingerprinted } from '#db/lint/baseline';
import type { LintOptions } from '#db/lint/context';
import type { Majors } from '#db/lint/effects/command-place';
import { type LintedFile, lintFiles } from '#db/lint/lint';
import type { LiveFacts } from '#db/lint/live-facts';
import type { RuleNames } from '#db/lint/suppression/rule-names';
import { applySuppressions } from '#db/lint/suppression/suppressions';
import { unusedSuppression } from '#db/lint/suppression/unused-suppression';
import { lineStarts } from '#db/lint/text/line-starts';
import type { ChosenRule } from './choose-rules.ts';
import type { ReadHistory } from './read-migrations.ts';

/** What files are judged by. */
export type Judgement = {
  readonly histories: readonly ReadHistory[];
  readonly schema: string | undefined;
  readonly majors: Majors;
  readonly rules: readonly ChosenRule[];
  readonly names: RuleNames;
  readonly options: LintOptions;
  readonly live: LiveFacts | undefined;
  /** What fingerprints call the files. */
  readonly nameOf: FileNaming;
  readonly signal: AbortSignal;
  /** Is called after each file. */
  readonly onFile?: () => void;
};

/** Findings of all files, what comments silence, and the texts that they stand in. */
export type Judged = {
  readonly findings: readonly Finding[];
  readonly silenced: readonly SilencedFinding[];
  readonly sources: Readonly<Record<string, string>>;
  readonly statements: number;
};

/** Lints every file and lets the comments in it speak. Every finding has a fingerprint for the baseline. */
export async function judgeFiles(judgement: Judgement): Promise<Judged> {
  await loadParser();
  const findings: Finding[] = [];
  const silenced: SilencedFinding[] = [];
  const sources: Record<string, string> = {};
  let statements = 0;
  let breathedMs = performance.now();
  for (const { files, tool } of judgement.histories) {
    const { schema, majors, rules, options, live } = judgement;
    const run = new Set(
      rules.filter(({ rule }) => rule.needs !== 'live' || live !== undefined).map(({ rule }) => rule.id),
    );
    const said = new Map(rules.filter(({ isSaid }) => isSaid).map(({ rule, severity }) => [rule.id, severity]));
    const texts = new Map(files.map((file) => [file.path, file]));
    for (const linted of lintFiles({ files, tool, schema, majors, rules, options, live })) {
      if (performance.now() - breathedMs > breathMs) {
        // Whoever interrupts is heard only while nothing else is done.
        await breath();
        breathedMs = performance.now();
      }
      judgement.signal.throwIfAborted();
      judgement.onFile?.();
      const file = texts.get(linted.path);
      if (file === undefined) continue;
      const parts = file.parts.filter(({ direction }) => direction === 'up');
      const spoken = applySuppressions({
        text: file.text,
        file: file.path,
        statements: linted.statements,
        parts,
        findings: withFingerprints(linted, { text: file.text, nameOf: judgement.nameOf }),
        names: judgement.names,
        wasRun: (rule) => run.has(rule),
      });
      const kept = spoken.findings.filter(({ rule }) => rule !== unusedSuppression || run.has(rule));
      findings.push(...kept.map((finding) => withSaidSeverity(finding, said)));
      silenced.push(...spoken.silenced);
      if (spoken.findings.length + spoken.silenced.length > 0) sources[file.path] = file.text;
      statements += linted.statements.length;
    }
  }
  return { findings, silenced, sources, statements };
}

/** How long a run is deaf at most. */
const breathMs = 50;

/** A severity that the configuration says holds for all findings of a rule, those too that weigh less or more by themselves. */
function withSaidSeverity(finding: Finding, said: ReadonlyMap<string, Severity>): Finding {
  const severity = said.get(finding.rule);
  return severity === undefined ? finding : { ...finding, severity };
}

function withFingerprints(
  { findings, statements }: LintedFile,
  { text, nameOf }: { readonly text: string; readonly nameOf: FileNaming },
): readonly Finding[] {
  if (findings.length === 0) return findings;
  const lines = lineStarts(text);
  const statementOf = ({ line = 1, column = 1 }: Finding): string | undefined => {
    const at = (lines[line - 1] ?? 0) + column - 1;
    const around = statements.find(({ start, end }) => start <= at && at < end);
    return around === undefined ? undefined : text.slice(around.start, around.end);
  };
  return fingerprinted(findings, { statementOf, nameOf });
}
