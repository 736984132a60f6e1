import semver from 'semver';
import { type Facts, soundVersions } from './facts.ts';
import { followersOf, followOf, lineFor } from './following.ts';
import type { Goal } from './slot-variable.ts';
import type { Slot } from './slots.ts';
import type { Step } from './steps.ts';
import { compareLines, lineOf } from './version-line.ts';

/**
 * The lead's goal, that of the same package at other versions that are not beyond, and those of what follows by version. Pure.
 */
export function goalsOf(facts: Facts, lead: Slot, step: Step): Map<string, Goal> {
  const shared = sharedFirst(facts, lead, step.versions);
  const goals = new Map<string, Goal>([[lead.id, { versions: shared }]]);
  for (const twin of facts.tree.slots) {
    const isTwin = twin.name === lead.name && twin.package === lead.package && twin.id !== lead.id;
    const versions = isTwin ? shared.filter((version) => semver.gte(version, twin.current)) : [];
    if (versions.length > 0) goals.set(twin.id, { versions });
  }
  for (const slot of followersOf(lead, facts.tree.slots)) {
    const sound = soundVersions(facts, slot);
    const line = lineFor(step.line, [...new Set(sound.map((one) => one.line))]);
    if (line === undefined || compareLines(line, lineOf(slot.current)) <= 0) continue;
    const versions = sound.filter((one) => one.line === line).map(({ version }) => version);
    goals.set(slot.id, { versions: versions.toReversed() });
  }
  return goals;
}

/** Where followers have the lead's own versions, those that all of them have come before those that some lack. */
function sharedFirst(facts: Facts, lead: Slot, versions: readonly string[]): readonly string[] {
  const followers = followersOf(lead, facts.tree.slots).filter(
    (slot) => followOf(slot, facts.tree.slots)?.following === 'same-version',
  );
  const published = followers.map((slot) => new Set(soundVersions(facts, slot).map(({ version }) => version)));
  const isShared = (version: string) => published.every((all) => all.has(version));
  return [...versions.filter(isShared), ...versions.filter((version) => !isShared(version))];
}
