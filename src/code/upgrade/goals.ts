import semver from 'semver';
import { fail } from '#core/error';
import { nearestNames } from '#core/nearest-names';
import type { Assessed } from './assess-versions.ts';
import { type Facts, homesOf } from './facts.ts';
import type { Slot } from './slots.ts';
import { compareLines, lineOf } from './version-line.ts';
import type { Wish } from './wishes.ts';

/** A wish for one package, as versions. */
export type Target = {
  /** The slot that is furthest behind; others of the same name go along. */
  readonly slot: Slot;
  /** What may stand at the end, the best first. */
  readonly versions: readonly string[];
  /** Its line. */
  readonly line: string;
  /** Why it moves, as a sentence. */
  readonly why: string;
};

/** What a wish comes to: a target, or nothing where all is there already. */
export type Resolved =
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'there'; readonly why: string };

/**
 * Turns a wish for one package into versions. Throws `bad-input` where the tree does not declare the package, no published
 * version is in the range, or only older ones are; `no-solution` where something speaks against every version that is.
 */
export function resolveWish(facts: Facts, wish: Extract<Wish, { kind: 'package' }>): Resolved {
  const slots = slotsNamed(facts, wish.name).sort((a, b) => semver.compare(a.current, b.current));
  const first = slots[0];
  if (first === undefined) throw unknownPackage(facts, wish.name);
  const text = `${wish.name}@${wish.spec ?? 'latest'}`;
  const all = facts.assessed(first.package, homesOf(first));
  const wanted = wantedOf(facts, first, { spec: wish.spec, all, text });
  const newest = wanted.versions.at(-1)?.version ?? first.current;
  const behind = slots.filter(({ current }) => !wanted.isMet(current));
  const ahead = behind.find(({ current }) => semver.lt(newest, current));
  if (ahead !== undefined) {
    throw fail('bad-input', {
      what: `\`${text}\` would take ${ahead.name} back from ${ahead.current} to ${newest}.`,
      why: 'An upgrade goes forward only.',
      next: `Wish for a version above ${ahead.current}, or take back the upgrade that brought it with \`godwit rollback\`.`,
    });
  }
  const slot = behind[0];
  if (slot !== undefined) return { kind: 'target', target: targetOf(slot, wanted.versions) };
  return { kind: 'there', why: `${listOf(slots)} ${slots.length === 1 ? 'is' : 'are'} what \`${text}\` asks for.` };
}

/** By the name in the tree, or where another package stands under that name, by what is published under it. */
function slotsNamed({ tree }: Facts, name: string): Slot[] {
  const named = tree.slots.filter((slot) => slot.name === name && slot.package === name);
  const published = tree.slots.filter((slot) => slot.package === name);
  if (named.length > 0) return named;
  return published.length > 0 ? published : tree.slots.filter((slot) => slot.name === name);
}

function targetOf(slot: Slot, wanted: readonly Assessed[]): Target {
  const above = wanted.filter(({ version }) => semver.gt(version, slot.current));
  const lines = above.map((one) => one.line).sort(compareLines);
  const line = lines.at(-1) ?? lineOf(slot.current);
  const versions = above.filter((one) => one.line === line).map(({ version }) => version);
  return { slot, versions: versions.toReversed(), line, why: 'It is wished for.' };
}

type Asked = { readonly spec: string | undefined; readonly all: readonly Assessed[]; readonly text: string };
type Wanted = { readonly versions: readonly Assessed[]; isMet(current: string): boolean };

/** The versions that a wish allows, oldest first. One that is named exactly may be deprecated or a prerelease. */
function wantedOf(facts: Facts, slot: Slot, { spec, all, text }: Asked): Wanted {
  const tags = facts.packuments.get(slot.package)?.['dist-tags'] ?? {};
  const { latest } = tags;
  if ((spec === undefined || spec === 'latest') && latest !== undefined) return newestUpTo(latest, { all, slot, text });
  const exact = tags[spec ?? ''] ?? semver.valid(spec ?? null) ?? undefined;
  const named = exact === undefined ? inRange(spec ?? '', all) : all.filter(({ version }) => version === exact);
  if (named === undefined) throw noTag(slot, text, tags);
  if (named.length === 0) throw noVersion(slot, text, all);
  const isTaken = ({ version, faults }: Assessed): boolean =>
    faults.every(({ kind }) => exact === version && ['prerelease', 'deprecated', 'untagged'].includes(kind));
  const versions = named.filter(isTaken);
  if (versions.length === 0) throw noneSound(slot, text, named);
  return { versions, isMet: (current) => named.some(({ version }) => version === current) };
}

