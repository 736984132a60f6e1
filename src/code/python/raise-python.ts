import type { Finding } from '#core/finding';
import { isExactPlace, isFollowingPlace, whyPythonStays } from '../python-places/index.ts';
import type { FileEdits, TextEdit } from '../text/file-edits.ts';
import { listRuns, type MadeList } from '../text/list-items.ts';
import { conditionEdits, type Entry, followedEdits } from '../text/matrix-values.ts';
import { spellPlace } from '../text/place.ts';
import type { PythonGoal } from './python-goal.ts';
import { levelEdits, listEdits, withVersion } from './python-lists.ts';
import { minorOf } from './python-minor.ts';
import { raisedCombination } from './raise-combination.ts';
import type { PythonVersion } from './snapshot.ts';
import { toxCallTo } from './tox-calls.ts';

/** What becomes of the places of a tree that name a Python version. */
export type RaisedPython = {
  readonly files: readonly FileEdits[];
  readonly findings: readonly Finding[];
  /** The oldest minor that the tree is for afterwards. */
  readonly floor: number;
  /** The oldest that it ran on before; undefined where it named none below the goal. */
  readonly from: number | undefined;
};

/**
 * Raises every place that names an older Python than the goal, each in its own style: what users may have and what runs go
 * to it, levels of tools to the oldest that stays, and lists (a matrix, classifiers, tox) lose what is below that and gain the
 * goal. Without a place that says what users may have, lists keep what they have. Pure.
 */
export function raisePython(
  versions: readonly PythonVersion[],
  goal: PythonGoal,
  textOf: (path: string) => string | undefined,
): RaisedPython {
  const floor = floorAfter(versions, goal);
  const findings: Finding[] = [];
  const files = [...new Set(versions.map(({ place }) => place.file))].sort().flatMap((path): readonly FileEdits[] => {
    const text = textOf(path);
    if (text === undefined) return [];
    const own = versions
      .filter(({ place }) => place.file === path)
      .toSorted((one, other) => one.place.offset - other.place.offset);
    const edits = fileEdits(text, own, { versions, goal, floor, findings });
    return edits.length === 0 ? [] : [{ path, edits }];
  });
  const minors = (own: readonly PythonVersion[]): readonly number[] =>
    own.map(({ value }) => minorOf(value) ?? goal.minor);
  // What is below what users may have is stale, and nothing that the tree runs on.
  const least = Math.min(goal.minor, ...minors(versions.filter(({ role }) => role === 'floor')));
  const isPromised = versions.some(({ role }) => role === 'floor');
  const below = minors(versions.filter(({ role }) => role !== 'mention'))
    .map((minor) => (isPromised ? Math.max(minor, least) : minor))
    .filter((minor) => minor < goal.minor);
  return {
    files,
    findings: [...findings, ...firstReleases(versions, goal), ...forUsers(versions, goal)],
    floor,
    from: below.length === 0 ? undefined : Math.min(...below),
  };
}

function floorAfter(versions: readonly PythonVersion[], { minor }: PythonGoal): number {
  if (versions.some(({ role }) => role === 'floor')) {
    return Math.max(
      minor,
      ...versions.filter(({ role }) => role === 'floor').map(({ value }) => minorOf(value) ?? minor),
    );
  }
  const listed = versions
    .filter(({ role }) => role === 'list' || role === 'classifier')
    .map(({ value }) => minorOf(value) ?? minor);
  return Math.min(minor, ...listed);
}

const listedRoles: ReadonlySet<PythonVersion['role']> = new Set(['list', 'classifier', 'language']);

/** Values of one list; others stand alone. */
function runsOf(text: string, own: readonly PythonVersion[]): readonly (readonly PythonVersion[])[] {
  return listRuns(text, own, (one, last) => last.kind === one.kind && listedRoles.has(one.role));
}

/** What follows an entry of a list goes after all others. */
function fileEdits(text: string, own: readonly PythonVersion[], aim: Aim): readonly TextEdit[] {
  const others = own.filter(({ kind }) => !isFollowingPlace(kind));
  const made = runsOf(text, others).map((run) => runEdits(text, run, aim));
  const entries = made.flatMap((each) => each.entries);
  const following = own
    .filter(({ kind }) => isFollowingPlace(kind))
    .flatMap((one) => followingEdits(text, one, entries, aim));
  return [...made.flatMap(({ edits }) => edits), ...following].sort((one, other) => one.offset - other.offset);
}

function followingEdits(
  text: string,
  one: PythonVersion,
  entries: readonly Entry[],
  { goal, floor, findings }: Aim,
): readonly TextEdit[] {
  const say = (why: string) => findings.push(left(one, why));
  if (one.kind !== 'python-matrix') return conditionEdits(text, one, { entries, left: say });
  const found = raisedCombination(text, one, { entries, goal, floor });
  if (found?.kind === 'left') say(found.why);
  return followedEdits(text, found);
}

type Aim = {
  readonly versions: readonly PythonVersion[];
  readonly goal: PythonGoal;
  readonly floor: number;
  readonly findings: Finding[];
};

function runEdits(text: string, run: readonly PythonVersion[], aim: Aim): MadeList {
  const [first] = run;
  if (first === undefined) return { edits: [], entries: [] };
  const goal = goalFor(first.kind, aim.goal);
  if (first.role === 'list' || first.role === 'classifier') return listEdits(text, run, { ...aim, goal });
  return { edits: run.length > 1 ? levelEdits(text, run, aim) : oneEdit(text, first, { ...aim, goal }), entries: [] };
}

