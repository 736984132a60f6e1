import type { BatchesAction, IndexAction, SqlAction } from '../../action.ts';
import { blockWalk } from '../../backfill/block-walk.ts';
import { keyWalk } from '../../backfill/key-walk.ts';
import { replaceRange } from '../../backfill/replace-range.ts';
import { quoteLiteral, quoteQualified } from '../../drivers/postgres/quote.ts';
import { nameSpelling } from '../../drivers/postgres/spelling/names.ts';
import type { PlannedAction } from './plan-actions.ts';
import type { JsonPath, PlanPlaces } from './plan-places.ts';

/** A stretch of a script that an action says, and where in plan.json each of its characters is written. */
export type ScriptStretch = {
  readonly start: number;
  readonly end: number;
  readonly action: PlannedAction;
  /** One more than there are characters: the last is the end. */
  readonly places: readonly number[];
};

/** Statements as the runner sends them, with its own BEGIN, SET and COMMIT around those that plan.json says. */
export type PlanScript = {
  readonly text: string;
  readonly stretches: readonly ScriptStretch[];
  /** How many statements are the runner's own. */
  readonly own: number;
};

/**
 * The script that the runner makes of actions. What the runner does for itself besides (its lease, its journal, looking
 * whether an index is there already) is left out.
 */
export function planScript(actions: readonly PlannedAction[], places: PlanPlaces): PlanScript {
  const stretches: ScriptStretch[] = [];
  let text = '';
  let own = 0;
  for (const action of actions) {
    for (const piece of piecesOf(action, places)) {
      const said = typeof piece === 'string' ? piece : piece.text;
      if (typeof piece !== 'string')
        stretches.push({ start: text.length, end: text.length + said.length, action, places: piece.places });
      else if (piece !== end) own += piece.split(';\n').length - 1;
      text += said;
    }
  }
  return { text, stretches, own };
}

/** A piece that the plan says; a string is what the runner says by itself. */
type Written = { readonly text: string; readonly places: readonly number[] };
type Piece = Written | string;

/** A statement may end within a comment, so that its semicolon stands on a line of its own. */
const end = '\n;\n';

function piecesOf({ action, path }: PlannedAction, places: PlanPlaces): readonly Piece[] {
  const written = (text: string, more: JsonPath): Written => ({
    text,
    places: places.characters([...path, ...more]),
  });
  switch (action?.kind) {
    case 'db/sql':
      return sqlPieces(action, written);
    case 'db/index':
      return indexPieces(action, written);
    case 'db/batches':
      return batchPieces(action, written);
    default:
      return [];
  }
}

type Write = (text: string, path: JsonPath) => Written;

/** `executors/sql.ts`: one transaction, with a limit for each lock and each statement. */
function sqlPieces({ statements, lockTimeoutMs, statementTimeoutMs }: SqlAction, written: Write): readonly Piece[] {
  return [
    `BEGIN;\nSET LOCAL lock_timeout = '${lockTimeoutMs}ms';\nSET LOCAL statement_timeout = '${statementTimeoutMs}ms';\n`,
    ...statements.flatMap((statement, place) => [written(statement, ['statements', place]), end]),
    'COMMIT;\n',
  ];
}

/** `executors/index-build.ts`: outside a transaction, without limits but the deadline that the runner keeps itself. */
function indexPieces({ want, create, table, index }: IndexAction, written: Write): readonly Piece[] {
  const settings = "SET lock_timeout = '0';\nSET statement_timeout = '0';\n";
  if (want === 'present') return create === undefined ? [] : [settings, written(create, ['create']), end];
  const { places } = written('', ['index']);
  const text = `DROP INDEX CONCURRENTLY IF EXISTS ${quoteQualified({ schema: table.schema, name: index })}`;
  return [settings, { text, places: [...repeated(places[0], text), places.at(-1) ?? 0] }, end];
}

/** `backfill/batch.ts`: a transaction for each batch, of which one is shown, with a range of the key in it. */
function batchPieces({ statements, over, settings }: BatchesAction, written: Write): readonly Piece[] {
  const walk = over.key.length === 0 ? blockWalk(over, 140_000) : keyWalk(over, nameSpelling);
  const some = over.key.length === 0 ? ['0'] : over.key.map(() => '');
  const { text: range } = walk.bind('$range', { after: some, to: some });
  return [
    'BEGIN;\n',
    ...Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = ${quoteLiteral(value)};\n`),
    ...statements.flatMap((statement, place) => [withRange(written(statement, ['statements', place]), range), end]),
    'COMMIT;\n',
  ];
}

const marker = '\0';

/** Every character of the range stands where `$range` does. */
function withRange({ text, places }: Written, range: string): Written {
  const parts = replaceRange(text, marker).split(marker);
  const found: { text: string; places: number[] } = { text: '', places: [] };
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      found.text += range;
      found.places.push(...repeated(places[at], range));
      at += '$range'.length;
    }
    found.text += part;
    found.places.push(...places.slice(at, at + part.length));
    at += part.length;
  }
  return { text: found.text, places: [...found.places, places.at(-1) ?? 0] };
}

/** One place for each character of a text. */
function repeated(place: number | undefined, { length }: string): readonly number[] {
  return Array.from({ length }, () => place ?? 0);
}
