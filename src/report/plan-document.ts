import type { Finding } from '#core/finding';
import { type Gate, hazardsOf, type Phase, type Plan, type Step, stepsOf } from '#core/plan';
import type { Rehearsal } from '#core/report';
import { planAgain } from '#core/shell';
import { brief, showAction } from './actions.ts';
import { codeSections } from './code-sections.ts';
import { listedText, withoutList } from './listed-text.ts';
import { code, fenced, inline, table } from './markdown-text.ts';
import { timeline } from './timeline.ts';

/** The headings of every plan, in their order. */
export const planHeadings = [
  'Migration Overview',
  'Current State',
  'Target State',
  'Migration Plan',
  'Detailed Steps',
  'Risks and Mitigations',
  'Rollback Plan',
  'Timeline',
] as const;

/** PLAN.md: one `#`, exactly the eight `##` in their order, phases as `###`. */
export function planDocument(plan: Plan, rehearsal: Rehearsal | undefined): string {
  const sections: Readonly<Record<(typeof planHeadings)[number], string>> = {
    'Migration Overview': overview(plan),
    'Current State': facts(plan.current),
    'Target State': facts(plan.target),
    'Migration Plan': planTable(plan),
    'Detailed Steps': plan.phases.map((phase) => `### ${inline(phase.title)}\n\n${phaseDetail(phase)}`).join('\n\n'),
    'Risks and Mitigations': [risks(hazardsOf(plan)), ...breaks(plan.findings ?? [])].join('\n\n'),
    'Rollback Plan': rollbackPlan(plan),
    Timeline: timeline(plan, rehearsal),
  };
  const body = planHeadings.map((title) => `## ${title}\n\n${sections[title]}`).join('\n\n');
  return `# ${inline(plan.title)}\n\n${body}\n`;
}

function overview(plan: Plan): string {
  const options = Object.entries(plan.intent.options).map(([name, value]) => `- ${name}: ${code(value)}`);
  return [
    ...(plan.why.includes(plan.intent.text.trim()) ? ['Asked for as:'] : [inline(plan.why)]),
    plan.intent.kind === 'sql' ? fenced('sql', plan.intent.text) : code(planAgain(plan)),
    ...(options.length === 0 ? [] : [options.join('\n')]),
    `Plan \`${plan.id}\`, hash \`${plan.planHash}\`, origin \`${plan.origin.fingerprint.slice(0, 16)}\` over ${plan.origin.objects.map(code).join(', ') || 'nothing yet'}.`,
  ].join('\n\n');
}

function facts(list: Plan['current']): string {
  if (list.length === 0) return 'Nothing.';
  return list.map(({ subject, detail }) => `- ${code(subject)}: ${inline(detail)}`).join('\n');
}

function planTable(plan: Plan): string {
  const rows = plan.phases.flatMap((phase) => [
    ...phase.steps.map((step) => [phase.id, step.title, brief(step.rollback), brief(step.verify)]),
    ...(phase.gate === undefined
      ? []
      : [
          [
            phase.id,
            `Gate: ${withoutList(phase.gate.needs)}`,
            phase.gate.needsBack,
            phase.gate.evidence.map(({ title }) => title).join('; ') || 'a person says so',
          ],
        ]),
  ]);
  return table(['Phase', 'Action', 'Rollback', 'Verification'], rows);
}

function phaseDetail(phase: Phase): string {
  const parts = phase.steps.map(stepDetail);
  if (phase.gate !== undefined) {
    const evidence = phase.gate.evidence.map(({ title, action }) =>
      [`- ${inline(title)}`, ...blocks(action)].join('\n\n'),
    );
    parts.push([gateNeeds(phase.gate), ...evidence, ...codeSections(phase.gate)].join('\n\n'));
  }
  return parts.join('\n\n') || 'Nothing to do.';
}

function gateNeeds({ id, needs }: Gate): string {
  const { head, items } = listedText(needs);
  const list = items.map((item) => `- ${inline(item)}`).join('\n');
  return `**Gate \`${id}\`**: ${inline(head)}${list === '' ? '' : `\n\n${list}\n\nWhat is measured there:`}`;
}

function stepDetail(step: Step): string {
  const hazards = step.hazards.map(
    ({ message, cure }) => `> ${inline(message)}${cure === undefined ? '' : ` ${inline(cure)}`}`,
  );
  return [
    `**\`${step.id}\`** ${inline(step.title)}`,
    ...blocks(step.action),
    ...labelled('Verify', step.verify),
    ...hazards,
  ].join('\n\n');
}

function labelled(label: string, action: Step['action'] | Step['rollback']): readonly string[] {
  const shown = blocks(action);
  return shown.length === 0 ? [] : [`${label}:`, ...shown];
}

function blocks(action: Step['action'] | Step['rollback']): readonly string[] {
  return showAction(action).map(({ says, sql, locks, diff }) => {
    const head = `${says.charAt(0).toUpperCase()}${says.slice(1)}${locks === undefined ? '' : `, locking: ${locks}`}`;
    if (diff !== undefined) return `${inline(head)}:\n\n${fenced('diff', diff)}`;
    return sql.length === 0
      ? `${inline(head)}.`
      : `${inline(head)}:\n\n${fenced('sql', sql.map(terminated).join('\n\n'))}`;
  });
}

function risks(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'None known.';
  const unique = [...new Map(findings.map((finding) => [`${finding.rule} ${finding.message}`, finding])).values()];
  return table(
    ['Risk', 'Severity', 'What happens', 'Mitigation'],
    unique.map((finding) => [`\`${finding.rule}\``, finding.severity, finding.message, finding.cure ?? '']),
  );
}

/** What will break, each at its place in the tree. */
function breaks(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const shown = findings.slice(0, 200);
  const rows = shown.map((finding) => [
    finding.file === undefined ? '' : `\`${finding.file}:${finding.line ?? 1}\``,
    `\`${finding.rule}\``,
    finding.message,
    [finding.cure ?? '', finding.evidence === undefined ? '' : `(${finding.evidence})`].join(' ').trim(),
  ]);
  const rest = findings.length - shown.length;
  return [
    `**What breaks, and where** (${findings.length} ${findings.length === 1 ? 'place' : 'places'}):`,
    table(['Place', 'Rule', 'What', 'What to do'], rows),
    ...(rest === 0 ? [] : [`${rest} more stand in plan.json under \`findings\`.`]),
  ];
}

function rollbackPlan(plan: Plan): string {
  const steps = stepsOf(plan).toReversed();
  const intro =
    'From any phase, `godwit rollback` takes back what was done, last step first; `--to PHASE` stops earlier.';
  const list = steps.map(({ phase, step }, index) => {
    const before = step.beforeRollback === undefined ? [] : blocks(step.beforeRollback);
    const first = before.length === 0 ? [] : ['Before anything is taken back:', ...before];
    const detail = [...first, ...blocks(step.rollback)];
    const said = detail.length === 0 ? 'nothing to take back' : detail.join('\n\n');
    return `**${index + 1}. \`${step.id}\`** (${phase.id})\n\n${said}`;
  });
  return [intro, ...list].join('\n\n');
}

function terminated(sql: string): string {
  const text = sql.trim();
  return text.endsWith(';') ? text : `${text};`;
}
