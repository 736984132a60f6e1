import semver from 'semver';
import type { Finding } from '#core/finding';
import type { NodeVersion } from '../../snapshot.ts';
import type { FileEdits, TextEdit } from '../../text/file-edits.ts';
import { keysAbove } from '../../text/keys-above.ts';
import { listEdit, listRuns, listSpan, type MadeList } from '../../text/list-items.ts';
import { type Entry, followed, followedEdits, isEntry, isFollower, writtenValue } from '../../text/matrix-values.ts';
import { spellPlace } from '../../text/place.ts';
import { baseName } from '../../text/search-text.ts';
import type { ReadFile } from '../../typescript-settings.ts';
import { versionPlaceOf } from '../../version-places/index.ts';
import { nodeRange } from '../../workspace/node-range.ts';
import { type RuntimeGoal, raisedValue } from './raised-value.ts';

/** What is to become of the places of a tree that name a Node version. */
export type RaisedPlaces = {
  readonly files: readonly FileEdits[];
  readonly findings: readonly Finding[];
  /** The lowest version that a place names which is below the goal; undefined where none is. */
  readonly from: string | undefined;
};

/**
 * Raises every place that names an older Node than the goal, in the style of the place. Of a list (a matrix of CI) what would
 * stand in it twice is taken out. What cannot be written with certainty is left, and named.
 */
export async function raisePlaces(
  places: readonly NodeVersion[],
  goal: RuntimeGoal,
  read: ReadFile,
): Promise<RaisedPlaces> {
  const files: FileEdits[] = [];
  const findings: Finding[] = [];
  for (const path of [...new Set(places.map(({ place }) => place.file))].sort()) {
    const text = await read(path);
    if (text === undefined) continue;
    const own = places
      .filter(({ place }) => place.file === path)
      .toSorted((one, other) => one.place.offset - other.place.offset);
    const { edits, findings: found } = raisedFile(text, own, goal);
    findings.push(...found);
    if (edits.length > 0) files.push({ path, edits });
    if (baseName(path) === 'package.json') findings.push(...forUsers(path, text, own, edits));
  }
  return { files, findings, from: lowestOf(places, goal) };
}

type Made = { readonly edits: readonly TextEdit[]; readonly findings: readonly Finding[] };

/** What says which entry of a matrix is meant goes where that goes, after all others. */
function raisedFile(text: string, own: readonly NodeVersion[], goal: RuntimeGoal): Made {
  const followers = own.filter((one) => isFollower(text, one));
  const others = own.filter((one) => !followers.includes(one));
  const lists = listRuns(text, others, () => true);
  const made = lists.map((list) => raisedList(text, list, goal));
  const entries = made.flatMap((each) => each.entries).filter(({ one }) => isEntry(text, one));
  const following = followers.map((one): Made => {
    const fixed = isFixed(text, one, goal);
    const found = fixed ?? followed(text, one, entries);
    if (found === undefined) return raisedList(text, [one], goal);
    if (found.kind === 'left') return { edits: [], findings: [left(one, found.why)] };
    return { edits: followedEdits(text, found), findings: [] };
  });
  const all = [...made, ...following];
  return {
    edits: all.flatMap(({ edits }) => edits).sort((one, other) => one.offset - other.offset),
    findings: all.flatMap(({ findings }) => findings),
  };
}

function raisedList(text: string, list: readonly NodeVersion[], goal: RuntimeGoal): Made & MadeList {
  const findings: Finding[] = [];
  const values = list.map((one) => {
    const raised = isFixed(text, one, goal) ?? raisedValue(one.value, goalOf(one, goal));
    if (raised.kind === 'left') findings.push(left(one, raised.why));
    return { one, value: raised.kind === 'raised' ? raised.value : one.value, isRaised: raised.kind === 'raised' };
  });
  const kept = values.filter(({ value, isRaised }, at) => {
    const others = values.filter(
      (other, place) => place !== at && isSame(other.value, value) && (!other.isRaised || place < at),
    );
    return !isRaised || others.length === 0;
  });
  const keeper = (each: (typeof values)[number]) =>
    kept.some((other) => other === each) ? each : (kept.find((other) => isSame(other.value, each.value)) ?? each);
  const entries = values.map((each): Entry => {
    const by = keeper(each);
    return {
      one: each.one,
      after: writtenValue(text, by.one, by.value),
      isMerged: values.some((other) => other !== each && keeper(other) === by),
    };
  });
  if (kept.length === values.length) {
    const edits = values.flatMap(({ one, value, isRaised }) => (isRaised ? [editOf(one, value)] : []));
    return { edits, findings, entries };
  }
  const span = listSpan(text, list);
  const items = span.items.flatMap((item) => {
    const own = kept.find(({ one }) => one === item.one);
    if (item.one === undefined) return [item];
    return own === undefined ? [] : [{ ...item, text: writtenValue(text, own.one, own.value) }];
  });
  return { edits: [listEdit(text, span, items)], findings, entries };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [nodeRange(one), nodeRange(other)];
  return a !== undefined && b !== undefined && semver.validRange(a) === semver.validRange(b);
}

