import type { Finding } from '#core/finding';
import type { FileEdits, TextEdit } from '../text/file-edits.ts';
import { listEdit, listRuns, listSpan, type MadeList } from '../text/list-items.ts';
import { conditionEdits, type Entry, writtenValue } from '../text/matrix-values.ts';
import { spellPlace } from '../text/place.ts';
import { type DjangoGoal, releaseNumber } from './django-goal.ts';
import type { DjangoPlace } from './django-places.ts';
import { toxFactorEdits } from './tox-factors.ts';

/** What becomes of the places of a tree that name a Django. */
export type RaisedDjango = {
  readonly files: readonly FileEdits[];
  readonly findings: readonly Finding[];
  /** The oldest that it named before; undefined where it named none below the goal. */
  readonly from: string | undefined;
};

/**
 * Raises every place that names an older Django than the goal, each in its own style: requirements ask for the goal, lists (a
 * matrix, classifiers) lose what is below it and gain it. Pure.
 */
export function raiseDjango(
  places: readonly DjangoPlace[],
  goal: DjangoGoal,
  textOf: (path: string) => string | undefined,
): RaisedDjango {
  const findings: Finding[] = [];
  const files = [...new Set(places.map(({ place }) => place.file))].sort().flatMap((path): readonly FileEdits[] => {
    const text = textOf(path);
    if (text === undefined) return [];
    const all = places.filter(({ place }) => place.file === path);
    const ofFactors = all.some(({ kind }) => kind === 'django-environment')
      ? toxFactorEdits(text, goal, (value) => raisedRequirement(value, goal))
      : undefined;
    const own = ofFactors === undefined ? all : all.filter(({ kind }) => kind !== 'django-environment');
    const of = (role: DjangoPlace['role']) => own.filter((one) => one.role === role);
    const lists = listRuns(text, of('list'), (one, last) => one.kind === last.kind).map((run) =>
      listEdits(text, run, goal),
    );
    const entries = lists.flatMap((list) => list.entries);
    const edits = [
      ...(ofFactors ?? []),
      ...of('requirement').flatMap((one) => requirementEdits(text, one, { goal, findings })),
      ...of('variable').flatMap((one) => variableEdits(one, { goal, findings })),
      ...lists.flatMap((list) => list.edits),
      ...of('condition').flatMap((one) =>
        conditionEdits(text, one, { entries, left: (why) => findings.push(left(one, why)) }),
      ),
    ].sort((one, other) => one.offset - other.offset);
    return edits.length === 0 ? [] : [{ path, edits }];
  });
  const asked = places.filter(({ role }) => role === 'requirement');
  const below = (asked.length > 0 ? asked : places)
    .flatMap(({ value }) => lowest(value) ?? [])
    .filter((version) => releaseNumber(version) < releaseNumber(goal.release))
    .sort((one, other) => releaseNumber(one) - releaseNumber(other));
  return { files, findings, from: below[0] };
}

/** The requirements of a tree, where all of them ask for newer ones than the goal; else none. Pure. */
export function newerThan(places: readonly DjangoPlace[], goal: DjangoGoal): readonly DjangoPlace[] {
  const asked = places.filter(({ role, value }) => role === 'requirement' && lowest(value) !== undefined);
  const isNewer = ({ value }: DjangoPlace) => releaseNumber(lowest(value) ?? '0') > releaseNumber(goal.release);
  return asked.every(isNewer) ? asked : [];
}

/** The lowest version that a text lets in. */
function lowest(value: string): string | undefined {
  const parts = value.split(',').filter((part) => !/^\s*(<|!=)/.test(part));
  return /\d+(\.\d+)?/.exec(parts.join(','))?.[0];
}

type Aim = { readonly goal: DjangoGoal; readonly findings: Finding[] };

function requirementEdits(text: string, one: DjangoPlace, { goal, findings }: Aim): readonly TextEdit[] {
  const { offset, length } = one.place;
  const raised = raisedInForm(one, goal);
  const end = text.indexOf('\n', offset);
  const isHashed = /--hash/.test(text.slice(offset, end === -1 ? text.length : text.indexOf('\n', end + 1)));
  const why = one.left ?? (isHashed ? 'hashes of its files stand behind it' : undefined);
  if (raised === one.value) return [];
  if (raised === undefined || why !== undefined) {
    findings.push(left(one, why ?? 'it is in no form that can be raised with certainty'));
    return [];
  }
  return [{ offset, length, before: one.value, text: raised }];
}

/** In the words of who reads it: a shell would look for files that `5.2.*` fits, and conda takes `=5.2` for all of a release. */
function raisedInForm({ value, form }: DjangoPlace, goal: DjangoGoal): string | undefined {
  const single = form === 'conda' ? /^=(\d+(?:\.\d+)*)(?:\.\*)?$/.exec(value)?.[1] : undefined;
  if (single !== undefined && releaseNumber(single) >= releaseNumber(goal.release)) return value;
  const raised = single !== undefined ? `==${goal.exact ?? `${goal.release}.*`}` : raisedRequirement(value, goal);
  if (raised === value || raised === undefined || form === undefined) return raised;
  return form === 'shell'
    ? raised.replace(/^==(\d+\.\d+)\.\*$/, '~=$1.0')
    : raised.replace(/^==(\d+\.\d+)\.\*$/, '=$1').replace(/^~=(\d+\.\d+)\.0$/, '=$1');
}

