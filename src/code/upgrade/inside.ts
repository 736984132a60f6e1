import semver from 'semver';
import type { Facts } from './facts.ts';
import { providerOf, waivers } from './providers.ts';
import type { Slot } from './slots.ts';
import { type Choice, type Demand, someVersion, type Variable } from './variable.ts';

/** A package that a slot brings along, and that has peers of its own on what moves. */
export type Inside = { readonly id: string; readonly name: string; readonly of: Slot };

/** Stands for a version of a package inside whose peers are not met: package managers install it all the same, and warn. */
export const misfit = 'a misfit';

/** Rather some majors of the package that brings it than that. */
const misfitWeight = 50_000;

/**
 * Packages that are locked below others, are no slots themselves, and want a goal beside them: whoever brings them is looked at
 * with them. What a lock file does not tell of is not looked for. Pure.
 */
export function insideNames({ tree }: Facts, goals: ReadonlySet<string>): ReadonlySet<string> {
  const moving = new Set(tree.slots.filter(({ id }) => goals.has(id)).map(({ name }) => name));
  const direct = new Set(tree.slots.map((slot) => slot.package));
  const wanting = (tree.lock?.packages ?? []).filter(
    ({ name, peers = [] }) => !direct.has(name) && !tree.own.has(name) && peers.some((peer) => moving.has(peer.name)),
  );
  return new Set(wanting.map(({ name }) => name));
}

/** What a version of a slot demands of the packages inside that it brings. */
export function insideDemands(
  facts: Facts,
  slot: Slot,
  { version, names }: { readonly version: string; readonly names: ReadonlySet<string> },
): readonly (Demand & { readonly inside: Inside })[] {
  return Object.entries(facts.dependencies(slot.package, version))
    .filter(([name, range]) => names.has(name) && semver.validRange(range) !== null)
    .map(([name, range]) => ({
      on: `${slot.id} brings ${name}`,
      key: range,
      accepts: (value) =>
        value !== undefined && (value === someVersion || value === misfit || facts.fits(value, range)),
      inside: { id: `${slot.id} brings ${name}`, name, of: slot },
    }));
}

/** What a package inside may be at: whichever version its bringer takes in, at no cost, or none that fits, at a high one. */
export function insideVariable(facts: Facts, { id, name, of }: Inside): Variable {
  const plain = { cost: 0, isStay: false, demands: [] };
  const none: Choice = { ...plain, value: undefined };
  if (facts.refused.has(name)) return { id, choices: [none, { ...plain, value: someVersion, isStay: true }] };
  if (!facts.packuments.has(name)) return { id, choices: [none, { ...plain, value: someVersion }] };
  const locked = new Set(
    (facts.tree.lock?.packages ?? []).filter((one) => one.name === name).map(({ version }) => version),
  );
  const all = facts
    .assessed(name, [])
    .filter(({ version }) => semver.prerelease(version) === null || locked.has(version));
  const choices = all.toReversed().map(
    ({ version }): Choice => ({
      value: version,
      cost: 0,
      isStay: locked.has(version),
      demands: peerDemandsOf(facts, { name, version, of }),
    }),
  );
  const byStay = [...choices.filter(({ isStay }) => isStay), ...choices.filter(({ isStay }) => !isStay)];
  return { id, choices: [none, ...byStay, { ...plain, value: misfit, cost: misfitWeight }] };
}

type At = { readonly name: string; readonly version: string; readonly of: Slot };

function peerDemandsOf(facts: Facts, { name, version, of }: At): readonly Demand[] {
  const excused = (peer: string) => waivers(facts, { ...of, name, package: name }, peer);
  return of.declarations.flatMap(({ home }) =>
    (facts.peers(name, version) ?? []).flatMap((peer): readonly Demand[] => {
      const provider = providerOf(facts, home, peer.name);
      if (provider === undefined) return [];
      const ranges = [peer.range, ...excused(peer.name)];
      const accepts = (value: string | undefined): boolean =>
        value === undefined || ranges.some((range) => facts.fits(value, range));
      return [{ on: provider.id, key: ranges.join(' or '), accepts }];
    }),
  );
}