function editOf({ value, place: { offset, length } }: NodeVersion, text: string): TextEdit {
  return { offset, length, before: value, text };
}

/** Code is written for the lowest version that is wished for. */
function goalOf({ kind }: NodeVersion, goal: RuntimeGoal): RuntimeGoal {
  return versionPlaceOf(kind)?.isBuildTarget === true ? { ...goal, version: goal.floor } : goal;
}

/** What stands beside a value may fix it: a digest of an image, a list of what a matrix leaves out. */
function isFixed(
  text: string,
  { kind, value, place, stays: own }: NodeVersion,
  goal: RuntimeGoal,
): { readonly kind: 'left'; readonly why: string } | undefined {
  const { offset, length } = place;
  const stays = own ?? versionPlaceOf(kind)?.stays;
  if (stays !== undefined && raisedValue(value, goal).kind === 'raised') return { kind: 'left', why: stays };
  if (text[offset + length] === '@') {
    return { kind: 'left', why: 'a digest stands behind it, and Docker heeds the digest alone' };
  }
  const isLeftOut = keysAbove(text, offset).includes('exclude');
  return isLeftOut ? { kind: 'left', why: 'it says what a matrix leaves out' } : undefined;
}

function left({ value, place }: NodeVersion, why: string): Finding {
  return {
    rule: 'tree/node-place-left',
    severity: 'warning',
    message: `${spellPlace(place)} names Node ${value} and stays as it is: ${why}.`,
    cure: 'Raise it by hand on the branch, or say why it stays.',
    file: place.file,
    line: place.line,
    column: place.column,
    object: 'node',
  };
}

/** `engines` of a package that may be published is a promise to others. */
function forUsers(
  path: string,
  text: string,
  places: readonly NodeVersion[],
  edits: readonly TextEdit[],
): readonly Finding[] {
  const engines = places.find(({ kind }) => kind === 'engines');
  const edit = edits.find(({ offset }) => offset === engines?.place.offset);
  if (engines === undefined || edit === undefined || /"private"\s*:\s*true/.test(text)) return [];
  return [
    {
      rule: 'tree/node-for-users',
      severity: 'advice',
      message: `${path} takes Node \`${edit.text}\` from now on; it was \`${engines.value}\`, and the package is not marked as private.`,
      cure: 'Where it is published, this belongs into a major of its own.',
      file: path,
      line: engines.place.line,
      column: engines.place.column,
      object: 'node',
    },
  ];
}

function lowestOf(places: readonly NodeVersion[], { floor }: RuntimeGoal): string | undefined {
  const versions = places.flatMap(({ value }) => {
    const range = nodeRange(value);
    const lowest = range === undefined ? null : semver.minVersion(range);
    return lowest === null || semver.gte(lowest, floor) ? [] : [lowest.version];
  });
  return semver.sort(versions)[0];
}

/** Places that name a version, where all of them are for newer ones than the goal; else none. Pure. */
export function newerThan(places: readonly NodeVersion[], { range }: RuntimeGoal): readonly NodeVersion[] {
  const lowest = places.flatMap((one) => {
    const own = nodeRange(one.value);
    const version = own === undefined ? null : semver.minVersion(own);
    return version === null ? [] : [{ one, version }];
  });
  return lowest.every(({ version }) => semver.gtr(version, range)) ? lowest.map(({ one }) => one) : [];
}
