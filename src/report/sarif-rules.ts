import type { Finding, Severity } from '#core/finding';
import type { FindingsReport, RuleMeaning } from '#core/report';

/** The level of SARIF for a severity. */
export const sarifLevels = { error: 'error', warning: 'warning', advice: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** Descriptors of the rules of a report, sorted by id: all that it explains, and those of its findings beside. */
export function sarifRules(findings: readonly Finding[], rules: FindingsReport['rules'] = {}) {
  const ids = [...new Set([...Object.keys(rules), ...findings.map(({ rule }) => rule)])].sort();
  const firsts = new Map(findings.toReversed().map((finding) => [finding.rule, finding]));
  return ids.map((id) => ({ id, ...described(rules[id]), ...namesOf(firsts.get(id), rules[id]) }));
}

function described(meaning: RuleMeaning | undefined) {
  if (meaning === undefined) return {};
  const { summary, why, instead, docs, severity } = meaning;
  const then = instead === undefined ? ['', ''] : [`\n\nInstead: ${instead}`, `\n\n**Instead:** ${instead}`];
  return {
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${summary}\n\nWhy: ${why}${then[0]}`,
      markdown: `${summary}\n\n**Why:** ${why}${then[1]}`,
    },
    ...(docs !== undefined && URL.canParse(docs) ? { helpUri: docs } : {}),
    ...(severity === undefined ? {} : { defaultConfiguration: { level: sarifLevels[severity] } }),
  };
}

/** A rule without a level of its own has that of its findings; other names of it are told as tags are. */
function namesOf(finding: Finding | undefined, meaning: RuleMeaning | undefined) {
  if (finding === undefined) return {};
  const { severity, aliases = [] } = finding;
  return {
    ...(meaning?.severity === undefined ? { defaultConfiguration: { level: sarifLevels[severity] } } : {}),
    ...(aliases.length === 0 ? {} : { properties: { aliases } }),
  };
}
