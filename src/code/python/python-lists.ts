import type { TextEdit } from '../text/file-edits.ts';
import { type ListItem, listEdit, listSpan, type MadeList } from '../text/list-items.ts';
import { type Entry, writtenValue } from '../text/matrix-values.ts';
import type { PythonGoal } from './python-goal.ts';
import { minorOf } from './python-minor.ts';
import type { PythonVersion } from './snapshot.ts';

type Aim = { readonly goal: PythonGoal; readonly floor: number };
type Item = Pick<ListItem<PythonVersion>, 'text' | 'comment'> & { readonly minor: number | undefined };

/** A list loses what is below the floor and gains the goal, which then stands in it once; strangers stay. Pure. */
export function listEdits(text: string, run: readonly PythonVersion[], aim: Aim): MadeList {
  const { goal, floor } = aim;
  const last = run.at(-1);
  if (last === undefined) return { edits: [], entries: [] };
  const isGone = ({ value }: PythonVersion): boolean => (minorOf(value) ?? floor) < floor;
  const hasGoal = run.some(({ value }) => minorOf(value) === goal.minor);
  const gone = run.filter(isGone);
  if (gone.length === 0 && hasGoal) return { edits: [], entries: entriesOf(text, run, aim) };
  const span = listSpan(text, run);
  const kept = span.items.flatMap(({ text: own, one, comment }): readonly Item[] =>
    one !== undefined && isGone(one) ? [] : [{ text: own, comment, minor: one && minorOf(one.value) }],
  );
  const added = { text: writtenGoal(text, last, goal), comment: '', minor: goal.minor };
  const all = withJobs(hasGoal ? kept : withAdded(kept, added), { run, gone, goal });
  const edit = listEdit(text, { ...span, separator: span.separator ?? aloneSeparator(text, span.start) }, all);
  return {
    edits: [inItsBrackets(text, edit, { count: all.length, kind: last.kind })],
    entries: entriesOf(text, run, aim),
  };
}

/** The goal stands where its number puts it, in lists that rise and in those that fall. */
function withAdded(items: readonly Item[], added: Item): readonly Item[] {
  const known = items.flatMap(({ minor }, at) => (minor === undefined ? [] : [{ minor, at }]));
  const [first, last] = [known[0], known.at(-1)];
  const isDown = first !== undefined && last !== undefined && first.minor > last.minor;
  const below = known.filter(({ minor }) => minor < (added.minor ?? 0)).at(-1);
  const at = isDown ? 0 : below !== undefined ? below.at + 1 : (first?.at ?? items.length);
  return items.toSpliced(at, 0, added);
}

/** In Python, one thing in parentheses is no tuple; for tox, one thing in braces needs none. */
function inItsBrackets(
  text: string,
  edit: TextEdit,
  { count, kind }: { readonly count: number; readonly kind: string },
): TextEdit {
  if (count !== 1) return edit;
  const { offset, length } = edit;
  const end = offset + length;
  const isTuple = /\([ \t\r\n]*$/.test(text.slice(0, offset)) && !/^[ \t]*,/.test(text.slice(end));
  if (isTuple) return { ...edit, text: `${edit.text},` };
  const isGroup = kind === 'tox-group' && text[offset - 1] === '{' && text[end] === '}';
  return isGroup ? { ...edit, offset: offset - 1, length: length + 2, before: text.slice(offset - 1, end + 1) } : edit;
}

type Jobs = {
  readonly run: readonly PythonVersion[];
  readonly gone: readonly PythonVersion[];
  readonly goal: PythonGoal;
};

/** In a table of what CI runs, the goal takes over what ran beside a Python that is gone, and nothing else. */
function withJobs(items: readonly Item[], { run, gone, goal }: Jobs): readonly Item[] {
  if (run[0]?.kind !== 'tox-actions') return items;
  const besideOf = (value: string): readonly string[] =>
    value
      .split(',')
      .slice(1)
      .map((part) => part.trim());
  const kept = run.filter((one) => !gone.includes(one) && minorOf(one.value) !== goal.minor);
  const own = run.filter(({ value }) => minorOf(value) === goal.minor).flatMap(({ value }) => besideOf(value));
  const stay = new Set(kept.flatMap(({ value }) => besideOf(value)));
  const moved = gone.flatMap(({ value }) => besideOf(value)).filter((name) => !stay.has(name));
  return items.map((item) => {
    if (item.minor !== goal.minor) return item;
    const [head = ''] = item.text.split(',');
    return { ...item, text: [head, ...new Set([...own, ...moved])].join(', ') };
  });
}

/** What is gone is afterwards the oldest that stays. */
function entriesOf(text: string, run: readonly PythonVersion[], { goal, floor }: Aim): readonly Entry[] {
  const minorIn = ({ value }: PythonVersion): number => minorOf(value) ?? floor;
  const kept = run.filter((one) => minorIn(one) >= floor);
  const oldest = kept.toSorted((one, other) => minorIn(one) - minorIn(other))[0];
  const [model] = run;
  const added = model === undefined ? '' : writtenGoal(text, model, goal);
  const instead = oldest === undefined || minorIn(oldest) > goal.minor ? added : writtenValue(text, oldest);
  return run.map((one) => {
    const isKept = kept.includes(one);
    return { one, after: isKept ? writtenValue(text, one) : instead, isMerged: !isKept && run.length > 1 };
  });
}

function writtenGoal(text: string, model: PythonVersion, goal: PythonGoal): string {
  return withVersion(writtenValue(text, model), goal.minor, goal);
}

/** Levels of one list: those below the floor become it, each once. Pure. */
export function levelEdits(text: string, run: readonly PythonVersion[], { floor }: Aim): readonly TextEdit[] {
  if (run.every(({ value }) => (minorOf(value) ?? floor) >= floor)) return [];
  const span = listSpan(text, run);
  const raised = span.items.map(({ text: item, one, comment }) => ({
    text:
      one === undefined || (minorOf(one.value) ?? floor) >= floor
        ? item
        : item.replace(/py3\d+/, `py3${floor}`).replace(/3\.\d+/, `3.${floor}`),
    comment,
  }));
  const once = raised.filter(({ text: item }, at) => raised.findIndex((other) => other.text === item) === at);
  return [listEdit(text, span, once)];
}

/** A value with another version in its own form. A patch is named only where the goal names one. Pure. */
export function withVersion(value: string, minor: number, { minor: aimed, exact }: PythonGoal): string {
  if (/^["']?(py)?3\d+["']?$/.test(value)) return value.replace(/3\d+/, `3${minor}`);
  const hasPatch = /3\.\d+\.\d/.test(value);
  const version = hasPatch && exact !== undefined && minor === aimed ? exact : `3.${minor}`;
  return value.replace(/3\.\d+(\.\d\w*)?(-dev)?/, version).replace(/\bpy3\d+(?![\w.])/, `py3${minor}`);
}

/** How a second item would be parted from the only one of a list. */
function aloneSeparator(text: string, start: number): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (/^\s*-\s+$/.test(line)) return `\n${line}`;
  if (/^\s*$/.test(line) && !/["']/.test(text[start] ?? '')) return `\n${line}`;
  return /^\s*$/.test(line) ? `,\n${line}` : ', ';
}
