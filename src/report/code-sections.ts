import type { CodeUse, Gate } from '#core/plan';
import { fenced, inline, table } from './markdown-text.ts';

const usesMax = 200;
const diffLinesMax = 2_000;

/** Where the code uses what changes, and the edits for each deployment, as parts of a gate's phase. */
export function codeSections({ uses, patches = [] }: Gate): readonly string[] {
  if (uses === undefined) return [];
  const certain = uses.filter(({ certainty }) => certainty === 'certain');
  const possible = uses.filter(({ certainty }) => certainty === 'possible');
  if (uses.length === 0) return ['**In the code** no use of what changes was found.'];
  return [
    ...listed(`**Used in the code** (${count(certain.length)}):`, certain),
    ...listed(`**May be used in the code** (${count(possible.length)}); look at each:`, possible),
    ...patches.flatMap(({ file, title, diff }) => [
      `**${inline(title)}.** At the top of the repository: \`git apply\` with \`${file}\` of this folder.`,
      fenced('diff', shortened(diff)),
    ]),
  ];
}

function listed(title: string, uses: readonly CodeUse[]): readonly string[] {
  if (uses.length === 0) return [];
  const rows = uses
    .slice(0, usesMax)
    .map(({ file, line, kind, object, text, reason }) => [
      `\`${file}:${line}\``,
      kind,
      `\`${object}\``,
      [text, ...(reason === undefined ? [] : [`(${reason})`])].join(' '),
    ]);
  const rest = uses.length - usesMax;
  return [
    title,
    table(['Place', 'Kind', 'Uses', 'Line'], rows),
    ...(rest > 0 ? [`${rest} more stand in plan.json under \`uses\`.`] : []),
  ];
}

function shortened(diff: string): string {
  const lines = diff.trimEnd().split('\n');
  if (lines.length <= diffLinesMax) return lines.join('\n');
  return [...lines.slice(0, diffLinesMax), `… ${lines.length - diffLinesMax} more lines stand in the file`].join('\n');
}

function count(number: number): string {
  return `${number} ${number === 1 ? 'place' : 'places'}`;
}
