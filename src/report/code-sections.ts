import type { CodeUse, Gate } from '#core/plan';
import { fenced, inline, table } from './markdown-text.ts';

const usesMax = 200;
const diffLinesMax = 2_000;

/** Where the code uses what changes, and the edits for each deployment, as parts of a gate's phase. */
export function codeSections({ uses, patches = [] }: Gate): readonly string[] {
  if (uses === undefined) return [];
  const { certain, byHand, possible } = sorted(uses);
  if (uses.length === 0) return ['**In the code** no use of what changes was found.'];
  return [
    ...listed(`**Used in the code** (${count(certain.length)}):`, certain),
    ...listed(`**Used in the code, and in no patch** (${count(byHand.length)}); edit each by hand:`, byHand),
    ...listed(`**May be used in the code** (${count(possible.length)}); look at each:`, possible),
    ...patches.flatMap(({ file, title, diff }) => [
      `**${inline(title)}.** At the top of the repository: \`git apply\` with \`${file}\` of this folder.`,
      fenced('diff', shortened(diff)),
    ]),
  ];
}

/** The same in one line; undefined where no code was looked at. */
export function codeLine({ uses, patches = [] }: Gate): string | undefined {
  if (uses === undefined) return undefined;
  const { certain, byHand, possible } = sorted(uses);
  const hand = byHand.length === 0 ? '' : `, ${byHand.length} to edit by hand`;
  const found = `${count(certain.length + byHand.length)}${hand}, ${possible.length} possible`;
  return [found, ...patches.map(({ file }) => file)].join('; ');
}

function sorted(uses: readonly CodeUse[]) {
  const sure = uses.filter(({ certainty }) => certainty === 'certain');
  return {
    certain: sure.filter(({ reason }) => reason === undefined),
    byHand: sure.filter(({ reason }) => reason !== undefined),
    possible: uses.filter(({ certainty }) => certainty === 'possible'),
  };
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
