import semver from 'semver';
import type { Chosen } from './choose-versions.ts';
import { type Facts, peersOf } from './facts.ts';
import { providerOf } from './providers.ts';
import type { Slot } from './slots.ts';
import type { AppliedOverride, DeclaredChange, Override } from './upgrade-path.ts';

/**
 * The overrides without which a choice of versions would not fit, each with the texts by which the package manager is told, so
 * that it installs without `--force`. npm takes `overrides`, pnpm `peerDependencyRules`; Yarn and Bun only warn of peers and
 * need nothing. Pure.
 */
export function appliedOverrides(facts: Facts, chosen: Chosen): readonly AppliedOverride[] {
  const applied = new Map<string, AppliedOverride>();
  for (const slot of facts.tree.slots) {
    const version = chosen.values.get(slot.id)?.value ?? slot.current;
    for (const { name, range } of peersOf(facts, slot, version) ?? []) {
      const provider = slot.declarations
        .map(({ home }) => providerOf(facts, home, name))
        .find((one) => one !== undefined);
      const taken = provider === undefined ? undefined : (chosen.values.get(provider.id)?.value ?? provider.current);
      if (provider === undefined || taken === undefined || facts.fits(taken, range)) continue;
      if (taken === provider.current && version === slot.current) continue;
      const override = facts.overrides.find((one) => isMeant(one, slot, name) && facts.fits(taken, one.range));
      if (override === undefined) continue;
      applied.set(`${slot.name}>${name}`, {
        ...override,
        why: `${slot.name} ${version} wants ${name} ${range}, and gets ${taken} all the same: ${override.reason}`,
        declared: declaredFor(facts, { wanter: slot, provider, taken }),
      });
    }
  }
  return [...applied.values()];
}

function isMeant({ wanter, name }: Override, slot: Slot, peer: string): boolean {
  return name === peer && (wanter === undefined || wanter === slot.package || wanter === slot.name);
}

type Pair = { readonly wanter: Slot; readonly provider: Slot; readonly taken: string };

function declaredFor({ tree }: Facts, { wanter, provider, taken }: Pair): readonly DeclaredChange[] {
  const { manager, pins } = tree;
  if (manager?.name === 'yarn' || manager?.name === 'bun') return [];
  if (manager?.name === 'pnpm') {
    const isInYaml = semver.major(semver.coerce(manager.version ?? '10') ?? '10.0.0') >= 10;
    const path = ['peerDependencyRules', 'allowedVersions', `${wanter.name}>${provider.name}`];
    const to = `^${taken}`;
    return isInYaml
      ? [{ file: 'pnpm-workspace.yaml', group: path.slice(0, -1).join('.'), path, to }]
      : [{ file: 'package.json', group: `pnpm.${path.slice(0, -1).join('.')}`, path: ['pnpm', ...path], to }];
  }
  // npm lets a package that the root declares be named, and then both always agree.
  const isInRoot = provider.declarations.some(({ home }) => home === '.');
  const path = ['overrides', wanter.name, provider.name];
  const from = pins.find((pin) => pin.path.join(' ') === path.join(' '))?.value;
  const to = isInRoot ? `$${provider.name}` : taken;
  if (from === to) return [];
  return [
    { file: 'package.json', group: `overrides.${wanter.name}`, path, ...(from === undefined ? {} : { from }), to },
  ];
}
