import { hazardsOf, stepsOf } from '#core/plan';
import { inline } from '#report/markdown-text';
import { planDocument, planHeadings } from '#report/plan-document';
import { callNobody } from './call-nobody.ts';
import type { PlannedFile } from './draft-plans.ts';

/** Left out first where a plan is too long: it repeats in full what the table of the plan has in short. */
const longest = '## Detailed Steps';
const lineMax = 200;

/**
 * What becomes of each file that is planned: a line, and below it, folded, the eight headings of the plan. A plan that does
 * not fit in any more keeps its line alone, and before that loses its detailed steps. Pure.
 */
export function sectionsOfPlans(plans: readonly PlannedFile[], charactersMax: number): string {
  const heads = plans.map((planned) => callNobody(headOf(planned)));
  let left = charactersMax - heads.reduce((sum, head) => sum + head.length + 2, 0);
  const sections = plans.map((planned, place) => {
    const head = heads[place] ?? '';
    const folded = [foldedWhole(planned), foldedShort(planned)].find((text) => text.length <= left);
    left -= folded?.length ?? 0;
    if (folded === undefined) return `${head} The plan did not fit in here.`;
    return folded === '' ? head : `${head}\n\n${folded}`;
  });
  return `### Plans\n\n${sections.join('\n\n')}\n`;
}

function headOf(planned: PlannedFile): string {
  const file = `**${inline(planned.file)}**`;
  switch (planned.kind) {
    case 'nothing':
      return `- ${file}: there is nothing to do.`;
    case 'refused':
      return `- ${file}: ❌ no plan can be made of it. ${inline(planned.failure.explanation.what).slice(0, lineMax)}`;
    case 'plan': {
      const { plan, findings } = planned;
      const hazards = hazardsOf(plan).length;
      const said = findings.map(({ message }) => ` ⚠ ${inline(message).slice(0, lineMax)}`).join('');
      return `- ${file}: ${counted(stepsOf(plan).length, 'step')} in ${counted(plan.phases.length, 'phase')}, ${counted(hazards, 'hazard')}.${said}`;
    }
  }
}

function counted(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function foldedWhole(planned: PlannedFile): string {
  if (planned.kind !== 'plan') return '';
  return folded(planned.plan.title, planDocument(planned.plan, planned.rehearsal));
}

function foldedShort(planned: PlannedFile): string {
  if (planned.kind !== 'plan') return '';
  const text = planDocument(planned.plan, planned.rehearsal);
  const start = text.indexOf(`\n${longest}\n`);
  const after = planHeadings[planHeadings.indexOf('Detailed Steps') + 1];
  const end = text.indexOf(`\n## ${after}\n`, start);
  const short = `${text.slice(0, start)}\n${longest}\n\nLeft out in here; \`godwit plan\` writes them.\n${text.slice(end)}`;
  return folded(planned.plan.title, start === -1 || end === -1 ? text : short);
}

/** Headings go down by two; nothing that stands in the plan ends the fold. */
function folded(title: string, text: string): string {
  const body = callNobody(text)
    .replace(/^# .*\n/, '')
    .replaceAll(/^(#{2,4}) /gm, '##$1 ')
    .replaceAll(/<(?=\/?(details|summary)\b)/gi, '<\u200b');
  const summary = callNobody(title)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('`', '')
    .slice(0, lineMax);
  return `<details><summary>${summary}</summary>\n${body}\n</details>`;
}
