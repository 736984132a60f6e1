import { aliasesOf } from '#db/lint/make-finding';
import type { Claim, Rule, RuleExample } from '#db/rule';
import { rules } from '#db/rules/index';

/** The manual of the rules: an index, and a page for each, by path from the root. */
export function rulePages(notice: string): Readonly<Record<string, string>> {
  const pages = rules.map((rule) => [`docs/rules/${rule.id}.md`, pageOf(rule, notice)] as const);
  return { 'docs/rules/index.md': indexPage(notice), ...Object.fromEntries(pages) };
}

const groups = [
  ['pg', 'Locks, rewrites and failures'],
  ['tx', 'Transactions and timeouts'],
  ['ds', 'Lost data'],
  ['bc', 'Broken code that runs'],
  ['hy', 'Hygiene and policy'],
  ['sec', 'Security'],
  ['live', 'What the running server says'],
] as const;

function indexPage(notice: string): string {
  const parts = groups.flatMap(([group, title]) => {
    const own = rules.filter(({ id }) => id.startsWith(`${group}/`));
    if (own.length === 0) return [];
    const rows = own.map(
      (rule) => `| [${rule.id}](${rule.id}.md) | ${severityWords(rule)} | ${escaped(rule.summary)} |`,
    );
    return [`## ${title}`, ['| Rule | Severity | What it notices |', '| --- | --- | --- |', ...rows].join('\n')];
  });
  return [
    '# Rules of `godwit lint`',
    notice,
    `${rules.length} rules. \`error\` fails, loses data, or blocks for as long as a table is large; \`warning\` is a risk that depends; \`advice\` is policy, hygiene, or a strong lock for an instant. What servers of several versions did when the examples were run stands in [the proof](proof.md).`,
    ...parts,
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function severityWords({ severity, isOptIn }: Rule): string {
  return isOptIn === true ? `${severity}, off unless asked for` : severity;
}

function pageOf(rule: Rule, notice: string): string {
  const names = aliasesOf(rule);
  return [
    `# ${rule.id}`,
    notice,
    `${rule.summary}. Severity: ${severityWords(rule)}.`,
    rule.why,
    `**Instead:** ${rule.instead}`,
    ...(rule.claims.length === 0
      ? []
      : [`**What the server does:** ${rule.claims.map(claimWords).join('; ')}. [Measured](../proof.md).`]),
    '## Reported',
    ...rule.bad.map(exampleText),
    '## Not reported',
    ...rule.good.map(exampleText),
    ...(names.length === 0
      ? []
      : [
          `Names of other tools, which are taken in configuration and comments: ${names.map((name) => `\`${name}\``).join(', ')}.`,
        ]),
  ]
    .join('\n\n')
    .concat('\n');
}

function claimWords({ lock, rewrite, scan, build, fails, from, until }: Claim): string {
  const work = [
    rewrite === true ? 'writes the table anew' : '',
    scan === true ? 'reads every row' : '',
    build === true ? 'builds an index' : '',
  ];
  const said =
    fails === undefined
      ? [lock ?? 'no strong lock', ...work.filter((one) => one !== '')].join(', ')
      : `fails with ${fails}`;
  const range = [
    from === undefined ? '' : `from PostgreSQL ${from}`,
    until === undefined ? '' : `until PostgreSQL ${until}`,
  ];
  const words = range.filter((one) => one !== '').join(' ');
  return words === '' ? said : `${said} (${words})`;
}

function exampleText({ sql, given, inTransaction }: RuleExample): string {
  const notes = [
    ...(given === undefined ? [] : [`-- given: ${given.replaceAll('\n', '\n-- ')}`]),
    ...(inTransaction === true ? ['-- all in one transaction'] : []),
  ];
  return ['```sql', ...notes, sql, '```'].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
