import type { RecipeRun } from '#code/engine/recipe-run';
import type { Finding } from '#core/finding';

const listedMax = 200;

/** What a run came to, for people: counts, what is left to do, what failed, what waits. */
export function runText(run: RecipeRun, title: string): string {
  const { changes, unresolved, faults, passedOver, looked, gates, notes } = run;
  const lines = [
    `${title}: ${counted(changes.length, 'file')} to change of ${looked} looked at.`,
    ...changes
      .slice(0, listedMax)
      .map(
        ({ path, before, after }) =>
          `  ${before === undefined ? 'new' : after === undefined ? 'removed' : 'changed'}  ${path}`,
      ),
    ...section(`Left to do by hand (${unresolved.length}):`, unresolved.map(findingLine)),
    ...section(`Failed (${faults.length}):`, faults.map(findingLine)),
    ...section(
      'Waits for you:',
      gates.map(
        ({ id, name, holds }) =>
          `${id}: ${name}${holds.length === 0 ? '' : ` (before ${holds.join(', ')})`}; go on with --gate ${id}`,
      ),
    ),
    ...section(
      'Not looked at:',
      passedOver.map(({ what, why }) => `${what}: ${why}`),
    ),
    ...section('It says:', notes),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > listedMax ? [`  … and ${lines.length - listedMax} more`] : [];
  return ['', title, ...lines.slice(0, listedMax).map((line) => `  ${line.replaceAll('\n', '\n  ')}`), ...more];
}

function findingLine({ file, line, column, message, cure }: Finding): string {
  const place = file === undefined ? '' : `${file}${line === undefined ? '' : `:${line}:${column}`} `;
  return `${place}${message}${cure === undefined ? '' : `\n  → ${cure}`}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
