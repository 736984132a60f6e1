import type { Finding } from '#core/finding';
import { findingsIn, titleOf } from '../findings-in.ts';
import { effectsOf, summaryLine } from '../findings-words.ts';
import type { Format } from '../format.ts';

/**
 * Annotations of GitHub Actions, as workflow commands on standard output:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands. The interface shows ten errors, ten
 * warnings and ten notices of a step; the log has all.
 */
export const github: Format = {
  id: 'github',
  summary: 'Annotations of GitHub Actions',
  render(report) {
    const lines = findingsIn(report).map(command);
    const summary = report.kind === 'findings' && report.summary !== undefined ? [summaryLine(report.summary)] : [];
    // The title begins no line with a colon pair, so that it is no command.
    return `${[...lines, ...(summary.length === 0 ? [data(titleOf(report)).replace(/^:+/, '')] : summary)].join('\n')}\n`;
  },
};

const commands = { error: 'error', warning: 'warning', advice: 'notice' } as const;

function command(finding: Finding): string {
  const effects = effectsOf(finding);
  const text = [
    finding.message,
    ...(effects === undefined ? [] : [`Effect: ${effects}.`]),
    ...(finding.instead === undefined ? [] : [`Instead: ${finding.instead}`]),
    ...(finding.cure === undefined ? [] : [finding.cure]),
  ].join('\n');
  const properties = Object.entries({ ...placeOf(finding), title: finding.rule });
  const list = properties.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
  return `::${commands[finding.severity]} ${list}::${data(text)}`;
}

/** The runner refuses columns where the last line is not the first. */
function placeOf({ file, line, column, endLine, endColumn }: Finding): Readonly<Record<string, string | number>> {
  if (file === undefined) return {};
  if (line === undefined) return { file };
  if (endLine !== undefined && endLine !== line) return { file, line, endLine };
  return {
    file,
    line,
    ...(endLine === undefined ? {} : { endLine }),
    ...(column === undefined ? {} : { col: column }),
    ...(column === undefined || endColumn === undefined ? {} : { endColumn }),
  };
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
