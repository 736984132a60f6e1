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
  return ids.map((id) => ({ id, ...described(rules[id]), ...namesOf(findings.find(({ rule }) => rule === id)) }));
}

function described(meaning: RuleMeaning | undefined) {
  if (meaning === undefined) return {};
  const { summary, why, instead, docs } = meaning;
  return {
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: {
      text: `${summary}\n\nWhy: ${why}\n\nInstead: ${instead}`,
      markdown: `${summary}\n\n**Why:** ${why}\n\n**Instead:** ${instead}`,
    },
    ...(docs !== undefined && URL.canParse(docs) ? { helpUri: docs } : {}),
  };
}

/** The level that a rule has here is that of its findings; other names of it are told as tags are. */
function namesOf(finding: Finding | undefined) {
  if (finding === undefined) return {};
  const { severity, aliases = [] } = finding;
  return {
    defaultConfiguration: { level: sarifLevels[severity] },
    ...(aliases.length === 0 ? {} : { properties: { aliases } }),
  };
}
