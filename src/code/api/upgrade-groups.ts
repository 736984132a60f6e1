import { describedBy } from './package-name.ts';

/** A package and the two versions that are compared. */
export type Upgrade = { readonly name: string; readonly from: string; readonly to: string };

/** A package with its companion in `@types`: what users import under one name. */
export type UpgradeGroup = {
  /** As users import it. */
  readonly name: string;
  /** The package itself where it is upgraded, else its companion: what findings name. */
  readonly lead: Upgrade;
  readonly members: readonly Upgrade[];
};

/** Puts packages and their companions together. Packages that stay as they are are left out. */
export function upgradeGroups(upgrades: readonly Upgrade[]): readonly UpgradeGroup[] {
  const groups = new Map<string, Upgrade[]>();
  for (const upgrade of upgrades) {
    if (upgrade.from === upgrade.to) continue;
    const name = describedBy(upgrade.name);
    const known = groups.get(name) ?? [];
    if (!known.some((member) => member.name === upgrade.name)) groups.set(name, [...known, upgrade]);
  }
  return [...groups].flatMap(([name, members]) => {
    const lead = members.find((member) => member.name === name) ?? members[0];
    return lead === undefined ? [] : [{ name, lead, members }];
  });
}
