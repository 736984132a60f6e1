import type { Finding, Severity } from '#core/finding';
import type { FindingsReport } from '#core/report';

/** The document of `godwit lint --json`: findings with every field that a script may ask for, and a summary. */
export function lintJson(
  report: FindingsReport,
  facts: {
    readonly failOn: Severity | 'never';
    readonly statements: number;
    readonly tools: readonly string[];
    /** Standard input with what was fixed in it. */
    readonly fixedInput: string | undefined;
  },
): object {
  return {
    findings: report.findings.map(findingJson),
    summary: {
      ...report.summary,
      statements: facts.statements,
      tools: facts.tools,
      failOn: facts.failOn,
      notices: report.notices ?? [],
    },
    ...(facts.fixedInput === undefined ? {} : { fixedInput: facts.fixedInput }),
    suppressed: (report.silenced ?? []).map(({ finding, by, reason }) => ({ ...findingJson(finding), by, reason })),
  };
}

function findingJson(finding: Finding): object {
  const { edit, cure, instead, lock, aliases, tables, rewrite, scan, ...rest } = finding;
  return {
    ...rest,
    aliases: aliases ?? [],
    instead: instead ?? cure ?? '',
    lock: lock ?? null,
    tables: tables ?? [],
    rewrite: rewrite ?? false,
    scan: scan ?? false,
    ...(edit === undefined ? {} : { fix: edit }),
  };
}