/** A release with its patch is that one alone, and one of the goal must be named for it. */
function variableEdits(one: DjangoPlace, { goal, findings }: Aim): readonly TextEdit[] {
  const { offset, length } = one.place;
  if (releaseNumber(one.value) >= releaseNumber(goal.release)) return [];
  const isWhole = one.value.split('.').length > 2;
  const why = one.left ?? (isWhole && goal.exact === undefined ? unnamed(goal) : undefined);
  if (why === undefined)
    return [{ offset, length, before: one.value, text: (isWhole ? goal.exact : undefined) ?? goal.release }];
  findings.push(left(one, why));
  return [];
}

function unnamed({ release }: DjangoGoal): string {
  return `it is one release, and none of ${release} was named (\`--upgrade django@${release}.N\`)`;
}

/**
 * A requirement that asks for the goal: lower bounds and pins go to it, an upper bound that shuts it out goes behind it, to a
 * major where it was one. Undefined where the form is not known.
 */
export function raisedRequirement(value: string, goal: DjangoGoal): string | undefined {
  const to = releaseNumber(goal.release);
  const parts = value.split(',').map((part) => part.trim());
  const raised: string[] = [];
  for (const part of parts) {
    const [, operator = '', space = '', version = ''] =
      /^(===?|~=|!=|<=|>=|<|>|\^|~)?(\s*)(\d+(?:\.\d+)*(?:\.\*)?)$/.exec(part) ?? [];
    if (version === '') return undefined;
    const own = releaseNumber(version);
    const next = raisedPart({ operator, version, isBelow: own < to, isAtMost: own <= to }, goal);
    if (next !== undefined) raised.push(next === 'same' ? part : `${next.operator}${space}${next.version}`);
  }
  const separator = /,\s/.test(value) ? ', ' : ',';
  return [...new Set(raised)].join(separator);
}

type Part = {
  readonly operator: string;
  readonly version: string;
  readonly isBelow: boolean;
  readonly isAtMost: boolean;
};

function raisedPart(
  { operator, version, isBelow, isAtMost }: Part,
  { release, exact }: DjangoGoal,
): { readonly operator: string; readonly version: string } | 'same' | undefined {
  const [major = 0, minor = 0] = release.split('.').map(Number);
  if (operator === '!=') return isBelow ? undefined : 'same';
  if (operator === '<') {
    if (!isAtMost) return 'same';
    if (/^\d+(\.0)*$/.test(version)) return { operator, version: version.replace(/^\d+/, String(major + 1)) };
    return { operator, version: minor === 2 ? `${major + 1}.0` : `${major}.${minor + 1}` };
  }
  if (operator === '<=') return isBelow ? { operator: '<', version: `${major + 1}.0` } : 'same';
  if (!isBelow) return 'same';
  const patched = version.replace('.*', '').split('.').length > 2;
  if (operator === '==' || operator === '===' || operator === '')
    return { operator: operator === '===' ? '==' : operator, version: exact ?? `${release}.*` };
  if (operator === '~=' || operator === '~')
    return { operator, version: patched ? (exact ?? `${release}.0`) : release };
  return { operator: operator === '>' ? '>=' : operator, version: exact ?? release };
}

/** The first that is below the goal becomes it, where the list has it not; the others that are below go. */
function listEdits(text: string, run: readonly DjangoPlace[], { release }: DjangoGoal): MadeList {
  const numberIn = (value: string): number => releaseNumber(/\d+\.\d+/.exec(value)?.[0] ?? release);
  const isStale = ({ value }: DjangoPlace): boolean => numberIn(value) < releaseNumber(release);
  const stale = run.filter(isStale);
  const entries = run.map((one): Entry => {
    const own = writtenValue(text, one);
    const isGone = isStale(one);
    return { one, after: isGone ? own.replace(one.value, release) : own, isMerged: isGone && run.length > 1 };
  });
  if (stale.length === 0) return { edits: [], entries };
  const hasGoal = run.some(({ value }) => numberIn(value) === releaseNumber(release));
  const span = listSpan(text, run);
  const kept = span.items.flatMap((item) => {
    if (item.one === undefined || !isStale(item.one)) return [item];
    return item.one === stale[0] && !hasGoal ? [{ ...item, text: item.text.replace(/\d+\.\d+/, release) }] : [];
  });
  return { edits: [listEdit(text, span, kept)], entries };
}

function left({ value, place }: DjangoPlace, why: string): Finding {
  return {
    rule: 'tree/django-place-left',
    severity: 'warning',
    message: `${spellPlace(place)} names Django ${value} and stays as it is: ${why}.`,
    cure: 'Raise it by hand on the branch, or say why it stays.',
    file: place.file,
    line: place.line,
    column: place.column,
    object: 'django',
  };
}
