import type { RuleMeaning } from '#core/report';
import { rules } from '#db/rules/index';

const own: Readonly<Record<string, RuleMeaning>> = {
  'sql/syntax': {
    summary: 'SQL does not parse',
    why: 'PostgreSQL refuses the statement, so the migration stops there.',
    instead: 'Correct it at the place that is named.',
  },
};

/** What the rules mean, by id, for formats that list them. */
export function ruleMeanings(): Readonly<Record<string, RuleMeaning>> {
  const all = rules.map(
    ({ id, summary, why, instead }) => [id, { summary, why, instead, docs: `docs/rules/${id}.md` }] as const,
  );
  return { ...Object.fromEntries(all), ...own };
}
