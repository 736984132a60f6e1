import type { Finding } from '#core/finding';
import { appliedOverrides } from './applied-overrides.ts';
import type { Chosen } from './choose-versions.ts';
import { declaredChanges } from './declared-changes.ts';
import type { Facts } from './facts.ts';
import { hopFindings } from './hop-findings.ts';
import type { Made } from './made.ts';
import type { Addition } from './slot-variable.ts';
import type { Slot } from './slots.ts';
import type { Hop, VersionChange } from './upgrade-path.ts';
import { lineOf } from './version-line.ts';
import { whyOf } from './why-moved.ts';

/** The hop that a choice of versions makes: what changes, where it is declared, and why. Pure. */
export function hopOf(facts: Facts, made: Made): Hop {
  const { lead, chosen, number } = made;
  const to = chosen.values.get(lead.id)?.value ?? lead.current;
  const moves = facts.tree.slots.flatMap((slot) => moveOf(facts, slot, made));
  const added = chosen.additions.flatMap((addition) => additionOf(addition, chosen));
  const changes = [...moves.map(({ change }) => change), ...added];
  const [before, line] = [lineOf(lead.current), lineOf(to)];
  return {
    id: `hop-${number}-${made.named?.slug ?? `${slug(lead.name)}-${slug(line)}`}`,
    title:
      made.named?.title ??
      `${lead.name} ${before === line ? `${lead.current} → ${to}` : `${before} → ${line}`}${companionsOf(changes, lead)}`,
    lead: { name: lead.name, from: lead.current, to },
    changes,
    overrides: appliedOverrides(facts, chosen),
    findings: [...moves.flatMap(({ findings }) => findings), ...hopFindings(facts, made)],
  };
}

function companionsOf(changes: readonly VersionChange[], lead: Slot): string {
  const names = [...new Set(changes.map(({ name }) => name))].filter((name) => name !== lead.name);
  if (names.length === 0) return '';
  const shown = names.length <= 4 ? names : [...names.slice(0, 3), `${names.length - 3} more`];
  return `, with ${shown.join(', ')}`;
}

function moveOf(
  facts: Facts,
  slot: Slot,
  made: Made,
): readonly { readonly change: VersionChange; readonly findings: readonly Finding[] }[] {
  const to = made.chosen.values.get(slot.id)?.value;
  if (to === undefined || to === slot.current) return [];
  const { changes, findings } = declaredChanges(facts, slot, to);
  const change = {
    name: slot.name,
    ...(slot.package === slot.name ? {} : { package: slot.package }),
    from: slot.current,
    to,
    declared: changes,
    why: whyOf(facts, slot, made),
  };
  return [{ change, findings }];
}

function additionOf({ id, name, home, beside }: Addition, chosen: Chosen): readonly VersionChange[] {
  const version = chosen.values.get(id)?.value;
  const near = beside.declarations.find((one) => one.home === home);
  if (version === undefined || near === undefined) return [];
  const { file, group } = near;
  return [
    {
      name,
      to: version,
      declared: [{ file, group, path: [group, name], to: `^${version}` }],
      why: `${beside.name} wants it beside it, and it is not there.`,
    },
  ];
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
