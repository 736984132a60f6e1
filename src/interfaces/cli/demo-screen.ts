import type { DemoNews, DemoResult } from '#app/demo/demo-result';
import type { RunProgress } from '#app/progress';
import type { CommandContext } from './command.ts';

/** How the demo looks: chapters with a line for each step on standard error, and the numbers at the end. */
export type DemoScreen = { tell(news: DemoNews): void; summary(result: DemoResult): string };

export function demoScreen({ terminal, isQuiet }: Pick<CommandContext, 'terminal' | 'isQuiet'>): DemoScreen {
  const { stderr, colors } = terminal;
  const line = (text: string) => {
    if (!isQuiet) stderr.write(`${text}\n`);
  };
  return {
    tell(news) {
      switch (news.kind) {
        case 'chapter':
          return line(`\n${colors.bold(news.title)}`);
        case 'line':
          return line(`  ${news.text}`);
        case 'sample':
          return line(`  ${colors.red(news.text)}`);
        case 'plan':
          for (const phase of news.plan.phases) {
            const parts =
              phase.gate === undefined ? phase.steps.map(({ title }) => title) : ['the application moves over'];
            for (const [index, part] of parts.entries())
              line(`  ${colors.dim((index === 0 ? phase.id : '').padEnd(9))} ${part}`);
          }
          return line('');
        case 'run': {
          const text = eventText(news.event);
          return text === undefined ? undefined : line(`  ${text}`);
        }
      }
    },
    summary: (result) => summaryText(result),
  };
}

function eventText(event: RunProgress): string | undefined {
  switch (event.kind) {
    case 'step-done':
      return `${event.direction === 'forward' ? '✓' : '↶'} ${event.stepId}${event.parts > 1 ? ` ${event.part + 1}/${event.parts}` : ''}  ${Math.round(event.ms)} ms  ${event.detail}`;
    case 'step-verified':
      return event.detail === '' ? undefined : `  ${event.ok ? '✓' : '✗'} ${event.detail}`;
    case 'evidence':
      return `${event.ok ? '✓' : '✗'} gate ${event.gate}: ${event.title}: ${event.detail}`;
    case 'gate-reached':
      return `■ gate ${event.gate}: ${event.needs}`;
    default:
      return undefined;
  }
}

function summaryText(result: DemoResult): string {
  const { workload, textbook, plainRename, verification, rollback } = result;
  const row = (name: string, failed: number, lost: number) =>
    `  ${name.padEnd(24)}${String(failed).padStart(10)}${String(lost).padStart(14)}`;
  return [
    '',
    `  ${''.padEnd(24)}${'failed'.padStart(10)}${'lost writes'.padStart(14)}`,
    row('godwit', workload.failed, workload.lostWrites),
    row('textbook recipe', textbook.failed, textbook.lostWrites),
    row('plain rename', plainRename.failed, plainRename.lostWrites),
    '',
    `  ${workload.queries.toLocaleString('en-US')} queries during godwit's run and its way back; ${workload.hazards} met a hazard that the plan named, and went on by its cure`,
    `  p99 latency ${workload.p99IdleMs} ms idle, ${workload.p99DuringMs} ms during; longest wait ${workload.longestWaitMs} ms`,
    `  after contract: ${verification.rows.toLocaleString('en-US')} rows compared with the application's ledger, ${verification.mismatches} differ`,
    `  after the rollback: schema ${rollback.schemaRestored ? 'as before' : 'NOT as before'}, data ${rollback.dataRestored ? 'as last acknowledged' : 'NOT as last acknowledged'}`,
    '',
  ].join('\n');
}