/** What `latest` asks for: the newest that nothing speaks against, and where that does not fit, others of its line. */
function newestUpTo(
  latest: string,
  { all, slot, text }: Pick<Asked, 'all' | 'text'> & { readonly slot: Slot },
): Wanted {
  const upTo = all.filter(({ version }) => semver.lte(version, latest));
  const sound = upTo.filter(({ faults }) => faults.length === 0);
  const newest = sound.at(-1);
  if (newest === undefined) throw noneSound(slot, text, upTo);
  return {
    versions: sound.filter(({ line }) => line === newest.line),
    isMet: (current) => semver.gte(current, newest.version),
  };
}

function noneSound(slot: Slot, text: string, named: readonly Assessed[]) {
  return fail('no-solution', {
    what: `No version that \`${text}\` allows can be taken.`,
    why: reasonsOf(named.slice(-3).toReversed()),
    next: nextFor(named, slot),
  });
}

/** Versions that are refused for the same reason are named together. */
function reasonsOf(named: readonly Assessed[]): string {
  const byReason = new Map<string, string[]>();
  for (const { version, faults } of named) {
    const reason = faults.map(({ why }) => why).join('; ');
    byReason.set(reason, [...(byReason.get(reason) ?? []), version]);
  }
  return [...byReason].map(([reason, versions]) => `${versions.join(', ')}: ${reason}.`).join(' ');
}

function inRange(spec: string, all: readonly Assessed[]): readonly Assessed[] | undefined {
  const range = semver.validRange(spec, { loose: true });
  if (range === null) return undefined;
  const isPrerelease = /\d-[0-9a-z]/i.test(spec);
  return all.filter(
    ({ version, faults }) =>
      semver.satisfies(version, range) && (isPrerelease || faults.every(({ kind }) => kind !== 'prerelease')),
  );
}

function nextFor(named: readonly Assessed[], slot: Slot): string {
  const kinds = new Set(named.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
  const newest = named.at(-1)?.version ?? 'VERSION';
  if (kinds.has('engine'))
    return 'Raise Node in the places that are named, and plan again; `--upgrade node@MAJOR` plans that too, before or together with this wish.';
  if (kinds.has('too-new')) return 'Wait, or ask for less with --min-age.';
  return `Ask for one by its number, \`--upgrade ${slot.name}@${newest}\`, if it is to be taken all the same.`;
}

function unknownPackage({ tree }: Facts, name: string) {
  const why = tree.fixed.get(name);
  if (why !== undefined) {
    return fail('bad-input', {
      what: `${name} cannot be upgraded from a registry.`,
      why: `In this tree ${why}.`,
      next: 'Name a package that comes from a registry.',
    });
  }
  const names = [...new Set(tree.slots.map((slot) => slot.name))];
  const near = nearestNames(name, names);
  return fail('bad-input', {
    what: `No package.json of this tree declares ${name}.`,
    why:
      near.length === 0
        ? `It declares ${names.length} packages, and none is named like it.`
        : `It declares ${near.join(', ')}.`,
    next: 'Name a direct dependency; what others bring along moves with them.',
  });
}

function noTag(slot: Slot, text: string, tags: Readonly<Record<string, string>>) {
  const known = Object.entries(tags).map(([tag, version]) => `${tag} (${version})`);
  return fail('bad-input', {
    what: `\`${text}\` is neither a range of versions nor a tag of ${slot.package}.`,
    why: known.length === 0 ? 'The registry names no tags of it.' : `Its tags are ${known.slice(0, 8).join(', ')}.`,
    next: `Name one of them, a major (\`${slot.name}@2\`), a range or a version.`,
  });
}

function noVersion(slot: Slot, text: string, all: readonly Assessed[]) {
  const lines = [...new Set(all.filter(({ faults }) => faults.length === 0).map(({ line }) => line))].sort(
    compareLines,
  );
  return fail('bad-input', {
    what: `No published version of ${slot.package} is what \`${text}\` asks for.`,
    why: `${all.length} versions are published, of the majors ${lines.length > 8 ? '… ' : ''}${lines.slice(-8).join(', ')}; the newest is ${all.filter(({ faults }) => faults.length === 0).at(-1)?.version ?? 'none'}.`,
    next: 'Name one that is published.',
  });
}

function listOf(slots: readonly Slot[]): string {
  return slots.map(({ name, current }) => `${name} ${current}`).join(' and ');
}
