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
  const { edit, cure, instead, lock, aliases, tables, rewrite, scan } = finding;
  // A rest of the pattern would say the same and takes ten times as long.
  const json: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(finding)) if (!saidLast.has(name)) json[name] = value;
  json.aliases = aliases ?? [];
  json.instead = instead ?? cure ?? '';
  json.lock = lock ?? null;
  json.tables = tables ?? [];
  json.rewrite = rewrite ?? false;
  json.scan = scan ?? false;
  if (edit !== undefined) json.fix = edit;
  return json;
}

/** Fields that every finding has in the document, behind the others, and those that have another name there. */
const saidLast = new Set(['edit', 'cure', 'instead', 'lock', 'aliases', 'tables', 'rewrite', 'scan']);
