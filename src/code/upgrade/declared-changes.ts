import semver from 'semver';
import type { Finding } from '#core/finding';
import { deprecationOf, type Packument } from '../registry/packument.ts';
import type { Entry } from './catalogs.ts';
import type { Facts } from './facts.ts';
import { aliasPrefix, exactly, restyled, widened } from './range-style.ts';
import type { Slot } from './slots.ts';
import type { DeclaredChange } from './upgrade-path.ts';
import { compareLines, lineOf } from './version-line.ts';

/** Texts that change for one package, and what is to be known about them. */
export type Declared = { readonly changes: readonly DeclaredChange[]; readonly findings: readonly Finding[] };

/**
 * Every text of the tree that has to change for a package to be at a version: where it is declared or its catalog entry, pins
 * of the root, and peers of the tree's own packages, which are widened and never narrowed. Pure.
 */
export function declaredChanges(facts: Facts, slot: Slot, to: string): Declared {
  const entries = new Map(slot.declarations.map(({ entry }) => [`${entry.file} ${entry.path.join(' ')}`, entry]));
  const stated = [...entries.values()].map((entry) => statedChange(facts, slot, { entry, to }));
  const pinned = facts.tree.pins.map((pin) => pinChange(facts, slot, { entry: pin, to }));
  const peers = peerChanges(facts, slot, to);
  const all = [...stated, ...pinned, ...peers];
  return { changes: all.flatMap(({ changes }) => changes), findings: all.flatMap(({ findings }) => findings) };
}

type Wanted = { readonly entry: Entry; readonly to: string };

function statedChange(facts: Facts, slot: Slot, { entry, to }: Wanted): Declared {
  const packument = facts.packuments.get(slot.package);
  const style = entry.style ?? entry.value;
  const styled = restyled(style, to, { isNewestLine: isNewestLine(packument, to), now: entry.value });
  const range = styled.slice(aliasPrefix(styled).length);
  const taken = packument === undefined ? to : pickedBy(packument, range);
  if (taken === to) return { changes: [change(entry, styled)], findings: [] };
  const fault = facts.assessed(slot.package, []).find(({ version }) => version === taken)?.faults[0];
  return {
    changes: [change(entry, exactly(entry.value, to))],
    findings: [
      {
        rule: 'package/exact',
        severity: 'advice',
        message: `${slot.name} is declared as exactly ${to} in ${entry.file}: \`${range}\` would install ${taken ?? 'another version'}${fault === undefined ? '' : `, but ${fault.why}`}.`,
        cure: `Declare \`${range}\` again once ${taken ?? 'the newer version'} may be taken.`,
        file: entry.file,
        package: slot.name,
        to,
      },
    ],
  };
}

function change(entry: Entry, to: string): DeclaredChange {
  return { file: entry.file, group: entry.path.slice(0, -1).join('.'), path: entry.path, from: entry.value, to };
}

/**
 * What package managers take for a range: the version tagged `latest` where it fits, else the newest that is not deprecated
 * (https://github.com/npm/npm-pick-manifest#algorithm).
 */
function pickedBy(packument: Packument, range: string): string | undefined {
  const latest = packument['dist-tags'].latest;
  if (latest !== undefined && semver.satisfies(latest, range)) return latest;
  const all = Object.keys(packument.versions).filter((version) => semver.valid(version) !== null);
  const sound = all.filter((version) => deprecationOf(packument.versions[version]) === undefined);
  return semver.maxSatisfying(sound, range) ?? semver.maxSatisfying(all, range) ?? undefined;
}

function isNewestLine(packument: Packument | undefined, to: string): boolean {
  const releases = Object.keys(packument?.versions ?? {}).filter((version) => semver.prerelease(version) === null);
  return releases.every((version) => compareLines(lineOf(version), lineOf(to)) <= 0);
}

/** A pin of the package itself moves along; one with conditions is left and said. `$name` follows by itself. */
function pinChange(facts: Facts, slot: Slot, { entry, to }: Wanted): Declared {
  const key = entry.path.at(-1) ?? '';
  const names = /^(?:.*[>/])?((?:@[^/@>]+\/)?[^/@>]+)(@.*)?$/.exec(key);
  const isNested = entry.path.length > (entry.path[0] === 'pnpm' ? 3 : 2);
  if (names?.[1] !== slot.name || entry.value.startsWith('$') || entry.value.startsWith('catalog:')) return none;
  if (key === slot.name && !isNested) {
    const isMet = semver.validRange(entry.value) !== null && facts.fits(to, entry.value);
    return isMet ? none : { changes: [change(entry, exactly(entry.value, to))], findings: [] };
  }
  return {
    changes: [],
    findings: [
      {
        rule: 'package/pin-kept',
        severity: 'warning',
        message: `${entry.file} pins ${entry.path.slice(1).join(' > ')} to ${entry.value}; that stays as it is while ${slot.name} goes to ${to}.`,
        cure: 'See whether the pin is still needed.',
        file: entry.file,
        package: slot.name,
      },
    ],
  };
}

const none: Declared = { changes: [], findings: [] };

function peerChanges(facts: Facts, slot: Slot, to: string): readonly Declared[] {
  return facts.tree.peerDeclarations
    .filter(({ name, entry }) => name === slot.name && semver.validRange(entry.value) !== null)
    .filter(({ entry }) => !facts.fits(to, entry.value))
    .map(({ home, entry }) => {
      const range = widened(entry.value, to);
      const where = home === '.' ? 'package.json' : home;
      return {
        changes: [change(entry, range)],
        findings: [
          {
            rule: 'package/peer-widened',
            severity: 'advice',
            message: `${where} takes ${slot.name} \`${range}\` as peer from now on; it was \`${entry.value}\`, and nothing was taken out.`,
            cure: 'Take out what you no longer test, in a major of your own.',
            file: entry.file,
            package: slot.name,
            from: entry.value,
            to: range,
          } as const,
        ],
      };
    });
}
