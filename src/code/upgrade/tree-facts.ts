import type { Fact } from '#core/plan';
import type { Check } from '../gate/check.ts';
import type { Dependency, TreeSnapshot } from '../snapshot.ts';
import { spellPlace } from '../text/place.ts';

/** So many lines of one sort stand in a plan; the rest is counted. */
const listedMax = 60;

/** A working tree as the Current State of a plan tells it. Pure. */
export function treeFacts(snapshot: TreeSnapshot, checks: readonly Check[]): readonly Fact[] {
  return [
    ...placeFacts(snapshot),
    ...checks.map((check) => ({
      subject: `check ${check.kind}${check.in === '.' ? '' : ` in ${check.in}`}`,
      detail: `${check.commands.map(({ shown }) => shown).join(' && ')} (${check.because})`,
    })),
    ...shortened(
      snapshot.packages.flatMap(({ path, dependencies }) => dependencies.flatMap((one) => dependencyFact(path, one))),
      'dependencies',
    ),
    ...shortened(
      snapshot.findings.map(({ rule, message }) => ({ subject: rule, detail: message.replaceAll(/\s+/g, ' ') })),
      'findings',
    ),
    ...shortened(
      snapshot.deprecatedUses.map(({ name, package: from, place, replacement }) => ({
        subject: spellPlace(place),
        detail: `uses ${name} of ${from}, which is deprecated${replacement === undefined ? '' : `: ${replacement}`}`,
      })),
      'uses of deprecated API',
    ),
  ];
}

function placeFacts({
  packageManager,
  packages,
  nodeVersions,
  nodeInUse,
  tools,
  typescript,
}: TreeSnapshot): readonly Fact[] {
  const members = packages.filter(({ kind }) => kind !== 'nested');
  const nodes = nodeVersions.map(({ value, place }) => `${value} (${spellPlace(place)})`);
  const roles = [...new Set(tools.map((tool) => `${tool.name} ${tool.installed ?? tool.locked ?? tool.declared}`))];
  const known: readonly (readonly [string, string | undefined])[] = [
    [
      'package manager',
      packageManager === undefined
        ? undefined
        : [packageManager.name, packageManager.version, packageManager.lockFile ?? 'no lock file']
            .filter((part) => part !== undefined)
            .join(', '),
    ],
    ['packages', members.map(({ path, name }) => (name === undefined ? path : `${name} (${path})`)).join(', ')],
    ['Node', [`${nodeInUse} in use`, ...nodes].join(', ')],
    ['tools', roles.length === 0 ? undefined : roles.join(', ')],
    ['TypeScript settings', typescript.length === 0 ? undefined : typescript.map(({ file }) => file).join(', ')],
  ];
  return known.flatMap(([subject, detail]) => (detail === undefined ? [] : [{ subject, detail }]));
}

/** Only what is behind or deprecated is told one by one. */
function dependencyFact(home: string, { name, declared, installed, locked, registry }: Dependency): readonly Fact[] {
  const behind = registry?.majorsBehind ?? 0;
  if (behind === 0 && registry?.deprecated === undefined) return [];
  const now = installed ?? locked ?? declared;
  const parts = [
    `${now}${home === '.' ? '' : ` in ${home}`}`,
    ...(behind === 0
      ? []
      : [`${behind} ${behind === 1 ? 'major' : 'majors'} behind ${registry?.latest ?? 'the latest'}`]),
    ...(registry?.deprecated === undefined
      ? []
      : [`deprecated: ${registry.deprecated.replaceAll(/\s+/g, ' ').slice(0, 200)}`]),
  ];
  return [{ subject: name, detail: parts.join(', ') }];
}

function shortened(facts: readonly Fact[], what: string): readonly Fact[] {
  if (facts.length <= listedMax) return facts;
  return [
    ...facts.slice(0, listedMax),
    { subject: what, detail: `and ${facts.length - listedMax} more; see \`godwit inspect\`` },
  ];
}
