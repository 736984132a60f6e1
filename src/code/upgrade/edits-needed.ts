import type { Finding } from '#core/finding';

const asking = 'Look at';
const linesMax = 12;
const numbersMax = 8;

/**
 * What a gate asks of a person, as a text that is a Markdown list too: a sentence with the count of places, then a line for
 * each file and what is said of it, with all the lines of the file of which it is said. Wants one finding at least. Pure.
 */
export function editsNeeded(hop: string, findings: readonly Finding[]): string {
  const groups = grouped(findings);
  const shown = groups.slice(0, linesMax);
  const rest = groups.slice(linesMax).reduce((sum, { count }) => sum + count, 0);
  const count = shown.reduce((sum, group) => sum + group.count, rest);
  return [
    `${asking} ${places(count)} of ${hop}, and make the edits that they need on the branch (not committed is fine):`,
    ...shown.map(itemOf),
    ...(rest === 0 ? [] : [`- … and at ${places(rest)} more, which stand among the findings of the plan`]),
  ].join('\n');
}

/** Whether what a gate needs is such a text. Pure. */
export function asksForEdits(needs: string): boolean {
  return needs.startsWith(asking);
}

type Group = {
  readonly file: string | undefined;
  readonly message: string;
  readonly lines: ReadonlySet<number>;
  readonly count: number;
};

function grouped(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { file, line = 1, message } of findings) {
    const key = JSON.stringify([file, message]);
    const lines = new Set([...(groups.get(key)?.lines ?? []), line]);
    groups.set(key, { file, message, lines, count: file === undefined ? 1 : lines.size });
  }
  return [...groups.values()];
}

function itemOf({ file, message, lines }: Group): string {
  const said = message.replaceAll(/\s*\n\s*/g, ' ').trim();
  if (file === undefined) return `- ${said}`;
  const numbers = [...lines].sort((one, other) => one - other);
  const more = numbers.length > numbersMax ? ' …' : '';
  return `- ${file}:${numbers.slice(0, numbersMax).join(', ')}${more}: ${said}`;
}

function places(count: number): string {
  return `${count} ${count === 1 ? 'place' : 'places'}`;
}
