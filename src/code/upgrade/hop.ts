import type { Chosen } from './choose-versions.ts';
import { type Facts, peersOf } from './facts.ts';
import { followOf } from './following.ts';
import { providerOf } from './peer-problem.ts';
import { restyled } from './range-style.ts';
import type { Slot } from './slots.ts';
import type { DeclaredChange, Hop, VersionChange } from './upgrade-path.ts';
import { lineOf } from './version-line.ts';

/** The hop that a choice of versions makes: what changes, where it is declared, and why. Pure. */
export function hopOf(
  facts: Facts,
  made: { readonly lead: Slot; readonly chosen: Chosen; readonly number: number; readonly why: string },
): Hop {
  const { lead, chosen, number } = made;
  const to = chosen.values.get(lead.id)?.value ?? lead.current;
  const changes = facts.tree.slots.flatMap((slot) => changeOf(facts, slot, made));
  const added = chosen.additions.flatMap((addition): readonly VersionChange[] => {
    const version = chosen.values.get(addition.id)?.value;
    const beside = addition.beside.declarations.find(({ home }) => home === addition.home);
    if (version === undefined || beside === undefined) return [];
    return [
      {
        name: addition.name,
        to: version,
        declared: [{ file: beside.file, group: beside.group, to: `^${version}` }],
        why: `${addition.beside.name} wants it beside it, and it is not there.`,
      },
    ];
  });
  const companions = changes.filter(({ name }) => name !== lead.name).map(({ name }) => name);
  const line = lineOf(to);
  return {
    id: `hop-${number}-${slug(lead.name)}-${line.replaceAll('.', '-')}`,
    title: `${lead.name} ${lineOf(lead.current)} → ${line}${companions.length === 0 ? '' : `, with ${companions.join(', ')}`}`,
    lead: { name: lead.name, from: lead.current, to },
    changes: [...changes, ...added],
    findings: [],
  };
}

type Made = { readonly lead: Slot; readonly chosen: Chosen; readonly why: string };

function changeOf(facts: Facts, slot: Slot, made: Made): readonly VersionChange[] {
  const to = made.chosen.values.get(slot.id)?.value;
  if (to === undefined || to === slot.current) return [];
  return [
    {
      name: slot.name,
      ...(slot.package === slot.name ? {} : { package: slot.package }),
      from: slot.current,
      to,
      declared: slot.declarations.map(
        ({ file, group, raw }): DeclaredChange => ({ file, group, from: raw, to: restyled(raw, to) }),
      ),
      why: whyOf(facts, slot, made),
    },
  ];
}

function whyOf(facts: Facts, slot: Slot, { lead, chosen, why }: Made): string {
  if (slot.id === lead.id) return why;
  const follow = followOf(slot, facts.tree.slots);
  if (follow !== undefined && isMoved(follow.lead, chosen)) return `It moves with ${follow.lead.name}.`;
  for (const peer of peersOf(facts, slot, slot.current) ?? []) {
    const provider = slot.declarations
      .map(({ home }) => providerOf(facts, home, peer.name))
      .find((one) => one !== undefined);
    const version = provider === undefined ? undefined : chosen.values.get(provider.id)?.value;
    if (version !== undefined && !facts.fits(version, peer.range)) {
      return `${slot.name} ${slot.current} wants ${peer.name} ${peer.range}, which ${version} is not.`;
    }
  }
  return wantedBy(facts, slot, chosen) ?? 'Others that move need it.';
}

function wantedBy(facts: Facts, slot: Slot, chosen: Chosen): string | undefined {
  for (const other of facts.tree.slots) {
    const version = chosen.values.get(other.id)?.value ?? other.current;
    const peer = (peersOf(facts, other, version) ?? []).find(({ name }) => name === slot.name);
    if (peer !== undefined && !facts.fits(slot.current, peer.range)) {
      return `${other.name} ${version} wants ${slot.name} ${peer.range}, which ${slot.current} is not.`;
    }
  }
  return undefined;
}

function isMoved(slot: Slot, chosen: Chosen): boolean {
  return chosen.values.get(slot.id)?.value !== slot.current;
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
