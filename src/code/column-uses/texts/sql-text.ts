import type { NamePlaces, ReadNames } from '#core/named-change';
import type { EditPart, NestedEdit } from '#core/nested-edit';
import type { Constant } from '../modules/constants.ts';

/** A stretch of a text in SQL and where it stands in its file. */
export type Piece = {
  readonly kind: 'plain' | 'escape' | 'hole';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a hole: may what fills it be written twice? */
  readonly mayRepeat: boolean;
  /** What ends the literal that it stands in, and is not to stand in an edit as it is. */
  readonly quote: string;
  /** The file that it stands in; undefined of text that stands in none. */
  readonly path: string | undefined;
  /** The constants by whose names it came here. */
  readonly through: readonly Constant[];
};

/** A text that stands in no file. */
export function outOfCode(text: string): Piece {
  return { kind: 'escape', text, start: -1, end: -1, mayRepeat: false, quote: '', path: undefined, through: [] };
}

/** A text in SQL that was read, with its places in terms of the file. */
export type ReadSql =
  | {
      readonly answer: Extract<NamePlaces, { readonly places: unknown }>;
      readonly toFile: (edit: NestedEdit) => NestedEdit;
      /** The piece that an index of the text read stands in. */
      readonly pieceAt: (index: number) => Piece | undefined;
      /** Are values all that is put in? Else there may be more in the statement than is seen. */
      readonly isWhole: boolean;
    }
  | { readonly message: string };

/** What may stand where the program puts something in: a value, nothing, a name, rows, defaults, an assignment. */
const forms = [
  (number: number) => `$${number}`,
  () => '',
  (number: number) => `hole_${number}`,
  (number: number) => `($${number})`,
  () => 'DEFAULT VALUES',
  (number: number) => `hole_${number} = 1`,
];
const triesMax = 40;
/** Numbers of our own parameters begin here, behind those that the text may have. */
const ownFrom = 1000;

/** Reads a text that is put together of pieces, whatever stands in its holes. */
export async function readSql(pieces: readonly Piece[], readNames: ReadNames): Promise<ReadSql> {
  const named = pieces.flatMap((piece) => splitAt(piece, namedParameter));
  const first = await readWith(named, readNames);
  if (!('message' in first)) return first;
  const numbered = named.flatMap((piece) => splitAt(piece, questionMark));
  return numbered.length === named.length ? first : readWith(numbered, readNames);
}

async function readWith(pieces: readonly Piece[], readNames: ReadNames): Promise<ReadSql> {
  const chosen = pieces.map(() => 0);
  let message = '';
  for (let tries = 0; tries < triesMax; tries += 1) {
    const written = pieces.map((piece, place) =>
      piece.kind === 'hole' ? (forms[chosen[place] ?? 0]?.(ownFrom + place) ?? '') : piece.text,
    );
    const once = new Set(
      pieces.flatMap(({ kind, mayRepeat }, at) => (kind === 'hole' && !mayRepeat ? [ownFrom + at] : [])),
    );
    const answer = await readNames(written.join(''), once);
    if ('places' in answer) return { answer, ...placing(pieces, written), isWhole: chosen.every((form) => form === 0) };
    message = answer.message;
    if (!chooseNext(pieces, { written, chosen, index: answer.index })) break;
  }
  return { message };
}

type Tried = { readonly written: readonly string[]; readonly chosen: number[]; readonly index: number };

/** Gives the hole at or before the place of an error its next form; false where all were tried. */
function chooseNext(pieces: readonly Piece[], { written, chosen, index }: Tried): boolean {
  let from = 0;
  const holes: number[] = [];
  for (const [place, text] of written.entries()) {
    if (pieces[place]?.kind === 'hole' && from <= index) holes.push(place);
    from += text.length;
  }
  for (const place of holes.reverse()) {
    const next = (chosen[place] ?? 0) + 1;
    chosen[place] = next < forms.length ? next : 0;
    if (next < forms.length) return true;
  }
  return false;
}

/** Translates places in the written text into places in the files that it comes from. */
function placing(pieces: readonly Piece[], written: readonly string[]) {
  const starts: number[] = [];
  let length = 0;
  for (const text of written) {
    starts.push(length);
    length += text.length;
  }
  const pieceAt = (index: number, isEnd: boolean): number =>
    starts.findLastIndex((start, place) => {
      const size = written[place]?.length ?? 0;
      return size > 0 && (isEnd ? start < index : start <= index);
    });
  const place = (index: number, isEnd: boolean): number => {
    const at = Math.max(0, pieceAt(index, isEnd));
    const piece = pieces[at];
    if (piece === undefined) return 0;
    const within = index - (starts[at] ?? 0);
    if (piece.kind === 'plain') return piece.start + within;
    return within === 0 ? piece.start : piece.end;
  };
  const toFile = ({ start, end, parts }: NestedEdit): NestedEdit => {
    const isInsertion = start === end;
    const quote = pieces[Math.max(0, pieceAt(start, isInsertion))]?.quote ?? '';
    const mapped = parts.map(
      (part): EditPart =>
        typeof part === 'string'
          ? escaped(part, quote)
          : { start: place(part.start, false), end: place(part.end, true) },
    );
    return { start: place(start, isInsertion), end: place(end, true), parts: mapped };
  };
  return { toFile, pieceAt: (index: number) => pieces[pieceAt(index, false)] };
}

function escaped(text: string, quote: string): string {
  return quote === '' ? text : text.replaceAll(quote, `\\${quote}`);
}

/** What is no parameter although it looks like one, then the parameters: `:name`, `@name`, `{{name}}`, `sqlc.arg(name)`. */
const skipped = String.raw`'(?:[^']|'')*'|"[^"]*"|--[^\n]*|/\*[\s\S]*?\*/`;
const namedParameter = new RegExp(
  String.raw`${skipped}|(?<![:\w\[]):(?=[a-z_])\w+!?|(?<![@\w])@[a-z_]\w*|\{\{[^{}]*\}\}|\bsqlc\.n?arg\(\s*'?\w+'?\s*\)`,
  'gi',
);
const questionMark = new RegExp(String.raw`${skipped}|\?\??`, 'g');

/** Takes the parameters out of a plain piece; those that go by their name may stand twice. */
function splitAt(piece: Piece, pattern: RegExp): readonly Piece[] {
  if (piece.kind !== 'plain') return [piece];
  const parts: Piece[] = [];
  let at = 0;
  const cut = (from: number, to: number, kind: Piece['kind']): Piece => ({
    ...piece,
    kind,
    text: piece.text.slice(from, to),
    start: piece.start + from,
    end: piece.start + to,
    mayRepeat: pattern === namedParameter,
  });
  for (const match of piece.text.matchAll(pattern)) {
    if (/^(['"]|--|\/\*)/.test(match[0])) continue;
    parts.push(cut(at, match.index, 'plain'), cut(match.index, match.index + match[0].length, 'hole'));
    at = match.index + match[0].length;
  }
  parts.push(cut(at, piece.text.length, 'plain'));
  return parts.filter(({ kind, text }) => kind === 'hole' || text !== '');
}
