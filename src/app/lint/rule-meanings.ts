import type { RuleMeaning } from '#core/report';
import { rules } from '#db/rules/index';
import { findingMeanings } from '../finding-meanings.ts';

const syntax: RuleMeaning = {
  summary: 'SQL does not parse',
  why: 'PostgreSQL refuses the statement, so the migration stops there.',
  instead: 'Correct it at the place that is named.',
  severity: 'error',
};

/** What the rules mean, by id, for formats that list them: those about statements, and what is said of files. */
export function ruleMeanings(): Readonly<Record<string, RuleMeaning>> {
  const all = rules.map(({ id, summary, why, instead, severity }): [string, RuleMeaning] => [
    id,
    { summary, why, instead, severity, docs: `docs/rules/${id}.md` },
  ]);
  const ofFiles = Object.entries(findingMeanings).filter(([id]) => id.startsWith('lint/'));
  return {
    ...Object.fromEntries([...all, ...ofFiles.map(([id, why]) => [id, { summary: firstSentence(why), why }])]),
    'sql/syntax': syntax,
  };
}

function firstSentence(text: string): string {
  return /^[^.:]*/.exec(text)?.[0] ?? text;
}
