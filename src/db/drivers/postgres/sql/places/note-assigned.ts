import type { ResTarget } from 'libpg-query';
import { type Gathering, newName, noteOnly, noteRead, tokenAt } from './gathering.ts';
import { isRepeatable } from './repeatable.ts';

type Assigned = { readonly change: number; readonly target: ResTarget };

/** Notes a column that SET writes. The first version writes both where the value may stand twice. */
export function noteAssigned(gathering: Gathering, { change, target }: Assigned): void {
  const at = tokenAt(gathering, target.location ?? 0);
  const token = gathering.tokens[at];
  const name = token && newName(gathering, change, token);
  const mayRepeat = gathering.tokens[at + 1]?.text === '=' && isRepeatable(target.val, gathering.request);
  if (token === undefined || name === undefined || !mayRepeat) {
    const note = name === undefined ? noteOnly : noteRead;
    note(gathering, at, { change, role: 'write', doubt: undefined });
    return;
  }
  const { start, end } = token;
  const value = valueAt(gathering, at + 2);
  const first = [{ start: value.end, end: value.end, parts: [`, ${name} = `, value] }];
  const final = [{ start, end, parts: [name] }];
  gathering.places.push({ start, end, change, role: 'write', doubt: undefined, first, final });
}

const after = new Set(['where', 'from', 'returning', 'when']);

/** The text of a value, up to the comma or the clause behind it. */
function valueAt({ tokens }: Gathering, from: number) {
  let depth = 0;
  let at = from;
  for (; at < tokens.length; at += 1) {
    const text = tokens[at]?.text.toLowerCase() ?? '';
    if (text === '(' || text === '[' || text === 'case') depth += 1;
    if (text === ')' || text === ']' || text === 'end') depth -= 1;
    if (depth < 0 || text === ';') break;
    if (depth > 0) continue;
    const isDistinctFrom = text === 'from' && tokens[at - 1]?.text.toLowerCase() === 'distinct';
    if (text === ',' || (after.has(text) && !isDistinctFrom)) break;
  }
  return { start: tokens[from]?.start ?? 0, end: tokens[at - 1]?.end ?? 0 };
}
