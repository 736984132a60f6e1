import type { Finding } from '#core/finding';
import type { PackageNames } from '../graph/package-names.ts';
import { lineAt } from '../text/place.ts';
import { isRecord, jsonOf } from '../text/read-data.ts';
import { within } from '../text/search-text.ts';
import { movedPath } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

/** Packages that need another one after the moves, because a file which they import goes there: what they have to declare, and may not. Pure. */
export function acrossPackages({ edges, before, after, moved, texts }: MoveStudy): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const edge of edges) {
    const target = edge.reach?.target;
    if (target === undefined || !moved.files.has(target) || moved.files.has(edge.from)) continue;
    const [home, other] = [after.homeOf(edge.from), after.homeOf(movedPath(target, moved))];
    const wasTogether = before.homeOf(edge.from)?.folder === before.homeOf(target)?.folder;
    if (home === undefined || other?.name === undefined || home.folder === other.folder || !wasTogether) continue;
    const why = whyNot(home, other, texts);
    const key = `${home.folder}\n${other.folder}`;
    if (why === undefined || found.has(key)) continue;
    found.set(key, {
      rule: 'move/dependency-missing',
      severity: 'error',
      message: `${edge.from} needs ${other.name} after the move, ${why}.`,
      cure: `Add it to ${manifestOf(home.folder)} with the package manager, on the branch of the plan; or move the file where both may know it.`,
      object: other.name,
      ...lineAt(edge.from, texts.get(edge.from) ?? '', edge),
    });
  }
  return [...found.values()];
}

function whyNot(home: PackageNames, other: PackageNames, texts: MoveStudy['texts']): string | undefined {
  const isDeclared = other.name !== undefined && home.dependencies.has(other.name);
  const reasons = [
    ...(isDeclared ? [] : [`which ${manifestOf(home.folder)} does not declare`]),
    ...(home.name !== undefined && other.dependencies.has(home.name) ? [`which itself depends on ${home.name}`] : []),
    ...(isPrivate(other, texts) && !isPrivate(home, texts)
      ? [`which is private, so that whoever installs ${home.name ?? home.folder} cannot get it`]
      : []),
  ];
  return reasons.length === 0 ? undefined : reasons.join(', and ');
}

/** True for a package that is never published. Pure. */
export function isPrivate({ folder }: PackageNames, texts: MoveStudy['texts']): boolean {
  const fields = jsonOf(texts.get(manifestOf(folder)) ?? '');
  return isRecord(fields) && fields.private === true;
}

/** The package.json of a folder. Pure. */
export function manifestOf(folder: string): string {
  return within(folder, 'package.json');
}
