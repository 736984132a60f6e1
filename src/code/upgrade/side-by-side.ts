import semver from 'semver';
import { type Choosing, chooseVersions } from './choose-versions.ts';
import { type Facts, peersOf, soundVersions } from './facts.ts';
import { splitOf } from './following.ts';
import { hopOf } from './hop.ts';
import type { Split } from './package-group.ts';
import { aliasPrefix, restyled } from './range-style.ts';
import type { Slot } from './slots.ts';
import { splitUsers } from './split-demands.ts';
import type { Step } from './steps.ts';
import type { DeclaredChange, Hop, VersionChange } from './upgrade-path.ts';
import { compareLines, lineOf } from './version-line.ts';

/**
 * The hop of a lead over the line at which it ends what others in the tree need: the new line is installed under an alias, and
 * the line before stays under the old name, as its publisher advises. Undefined where the step is not over such a line, nobody
 * here needs what it ends, or what is to stay cannot be had.
 */
export async function sideBySideHop(
  facts: Facts,
  lead: Slot,
  { step, number, why, ...choosing }: Choosing & { readonly step: Step; readonly number: number; readonly why: string },
): Promise<Hop | undefined> {
  const split = splitOf(lead.package);
  const users = splitUsers(facts, lead);
  const to = step.versions[0];
  if (split === undefined || to === undefined || users.length === 0 || !isOver(lead, step, split)) return undefined;
  await choosing.load([split.keep.package]);
  const kept: Slot = { ...lead, package: split.keep.package };
  const sound = soundVersions(facts, kept).filter(({ line }) => line === split.keep.line);
  const around = {
    ...facts,
    tree: { ...facts.tree, slots: facts.tree.slots.map((slot) => (slot === lead ? kept : slot)) },
  };
  const versions = sound.map(({ version }) => version).toReversed();
  const chosen =
    versions.length === 0 ? 'none' : await chooseVersions(around, new Map([[lead.id, { versions }]]), choosing);
  if (typeof chosen === 'string') return undefined;
  const alias = freeAlias(facts, { names: [split.alias, `${lead.package}-${split.line}`], version: to });
  const title = `${lead.name} ${lineOf(lead.current)} → ${step.line}, beside ${split.keep.line}`;
  const slug = `${lead.name}-${step.line}`;
  const hop = hopOf(around, {
    lead: kept,
    chosen,
    number,
    why: `It stays for ${namesOf(users)}.`,
    named: { slug, title },
  });
  return {
    ...hop,
    lead: { name: lead.name, from: lead.current, to },
    changes: [
      nativeChange(lead, { split, alias, to, why }),
      ...hop.changes.map((change) => keptChange(change, lead, split)),
    ],
    findings: [
      ...hop.findings,
      {
        rule: 'package/side-by-side',
        severity: 'warning',
        message: `${split.ends} ${namesOf(users)} ${users.length === 1 ? 'needs' : 'need'} one, so ${lead.package} ${to} is installed as ${alias}, and ${lead.name} stays at ${split.keep.line} (${split.keep.package}).`,
        cure: `Take ${lead.name} ${step.line} alone once what needs the old one is gone or names ${step.line} in its peers.`,
        evidence: split.source,
        package: lead.name,
        from: lead.current,
        to,
      },
    ],
  };
}

function isOver(lead: Slot, step: Step, split: Split): boolean {
  return compareLines(lineOf(lead.current), split.line) < 0 && compareLines(step.line, split.line) >= 0;
}

function namesOf(slots: readonly Slot[]): string {
  return [...new Set(slots.map(({ name }) => name))].join(', ');
}

/** The first name under which nobody wants another version: the advised one is also the name of somebody's optional peer. */
function freeAlias(
  facts: Facts,
  { names, version }: { readonly names: readonly string[]; readonly version: string },
): string {
  const direct = facts.tree.slots.flatMap((slot) => peersOf(facts, slot, slot.current) ?? []);
  const peers = [...direct, ...(facts.tree.lock?.peerUses ?? [])];
  const isFree = (name: string): boolean =>
    peers.every((peer) => peer.name !== name || facts.fits(version, peer.range.slice(aliasPrefix(peer.range).length)));
  return names.find(isFree) ?? names.at(-1) ?? '';
}

type Native = { readonly split: Split; readonly alias: string; readonly to: string; readonly why: string };

/** The new line under its alias, wherever the old one is declared. */
function nativeChange(lead: Slot, { split, alias, to, why }: Native): VersionChange {
  const declared = lead.declarations.map(({ file, group, entry }): DeclaredChange => {
    const range = restyled(entry.value, to, { isNewestLine: true });
    return { file, group, path: [group, alias], to: `npm:${split.package}@${range}` };
  });
  return { name: alias, package: split.package, to, declared, why };
}

/**
 * The old name means the package that holds the line before: exactly one version where a range would take in what is there
 * now, since npm then keeps that, whatever package it is of (measured with npm 11).
 */
function keptChange(change: VersionChange, lead: Slot, { keep }: Split): VersionChange {
  if (change.name !== lead.name) return change;
  const spelled = (range: string): string => (semver.satisfies(lead.current, range) ? change.to : range);
  const own = new Set(lead.declarations.map(({ entry }) => `${entry.file} ${entry.path.join(' ')}`));
  const declared = change.declared.map((one) =>
    own.has(`${one.file} ${one.path.join(' ')}`) ? { ...one, to: `npm:${keep.package}@${spelled(one.to)}` } : one,
  );
  return { ...change, package: keep.package, declared };
}
