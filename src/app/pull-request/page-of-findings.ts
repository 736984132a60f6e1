import type { FindingsReport } from '#core/report';
import { markdown } from '#report/formats/markdown';
import type { PlannedFile } from './draft-plans.ts';
import { sectionsOfPlans } from './sections-of-plans.ts';

/** The first line of our comment; by it the next run finds it again. Nothing shows it. */
export const marker = '<!-- godwit: migrations of this pull request -->';
/** GitHub takes 65,536 characters in a comment. */
const charactersMax = 60_000;
/** What is left for one line for each plan, whatever the findings take. */
const restMax = 5_000;
/** What is written into a page of somebody else's names; nobody is to be called by it. */
const mention = /@(?=[\w-])/g;

/**
 * The page for the comment and the summary of the job: the findings, then the plans, as much as GitHub takes. Where not all
 * fits in, plans give way first, from the last; a finding only where findings alone are too many. Pure.
 */
export function pageOfFindings(report: FindingsReport, plans: readonly PlannedFile[] = []): string {
  const text = quiet(markdown.render(report)).replace(/^# /, '## godwit: ');
  const page = shortened(`${marker}\n${text}`);
  if (plans.length === 0) return page;
  return `${page}\n${quiet(sectionsOfPlans(plans, charactersMax + restMax - page.length))}`;
}

function quiet(text: string): string {
  return text.replaceAll(mention, '@\u200b');
}

function shortened(page: string): string {
  if (page.length <= charactersMax) return page;
  const cut = page.lastIndexOf('\n', charactersMax);
  return `${page.slice(0, cut)}\n\nThe rest did not fit in here; it stands in the log of the job.\n`;
}
