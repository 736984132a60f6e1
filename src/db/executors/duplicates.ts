import type { Session } from '../session.ts';

const sampleMax = 5;
const valueLengthMax = 80;

/** Up to five rows of a query for duplicates, each as `column = value, …`. Reads only. */
export async function duplicatesIn(session: Session, query: string): Promise<readonly string[]> {
  const limited = `SELECT * FROM (${query.trim().replace(/;$/, '')}) AS duplicate LIMIT ${sampleMax}`;
  const { rows } = await session.transaction(() => session.query(limited), { isReadOnly: true });
  return rows.map((row) =>
    Object.entries(row)
      .map(([column, value]) => `${column} = ${shown(value)}`)
      .join(', '),
  );
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
  return text.length > valueLengthMax ? `${text.slice(0, valueLengthMax)}…` : text;
}
