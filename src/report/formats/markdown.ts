import type { Format } from '../format.ts';
import { checksDocument, findingsDocument, runDocument } from '../other-documents.ts';
import { planDocument } from '../plan-document.ts';

/** Markdown: PLAN.md for a plan, short pages for everything else. */
export const markdown: Format = {
  id: 'markdown',
  summary: 'Markdown; for a plan exactly PLAN.md',
  render(report) {
    switch (report.kind) {
      case 'plan':
        return planDocument(report.plan, report.rehearsal);
      case 'run':
        return runDocument(report);
      case 'checks':
        return checksDocument(report);
      case 'findings':
        return findingsDocument(report);
    }
  },
};