function oneEdit(text: string, one: PythonVersion, aim: Aim): readonly TextEdit[] {
  const { goal, floor, findings } = aim;
  const minor = minorOf(one.value);
  const called = one.kind === 'tox-call' ? toxCallTo(text, one, aim) : undefined;
  const to = one.role === 'language' ? floor : goal.minor;
  if (minor === undefined || minor >= to) return [];
  const { offset, length } = one.place;
  const isDigest = text[offset + length] === '@';
  const digest = isDigest ? 'a digest stands behind it, which alone counts' : undefined;
  if (called !== undefined) return [{ offset, length, before: one.value, text: withVersion(one.value, called, goal) }];
  const why = one.stays ?? whyPythonStays(one.kind, to) ?? whyBaseStays(one.value) ?? digest;
  if (why !== undefined) {
    findings.push(left(one, why));
    return [];
  }
  const isRange = one.role === 'floor' || /^[<>=~!^]/.test(one.value);
  const raised = isRange ? raisedFloor(one.value, { minor: to }) : withVersion(one.value, to, goal);
  return [{ offset, length, before: one.value, text: raised }];
}

/** What takes nothing but a whole release gets one: the first, where none was named, as that is there for certain. */
function goalFor(kind: string, goal: PythonGoal): PythonGoal {
  return isExactPlace(kind) ? { ...goal, exact: goal.exact ?? firstOf(goal) } : goal;
}

function firstOf({ minor }: PythonGoal): string {
  return `3.${minor}.0`;
}

/** Bases of images for which no, or not every, newer Python is published. https://github.com/docker-library/python */
function whyBaseStays(value: string): string | undefined {
  const base = /-(wheezy|jessie|stretch|buster|bullseye|alpine3\.(?:\d|1\d|20))(?=-|$)/.exec(value)?.[1];
  return base === undefined
    ? undefined
    : `it stands on ${base}, for which the newer one may not be published: choose another base too`;
}

/** What users may have: the lower bound goes to the goal, an upper one that shuts the goal out goes behind it. */
export function raisedFloor(value: string, { minor }: Pick<PythonGoal, 'minor'>): string {
  const parts = value.split(',').map((part) => part.trim());
  const isTight = value.includes(',') && !/,\s/.test(value);
  const kept = parts.flatMap((part): readonly string[] => {
    const [, operator = '', space = '', version = ''] = /^(===?|~=|!=|<=|>=|<|>|\^|~)?(\s*)(.*)$/.exec(part) ?? [];
    const own = minorOf(version);
    if (operator === '!=') return own !== undefined && own >= minor ? [part] : [];
    if (operator === '<' || operator === '<=') {
      const isShut = own !== undefined && (operator === '<' ? own <= minor : own < minor);
      return isShut ? [`<${space}3.${minor + 1}`] : [part];
    }
    if (operator === '==' || operator === '===' || operator === '') {
      // A release of the old Python is none of the new one.
      const isWide = /^3\.\d+\.(?:\d+|\*)$/.test(version);
      return [`${isWide ? operator.slice(0, 2) : operator}${space}3.${minor}${isWide ? '.*' : ''}`];
    }
    if (operator === '^' || operator === '~' || operator === '~=')
      return [`${operator}${space}3.${minor}${operator === '~=' ? '.0' : ''}`];
    return [`>=${space}3.${minor}`];
  });
  return [...new Set(kept)].join(isTight ? ',' : ', ');
}

function left({ value, place }: PythonVersion, why: string): Finding {
  return {
    rule: 'tree/python-place-left',
    severity: 'warning',
    message: `${spellPlace(place)} names Python ${value} and stays as it is: ${why}.`,
    cure: 'Raise it by hand on the branch, or say why it stays.',
    file: place.file,
    line: place.line,
    column: place.column,
    object: 'python',
  };
}

/** Where a first release is written, as no newer one was named. */
function firstReleases(versions: readonly PythonVersion[], goal: PythonGoal): readonly Finding[] {
  if (goal.exact !== undefined) return [];
  const places = versions.filter(
    ({ kind, value }) => isExactPlace(kind) && /^3\.\d+\.\d/.test(value) && (minorOf(value) ?? goal.minor) < goal.minor,
  );
  return [...new Map(places.toReversed().map((one) => [one.place.file, one])).values()].map(({ value, place }) => ({
    rule: 'tree/python-first-release',
    severity: 'advice' as const,
    message: `${place.file} names one release of Python, and gets ${firstOf(goal)}, the first of 3.${goal.minor}; it was ${value}.`,
    cure: `Name a newer one: \`--upgrade python@3.${goal.minor}.N\`, with its number.`,
    file: place.file,
    line: place.line,
    column: place.column,
    object: 'python',
  }));
}

/** What a package asks for is a promise to others. */
function forUsers(versions: readonly PythonVersion[], goal: PythonGoal): readonly Finding[] {
  return versions
    .filter(({ role, value }) => role === 'floor' && (minorOf(value) ?? goal.minor) < goal.minor)
    .map(({ value, place }) => ({
      rule: 'tree/python-for-users',
      severity: 'advice' as const,
      message: `${place.file} takes Python \`${raisedFloor(value, goal)}\` from now on; it was \`${value}\`.`,
      cure: 'Where it is published, this belongs into a major of its own. To rewrite files for an older Python only, run `godwit recipe run python-3-upgrade --param target=3.N`.',
      file: place.file,
      line: place.line,
      column: place.column,
      object: 'python',
    }));
}
