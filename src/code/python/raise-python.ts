import type { Finding } from '#core/finding';
import { whyPythonStays } from '../python-places/index.ts';
import type { FileEdits, TextEdit } from '../text/file-edits.ts';
import { spellPlace } from '../text/place.ts';
import { minorOf } from './python-minor.ts';
import type { PythonVersion } from './snapshot.ts';

/** Where Python goes to. */
export type PythonGoal = {
  readonly minor: number;
  /** A whole version such as `3.14.2`, where one was named. */
  readonly exact: string | undefined;
};

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
    const edits: TextEdit[] = [];
    for (const run of runsOf(text, own)) edits.push(...runEdits(text, run, { goal, floor, findings }));
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
    findings: [...findings, ...forUsers(versions, goal)],
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

const between = /^["']?[ \t]*,?[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*)?(?:-[ \t]+)?["']?$/;

const listedRoles: ReadonlySet<PythonVersion['role']> = new Set(['list', 'classifier', 'language']);

/** Values of one list, which nothing but commas, quotes and line ends parts; others stand alone. */
function runsOf(text: string, own: readonly PythonVersion[]): readonly (readonly PythonVersion[])[] {
  const runs: PythonVersion[][] = [];
  for (const one of own) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const gap = last === undefined ? undefined : text.slice(last.place.offset + last.place.length, one.place.offset);
    const isSame = last !== undefined && last.kind === one.kind && listedRoles.has(one.role);
    if (run !== undefined && isSame && gap !== undefined && between.test(gap)) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

type Aim = { readonly goal: PythonGoal; readonly floor: number; readonly findings: Finding[] };

function runEdits(text: string, run: readonly PythonVersion[], aim: Aim): readonly TextEdit[] {
  const [first] = run;
  if (first === undefined) return [];
  if (first.role === 'list' || first.role === 'classifier') return listEdits(text, run, aim);
  if (run.length > 1) return levelEdits(text, run, aim);
  const minor = minorOf(first.value);
  const to = first.role === 'language' ? aim.floor : aim.goal.minor;
  if (minor === undefined || minor >= to) return [];
  const { offset, length } = first.place;
  const why = whyPythonStays(first.kind, to) ?? whyBaseStays(first.value);
  if (why !== undefined) {
    aim.findings.push(left(first, why));
    return [];
  }
  if (text[offset + length] === '@') {
    aim.findings.push(left(first, 'a digest stands behind it, which alone counts'));
    return [];
  }
  const isRange = first.role === 'floor' || /^[<>=~!^]/.test(first.value);
  const raised = isRange ? raisedFloor(first.value, { minor: to }) : withVersion(first.value, to, aim.goal);
  return [{ offset, length, before: first.value, text: raised }];
}

/** Bases of images for which no, or not every, newer Python is published. https://github.com/docker-library/python */
function whyBaseStays(value: string): string | undefined {
  const base = /-(wheezy|jessie|stretch|buster|bullseye|alpine3\.(?:\d|1\d|20))(?=-|$)/.exec(value)?.[1];
  return base === undefined
    ? undefined
    : `it stands on ${base}, for which the newer one may not be published: choose another base too`;
}

/** A value with another version in its own form. A patch is named only where the goal names one. */
function withVersion(value: string, minor: number, { minor: aimed, exact }: PythonGoal): string {
  if (/^["']?(py)?3\d+["']?$/.test(value)) return value.replace(/3\d+/, `3${minor}`);
  const hasPatch = /3\.\d+\.\d/.test(value);
  const version = hasPatch && exact !== undefined && minor === aimed ? exact : `3.${minor}`;
  return value.replace(/3\.\d+(\.\d\w*)?(-dev)?/, version).replace(/\bpy3\d+$/, `py3${minor}`);
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
    if (operator === '==' || operator === '===' || operator === '')
      return [`${operator}${space}3.${minor}${version.endsWith('.*') ? '.*' : ''}`];
    if (operator === '^' || operator === '~' || operator === '~=')
      return [`${operator}${space}3.${minor}${operator === '~=' ? '.0' : ''}`];
    return [`>=${space}3.${minor}`];
  });
  return [...new Set(kept)].join(isTight ? ',' : ', ');
}

function listEdits(text: string, run: readonly PythonVersion[], { goal, floor }: Aim): readonly TextEdit[] {
  const [first, last] = [run[0], run.at(-1)];
  if (first === undefined || last === undefined) return [];
  const kept = run.filter(({ value }) => (minorOf(value) ?? floor) >= floor);
  const hasGoal = run.some(({ value }) => minorOf(value) === goal.minor);
  if (kept.length === run.length && hasGoal) return [];
  const spans = run.map(({ place }) => quoted(text, place));
  const [start = 0, end = 0] = [spans[0]?.start, spans.at(-1)?.end];
  const separator =
    spans[1] === undefined
      ? aloneSeparator(text, start)
      : text.slice(spans[0]?.end ?? 0, spans[1].start).replace(/[ \t]*#[^\n]*/, '');
  const items = kept.map(({ place }) => {
    const span = quoted(text, place);
    return {
      minor: minorOf(text.slice(place.offset, place.offset + place.length)) ?? 0,
      text: text.slice(span.start, span.end),
    };
  });
  const model = quoted(text, last.place);
  const added = { minor: goal.minor, text: withVersion(text.slice(model.start, model.end), goal.minor, goal) };
  // In Python, one thing in parentheses is no tuple.
  const isTuple = /\([ \t\r\n]*$/.test(text.slice(0, start)) && !/^[ \t]*,/.test(text.slice(end));
  const isDown = items.length > 1 && (items[0]?.minor ?? 0) > (items.at(-1)?.minor ?? 0);
  const all = hasGoal
    ? items
    : isDown
      ? [added, ...items]
      : [...items.filter(({ minor }) => minor < goal.minor), added, ...items.filter(({ minor }) => minor > goal.minor)];
  return [
    {
      offset: start,
      length: end - start,
      before: text.slice(start, end),
      text: `${all.map((item) => item.text).join(separator)}${isTuple && all.length === 1 ? ',' : ''}`,
    },
  ];
}

/** Levels of one list: those below the floor become it, each once. */
function levelEdits(text: string, run: readonly PythonVersion[], { floor }: Aim): readonly TextEdit[] {
  if (run.every(({ value }) => (minorOf(value) ?? floor) >= floor)) return [];
  const spans = run.map(({ place }) => quoted(text, place));
  const [start = 0, end = 0] = [spans[0]?.start, spans.at(-1)?.end];
  const separator = text.slice(spans[0]?.end ?? 0, spans[1]?.start).replace(/[ \t]*#[^\n]*/, '');
  const items = spans.map((span) => {
    const item = text.slice(span.start, span.end);
    return (minorOf(item.replaceAll(/["']/g, '')) ?? floor) >= floor
      ? item
      : item.replace(/py3\d+/, `py3${floor}`).replace(/3\.\d+/, `3.${floor}`);
  });
  return [
    { offset: start, length: end - start, before: text.slice(start, end), text: [...new Set(items)].join(separator) },
  ];
}

/** How a second item would be parted from the only one of a list. */
function aloneSeparator(text: string, start: number): string {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (/^\s*-\s+$/.test(line)) return `\n${line}`;
  if (/^\s*$/.test(line) && !/["']/.test(text[start] ?? '')) return `\n${line}`;
  return /^\s*$/.test(line) ? `,\n${line}` : ', ';
}

function quoted(text: string, { offset, length }: PythonVersion['place']) {
  const quote = text[offset - 1];
  const isQuoted = (quote === '"' || quote === "'") && text[offset + length] === quote;
  return isQuoted ? { start: offset - 1, end: offset + length + 1 } : { start: offset, end: offset + length };
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
