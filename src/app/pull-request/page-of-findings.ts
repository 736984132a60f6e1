import type { FindingsReport } from '#core/report';
import { markdown } from '#report/formats/markdown';

/** The first line of our comment; by it the next run finds it again. Nothing shows it. */
export const marker = '<!-- godwit: migrations of this pull request -->';
/** GitHub takes 65,536 characters in a comment. */
const charactersMax = 60_000;
/** What is written into a page of somebody else's names; nobody is to be called by it. */
const mention = /@(?=[\w-])/g;

/** The page for the comment and the summary of the job: whole sections, as many as GitHub takes. Pure. */
export function pageOfFindings(report: FindingsReport): string {
  const text = markdown.render(report).replaceAll(mention, '@\u200b').replace(/^# /, '## godwit: ');
  const page = `${marker}\n${text}`;
  if (page.length <= charactersMax) return page;
  const cut = page.lastIndexOf('\n', charactersMax);
  return `${page.slice(0, cut)}\n\nThe rest did not fit in here; it stands in the log of the job.\n`;
}
