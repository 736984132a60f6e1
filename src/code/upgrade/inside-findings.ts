import semver from 'semver';
import type { Finding } from '#core/finding';
import type { Chosen } from './choose-versions.ts';
import type { Facts } from './facts.ts';
import { type Inside, misfit } from './inside.ts';
import { providerOf } from './providers.ts';

/**
 * What a choice of versions means for packages inside the tree that nobody declares: of which no version fits that their
 * bringer takes in, and which must move in the lock file, since a package manager keeps what is locked. Pure.
 */
export function insideFindings(facts: Facts, chosen: Chosen): readonly Finding[] {
  return chosen.insides.flatMap((inside) => {
    const value = chosen.values.get(inside.id)?.value;
    const bringer = chosen.values.get(inside.of.id)?.value ?? inside.of.current;
    const range = facts.dependencies(inside.of.package, bringer)[inside.name];
    if (value === undefined || range === undefined) return [];
    if (value === misfit) return misfitFinding(facts, inside, { chosen, bringer, range });
    const locked = (facts.tree.lock?.packages ?? []).filter(({ name }) => name === inside.name);
    const isKept = locked.some(({ version }) => version === value);
    const inRange = locked.filter(({ version }) => facts.fits(version, range));
    if (isKept || inRange.length === 0) return [];
    return [
      {
        rule: 'package/inside-moves',
        severity: 'advice',
        message: `${inside.name}, which ${inside.of.name} brings, fits from ${value} on, and the lock file has ${inRange.map(({ version }) => version).join(', ')}.`,
        cure: `Update ${inside.name} in the lock file after installing.`,
        package: inside.name,
        to: value,
      } as const,
    ];
  });
}

type Brought = { readonly chosen: Chosen; readonly bringer: string; readonly range: string };

function misfitFinding(facts: Facts, { name, of }: Inside, { chosen, bringer, range }: Brought): readonly Finding[] {
  const all = facts.assessed(name, []).map(({ version }) => version);
  const newest = semver.maxSatisfying([...all], range);
  const peers = newest === null ? [] : (facts.peers(name, newest) ?? []);
  return peers.flatMap((peer): readonly Finding[] => {
    const provider = of.declarations
      .map(({ home }) => providerOf(facts, home, peer.name))
      .find((one) => one !== undefined);
    const taken = provider === undefined ? undefined : chosen.values.get(provider.id)?.value;
    if (provider === undefined || taken === undefined || taken === provider.current) return [];
    if (facts.fits(taken, peer.range)) return [];
    return [
      {
        rule: 'package/peer',
        severity: 'warning',
        message: `${name} ${newest}, which ${of.name} ${bringer} brings, wants ${peer.name} ${peer.range}, and gets ${taken}.`,
        cure: `Watch what ${of.name} does with it, or replace ${of.name}.`,
        object: peer.name,
        package: name,
      },
    ];
  });
}
