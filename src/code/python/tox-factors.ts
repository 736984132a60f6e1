import { applyEdits } from '../engine/apply-edits.ts';
import type { TextEdit } from '../text/file-edits.ts';
import { type DjangoGoal, releaseNumber } from './django-goal.ts';

const dependency =
  /^([ \t]+)((?:dj|django)-?)(\d)\.?(\d+)(:[ \t]*[Dd]jango(?:\[[\w,. -]*\])?[ \t]*)([<>=!~][^;#\r\n]*[^;#\s])([^\n]*\n?)/gm;
const list = /^[ \t]*(?:envlist|env_list)[ \t]*=[^\n]*(?:\n(?:[ \t]+[^\n]*)?(?=\n|$))*/gm;
const braces = /((?:dj|django)-?)\{([\w., ]+)\}/g;
const action = /^([ \t]*)(\d+\.\d+)([ \t]*:[ \t]*)((?:dj|django)-?)(\d)\.?(\d+)([ \t]*\n?)/gm;

type Factor = { readonly prefix: string; readonly number: number };

/**
 * The edits by which environments of tox for older Djangos become one for the goal: in `envlist`, behind `deps` and in the table
 * of GitHub Actions. Undefined where a factor of an older Django stands anywhere else, or several sections have such lines, as only
 * a person knows what they are for. Pure.
 */
export function toxFactorEdits(
  text: string,
  goal: DjangoGoal,
  raise: (value: string) => string | undefined,
): readonly TextEdit[] | undefined {
  const wanted = releaseNumber(goal.release);
  const lines = [...text.matchAll(dependency)];
  if (/^\[/m.test(text.slice(lines[0]?.index, lines.at(-1)?.index))) return undefined;
  const declared = lines.map(([, , prefix = '', major, minor]) => factor(prefix, major, minor));
  const [first] = declared.filter(({ number }) => number < wanted);
  if (first === undefined) return undefined;
  const [major = '', minor = ''] = goal.release.split('.');
  const spelled = (prefix: string, own: string) => `${prefix}${major}${own.includes('.') ? '.' : ''}${minor}`;
  let hasGoal = declared.some(({ number }) => number === wanted);
  const edits: TextEdit[] = [];
  const put = (offset: number, before: string, after: string) => {
    if (before !== after) edits.push({ offset, length: before.length, before, text: after });
  };
  for (const match of lines) {
    const [whole, indent = '', prefix = '', own, minorOwn, colon = '', value = '', rest = ''] = match;
    if (factor(prefix, own, minorOwn).number >= wanted) continue;
    const raised = raise(value);
    if (raised === undefined) return undefined;
    const name = whole.slice(indent.length, whole.indexOf(':'));
    put(match.index, whole, hasGoal ? '' : `${indent}${spelled(prefix, name)}${colon}${raised}${rest}`);
    hasGoal = true;
  }
  for (const match of text.matchAll(list)) put(match.index, match[0], raisedList(match[0], { wanted, spelled }));
  let hasAction = [...text.matchAll(action)].some((match) => factor('', match[5], match[6]).number === wanted);
  for (const match of text.matchAll(action)) {
    const [whole, indent = '', , colon = '', prefix = '', own, minorOwn, rest = ''] = match;
    if (factor(prefix, own, minorOwn).number >= wanted) continue;
    const name = spelled(prefix, whole.slice(whole.indexOf(':')));
    put(match.index, whole, hasAction ? '' : `${indent}${goal.release}${colon}${name}${rest}`);
    hasAction = true;
  }
  const sorted = edits.toSorted((one, other) => one.offset - other.offset);
  return isSpokenElsewhere(text, { edits: sorted, wanted }) ? undefined : sorted;
}

function factor(prefix: string, major = '', minor = ''): Factor {
  return { prefix, number: Number(major) * 100 + Number(minor) };
}

type Raising = { readonly wanted: number; spelled(prefix: string, own: string): string };

/** `django{42,50}` and `py312-django42`, item by item; what is twice then goes. */
function raisedList(text: string, { wanted, spelled }: Raising): string {
  const inBraces = text.replaceAll(braces, (_, prefix: string, items: string) => {
    const raised = items.split(',').map((item) => {
      const [, major, minor] = /^\s*(\d)\.?(\d+)\s*$/.exec(item) ?? [];
      const isStale = major !== undefined && factor('', major, minor).number < wanted;
      return isStale ? spelled('', item) : item.trim();
    });
    const kept = [...new Set(raised)];
    return kept.length === 1 ? `${prefix}${kept[0]}` : `${prefix}{${kept.join(items.includes(', ') ? ', ' : ',')}}`;
  });
  const seen = new Set<string>();
  return inBraces.replaceAll(/(?:[^\s,{}=]|\{[^}]*\})+(?:,[ \t]*|[ \t]*(?:\n[ \t]*)?)/g, (whole) => {
    const item = whole.replace(/[,\s]*$/, '');
    const raised = item.replace(/((?:dj|django)-?)(\d)\.?(\d+)(?![\w.])/, (own, prefix: string, major, minor) =>
      factor(prefix, major, minor).number < wanted ? spelled(prefix, own) : own,
    );
    const isTwice = seen.has(raised);
    seen.add(raised);
    return isTwice ? '' : raised + whole.slice(item.length);
  });
}

/** Whether a factor of an older Django is left when the edits are made. */
function isSpokenElsewhere(
  text: string,
  { edits, wanted }: { readonly edits: readonly TextEdit[]; readonly wanted: number },
): boolean {
  const after = applyEdits(text, edits).text;
  const plain = [...after.matchAll(/(?:dj|django)-?(\d)\.?(\d+)(?![\w.])/g)];
  const grouped = [...after.matchAll(braces)].flatMap(([, , items = '']) => [...items.matchAll(/(\d)\.?(\d+)/g)]);
  return [...plain, ...grouped].some(([, major, minor]) => factor('', major, minor).number < wanted);
}
