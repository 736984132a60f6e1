import semver from 'semver';
import type { Finding } from '#core/finding';
import { isRecord } from '../text/read-data.ts';
import { isEsmOnly } from './module-forms.ts';
import type { PublishedManifest } from './published-manifest.ts';
import type { PackageFiles } from './read-tarball.ts';
import { exportedSubpaths } from './runtime-entry.ts';
import type { Surface } from './surface.ts';
import type { Upgrade } from './upgrade-groups.ts';

export type FactSides = {
  readonly upgrade: Upgrade;
  /** Versions to which packages go in the same move, by name. */
  readonly beside: ReadonlyMap<string, string>;
  readonly before: PublishedManifest;
  readonly after: PublishedManifest;
  readonly filesBefore: PackageFiles;
  readonly filesAfter: PackageFiles;
  readonly old: Surface;
  readonly now: Surface;
};

/** What is true of a package itself between two versions, whether or not a use of it breaks. Pure. */
export function packageFacts(sides: FactSides): readonly Finding[] {
  return [
    ...esmFact(sides),
    ...engineFact(sides),
    ...pathFacts(sides),
    ...typesFact(sides),
    ...peerFacts(sides),
    ...binFacts(sides),
  ];
}

type Told = {
  readonly message: string;
  readonly cure: string;
  readonly before?: string;
  readonly after?: string;
  readonly symbol?: string;
};

function fact(
  rule: string,
  { name, from, to }: Upgrade,
  { severity, ...told }: Told & { readonly severity: Finding['severity'] },
): Finding {
  return { rule, severity, ...told, object: name, package: name, from, to };
}

function esmFact({ upgrade, before, after }: FactSides): readonly Finding[] {
  if (!isEsmOnly(after) || isEsmOnly(before)) return [];
  const { name, to } = upgrade;
  return [
    fact('package/esm-only', upgrade, {
      severity: 'warning',
      message: `${name}@${to} is an ES module only; it was CommonJS.`,
      cure: `Import it from ES modules; from CommonJS with \`await import('${name}')\`. Node can require() it from 20.19 and 22.12 on.`,
      ...(before.type === after.type
        ? { before: entryText(before), after: entryText(after) }
        : { before: typeText(before), after: typeText(after) }),
    }),
  ];
}

function typeText({ type }: PublishedManifest): string {
  return `"type": "${type ?? 'commonjs'}"`;
}

const entryTextMax = 300;

/** Where both versions say the same `type`, it is what they load that differs: the entry for `require` is gone. */
function entryText({ exports, main = 'index.js' }: PublishedManifest): string {
  if (exports === undefined || exports === null) return `"main": "${main}"`;
  const entry = isRecord(exports) ? (exports['.'] ?? exports) : exports;
  return `"exports": ${JSON.stringify(entry)}`.slice(0, entryTextMax);
}

function engineFact({ upgrade, before, after }: FactSides): readonly Finding[] {
  const [old, now] = [before.engines.node, after.engines.node];
  const [range, wanted] = [semver.validRange(old ?? '*'), semver.validRange(now ?? '*')];
  if (now === undefined || range === null || wanted === null || semver.subset(range, wanted)) return [];
  const { name, to } = upgrade;
  return [
    fact('package/engine-raised', upgrade, {
      severity: 'warning',
      message: `${name}@${to} wants Node ${now}; before ${old === undefined ? 'it named none' : `it was ${old}`}.`,
      cure: `Make sure that every Node that runs this code is in ${now}.`,
      ...(old === undefined ? {} : { before: old }),
      after: now,
    }),
  ];
}

/** Patterns of many subpaths are told by their number. */
const pathsToldMax = 10;

function pathFacts({ upgrade, before, after, filesBefore, filesAfter }: FactSides): readonly Finding[] {
  const { name, to } = upgrade;
  const now = new Set(exportedSubpaths({ manifest: after, files: filesAfter }));
  const isClosed = after.exports !== undefined && (before.exports === undefined || before.exports === null);
  if (isClosed) {
    return [
      fact('package/export-path-removed', upgrade, {
        severity: 'warning',
        message: `${name}@${to} lets only ${[...now].slice(0, pathsToldMax).join(', ')}${now.size > pathsToldMax ? ` and ${now.size - pathsToldMax} more` : ''} be imported; before, every file could be.`,
        cure: 'Import from these paths only.',
      }),
    ];
  }
  const gone = exportedSubpaths({ manifest: before, files: filesBefore }).filter((path) => !now.has(path));
  if (gone.length === 0) return [];
  const more = gone.length > pathsToldMax ? ` and ${gone.length - pathsToldMax} more` : '';
  const list = `${gone.slice(0, pathsToldMax).join(', ')}${more}`;
  return [
    fact('package/export-path-removed', upgrade, {
      severity: 'warning',
      message: `${name}@${to} does not export ${list} any more.`,
      cure: 'Import what you need from another path of the package.',
      before: list,
    }),
  ];
}

function typesFact({ upgrade, old, now }: FactSides): readonly Finding[] {
  if (old.source !== 'types' || now.source === 'types') return [];
  const { name, to } = upgrade;
  return [
    fact('package/types-removed', upgrade, {
      severity: 'warning',
      message: `${name}@${to} has no types, and there is no companion in @types that fits.`,
      cure: 'Declare the module yourself, or hold the package back.',
    }),
  ];
}

function peerFacts({ upgrade, beside, before, after }: FactSides): readonly Finding[] {
  const { name, to } = upgrade;
  return Object.entries(after.peerDependencies).flatMap(([peer, range]): readonly Finding[] => {
    const old = before.peerDependencies[peer];
    const isOptional = after.peerDependenciesMeta[peer]?.optional ?? false;
    if (semver.satisfies(beside.get(peer) ?? '', range)) return [];
    if (old === undefined) {
      const severity = isOptional ? 'advice' : 'warning';
      const message = `${name}@${to} wants ${peer} ${range} beside it${isOptional ? ', if it is there' : ''}; before it did not.`;
      return [
        fact('package/peer-added', upgrade, {
          severity,
          message,
          cure: `Depend on ${peer} ${range}.`,
          after: range,
          symbol: peer,
        }),
      ];
    }
    const [was, is] = [semver.validRange(old), semver.validRange(range)];
    if (was === null || is === null || semver.subset(was, is)) return [];
    const message = `${name}@${to} wants ${peer} ${range}; before it was ${old}.`;
    return [
      fact('package/peer-changed', upgrade, {
        severity: 'warning',
        message,
        cure: `Take a version of ${peer} in ${range}.`,
        before: old,
        after: range,
        symbol: peer,
      }),
    ];
  });
}

function binFacts({ upgrade, before, after }: FactSides): readonly Finding[] {
  const { name, to } = upgrade;
  const now = new Set(binsOf(after));
  return binsOf(before)
    .filter((bin) => !now.has(bin))
    .map((bin) =>
      fact('package/bin-removed', upgrade, {
        severity: 'warning',
        message: `${name}@${to} has no command \`${bin}\` any more.`,
        cure: 'Look for it in scripts and workflows.',
        symbol: bin,
      }),
    );
}

function binsOf({ name, bin }: PublishedManifest): readonly string[] {
  if (typeof bin === 'string') return [name.split('/').at(-1) ?? name];
  return typeof bin === 'object' && bin !== null ? Object.keys(bin) : [];
}
