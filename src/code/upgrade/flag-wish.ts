import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import { typesNameOf } from '../flag/flag-params.ts';
import { isLeft } from './left-to-people.ts';
import type { StudiedHop } from './studied-hop.ts';
import type { Hop } from './upgrade-path.ts';

/** Parameters of the two recipes that put the lead of a hop behind a flag. Throws `not-built` where it moves with others. Pure. */
export function flagParamsFor(hop: Hop): Readonly<Record<string, string>> {
  const why = hindrance(hop);
  if (why !== undefined) {
    throw fail('not-built', {
      what: `${hop.lead.name} cannot be put behind a flag.`,
      why,
      next: `Plan without --flag: the gate and the rollback hold for ${hop.title} all the same.`,
    });
  }
  const { name } = hop.lead;
  const types = hop.changes.find((change) => change.name === typesNameOf(name));
  return {
    package: name,
    spec: specOf(hop, name),
    ...(types === undefined ? {} : { 'types-spec': specOf(hop, types.name) }),
  };
}

function specOf({ changes }: Hop, name: string): string {
  const change = changes.find((one) => one.name === name);
  const declared = change?.declared.find(({ group }) => /ependencies$/.test(group))?.to ?? change?.to ?? '';
  return declared.startsWith('npm:') ? declared : `npm:${name}@${declared}`;
}

function hindrance({ lead, changes }: Hop): string | undefined {
  const others = changes
    .map(({ name }) => name)
    .filter((name) => name !== lead.name && name !== typesNameOf(lead.name));
  if (others.length > 0)
    return `It moves together with ${others.join(', ')}, and packages that know each other cannot be there twice in one process.`;
  const isDeclared = changes
    .find(({ name }) => name === lead.name)
    ?.declared.some(({ group, to }) => /ependencies$/.test(group) && /^[\^~<>=*\dx]/.test(to));
  return isDeclared === true
    ? undefined
    : 'Its version is not a range in a package.json, beside which another could stand.';
}

/** Says of a risky hop that it could stand behind a flag; undefined where it is not risky, is a tool, or could not. Pure. */
export function flagOffer({ hop, breaks, recipes, flag }: StudiedHop): Finding | undefined {
  const isRisky = breaks.some(isLeft) || recipes.some(({ risk, open }) => risk === 'high' || open.length > 0);
  const isRun = hop.changes.some(
    ({ name, declared }) => name === hop.lead.name && declared.some(({ group }) => group !== 'devDependencies'),
  );
  if (flag !== undefined || !isRisky || !isRun || hindrance(hop) !== undefined) return undefined;
  return {
    rule: 'package/flag-offered',
    severity: 'advice',
    message: `${hop.title} leaves something to people. The old and the new version could stand side by side first, chosen by an environment variable.`,
    cure: `Plan with \`--flag ${hop.lead.name}\` for that; the plan then also holds the step that takes the flag away.`,
    object: hop.lead.name,
  };
}
