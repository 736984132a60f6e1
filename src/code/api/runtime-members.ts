import type { Change } from './change.ts';
import { type FetchedPackage, fileText } from './fetch-package.ts';
import type { Touched } from './join.ts';
import type { Use } from './use.ts';

/** Where the code of a version assigns a member: the first place. */
type Assigned = { readonly path: string; readonly line: number; readonly text: string };

/** A bundle, a minified file, or a test says nothing about members. */
const codeBytesMax = 600_000;
const filesMax = 2_000;

/**
 * Members that types never told of, but that the old version's code assigns somewhere and the new one's nowhere: used on
 * values of the package's own types. For JavaScript, whose users see what is there and not what is declared. Pure.
 */
export function runtimeMembers(
  { old, now }: { readonly old: FetchedPackage | undefined; readonly now: FetchedPackage | undefined },
  uses: readonly Use[],
): readonly Touched[] {
  const candidates = uses.filter(({ untypedOf, role }) => untypedOf !== undefined && role.kind !== 'write');
  if (candidates.length === 0 || old === undefined || now === undefined) return [];
  const [before, after] = [assignedMembers(old), assignedMembers(now)];
  return candidates.flatMap((use): readonly Touched[] => {
    const assigned = before.get(use.text);
    if (assigned === undefined || after.has(use.text)) return [];
    const change: Change = {
      rule: 'api/member-removed',
      symbol: use.text,
      keys: [],
      exported: [],
      trigger: { kind: 'any' },
      before: `${assigned.path}:${assigned.line}: ${assigned.text}`,
      after: '',
    };
    return [{ change, use }];
  });
}

function assignedMembers(published: FetchedPackage): ReadonlyMap<string, Assigned> {
  const found = new Map<string, Assigned>();
  const paths = [...published.files.keys()].filter(
    (path) => /\.[cm]?js$/.test(path) && !/(^|\/)(test|tests|__tests__|umd)\/|\.min\.js$/.test(path),
  );
  for (const path of paths.slice(0, filesMax)) {
    if ((published.files.get(path)?.length ?? 0) > codeBytesMax) continue;
    for (const [index, row] of (fileText(published, path) ?? '').split('\n').entries()) {
      for (const name of namesIn(row)) {
        if (!found.has(name)) found.set(name, { path, line: index + 1, text: row.trim().slice(0, 160) });
      }
    }
  }
  return found;
}

/** `x.name =`, `Object.defineProperty(x, 'name'`, `name(…) {` and `name: function`. */
function namesIn(row: string): readonly string[] {
  const assigned = [...row.matchAll(/[\w$\])]\.([A-Za-z_$][\w$]*)\s*=(?![=>])/g)].map(([, name = '']) => name);
  const method = /^\s*(?:async\s+|static\s+|get\s+|set\s+|\*\s*)*([A-Za-z_$][\w$]*)\s*\([^)]*\)\s*\{/.exec(row)?.[1];
  const property = /^\s*([A-Za-z_$][\w$]*)\s*:/.exec(row)?.[1];
  const defined = /define(?:Property|Getter)?\(\s*[\w$.]+\s*,\s*['"]([\w$]+)['"]/.exec(row)?.[1];
  return [...assigned, ...[method, property, defined].filter((name) => name !== undefined)];
}
