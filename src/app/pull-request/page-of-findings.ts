import type { FindingsReport } from '#core/report';
import { markdown } from '#report/formats/markdown';
import { callNobody } from './call-nobody.ts';
import type { PlannedFile } from './draft-plans.ts';
import { sectionsOfPlans } from './sections-of-plans.ts';

/** The first line of our comment; by it the next run finds it again. Nothing shows it. */
export const marker = '<!-- godwit: migrations of this pull request -->';
/** GitHub takes 65,536 characters in a comment. */
const charactersMax = 60_000;
/** Room for what is said of plans that did not fit in; a fold is never cut, since there is none where lines alone are too long. */
const linesMax = 3_000;
/** What findings may take of it where there are plans too. */
const besidePlansMax = 40_000;

/**
 * The page for the comment and the summary of the job: the findings, then the plans, as much as GitHub takes. Where not all
 * fits in, findings are cut at a line, and plans lose their detailed steps, then all but their line. Pure.
 */
export function pageOfFindings(report: FindingsReport, plans: readonly PlannedFile[] = []): string {
  const text = callNobody(markdown.render(report)).replace(/^# /, '## godwit: ');
  const page = shortened(`${marker}\n${text}`, plans.length === 0 ? charactersMax : besidePlansMax);
  if (plans.length === 0) return page;
  return shortened(`${page}\n${sectionsOfPlans(plans, charactersMax - page.length)}`, charactersMax + linesMax);
}

function shortened(page: string, max: number): string {
  if (page.length <= max) return page;
  const cut = page.lastIndexOf('\n', max);
  return `${page.slice(0, cut)}\n\nThe rest did not fit in here; it stands in the log of the job.\n`;
}
