import picomatch from 'picomatch';
import type { Finding } from '#core/finding';
import type { Edge } from '../graph/module-graph.ts';
import { moduleKinds } from '../graph/occurrence.ts';
import type { TreeIndex } from '../graph/tree-index.ts';
import { lineAt } from '../text/place.ts';
import { folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { acrossPackages, manifestOf } from './across-packages.ts';
import { changedPatterns } from './changed-patterns.ts';
import { joinedPaths } from './joined-paths.ts';
import { listedFolders } from './listed-folders.ts';
import { type FileMove, movedPath } from './moved-paths.ts';
import { openWords } from './open-words.ts';
import { publicNames } from './public-names.ts';
import { outwardText } from './rewrite.ts';
import type { MoveStudy } from './study-move.ts';

/** What a person has to know of the moves besides the edits: risks at their places. Pure. */
export function moveFindings(study: MoveStudy): readonly Finding[] {
  const moves = [...study.moved.files].map(([from, to]) => ({ from, to }));
  const together = joinedPaths(study);
  return [
    ...moves.flatMap((move) => [...otherPackage(move, study), ...ownPlace(move, study)]),
    ...study.edges.flatMap((edge) => [
      ...computed(edge, study),
      ...unexplained(edge, study),
      ...untracked(edge, study),
    ]),
    ...acrossPackages(study),
    ...together,
    ...listedFolders(study, moves, together),
    ...openWords(study),
    ...changedPatterns(study, moves),
    ...publicNames(study, moves),
    ...leftFolders(study, moves),
    ...study.unread.map(({ path, why }) => ({
      rule: 'tree/not-looked-at',
      severity: 'warning' as const,
      message: `Not looked at: ${path}. ${why}`,
      object: path,
    })),
  ];
}

/** A file that comes into another package: how it is read, and what that package has to declare. */
function otherPackage({ from, to }: FileMove, { before, after, edges }: MoveStudy): readonly Finding[] {
  const [old, home] = [before.homeOf(from), after.homeOf(to)];
  if (old === undefined || home === undefined || old.folder === home.folder) return [];
  const names = edges.filter((edge) => edge.from === from && isBare(edge)).map(({ specifier }) => packageOf(specifier));
  const missing = [...new Set(names)].filter(
    (name) =>
      name !== home.name &&
      !home.dependencies.has(name) &&
      (old.dependencies.has(name) || before.named(name) !== undefined),
  );
  const lacks: readonly Finding[] = missing.map((name) => ({
    rule: 'move/dependency-missing',
    severity: 'warning',
    message: `${to} needs ${name}, which ${manifestOf(home.folder)} does not declare${old.dependencies.has(name) ? ` as ${manifestOf(old.folder)} does` : ''}.`,
    cure: `Add it there with the package manager, on the branch of the plan.`,
    object: name,
    file: from,
  }));
  const isRead = /\.[jt]sx?$/.test(from) && old.type !== home.type;
  if (!isRead) return lacks;
  return [
    ...lacks,
    {
      rule: 'move/module-type',
      severity: 'error',
      message: `${from} is read as ${old.type} where it is, and as ${home.type} at ${to}: that is what "type" of ${manifestOf(home.folder)} says.`,
      cure: 'Look whether it is written so; the gate shows it where a check runs it.',
      object: to,
      file: from,
    },
  ];
}

const place = /\b(__dirname|__filename|import\.meta\.(?:dirname|filename|url|glob))\b/g;

/** A file that asks where it stands gets another answer afterwards; what a URL names from there is rewritten already. */
function ownPlace({ from }: FileMove, { texts, edges }: MoveStudy): readonly Finding[] {
  const text = texts.get(from);
  if (text === undefined || !/\.[cm]?[jt]sx?$|\.vue$/.test(from)) return [];
  const urls = edges
    .filter((edge) => edge.from === from && edge.kind === 'url')
    .map(({ offset, length }) => offset + length);
  return [...text.matchAll(place)].flatMap((match) => {
    if (urls.some((end) => match.index > end && match.index - end < 10)) return [];
    return [
      {
        rule: 'move/own-place',
        severity: 'warning' as const,
        message: `${match[0]} is another folder after the move: what is made of it here may lead elsewhere.`,
        cure: 'Look at the path that is made of it, and mend it on the branch where it has to lead to the same place.',
        object: from,
        ...lineAt(from, text, { offset: match.index, length: match[0].length }),
      },
    ];
  });
}

/** What only the running program or a bundler can tell: a path that is put together, a pattern over files. */
function computed(
  { kind, specifier, from, offset, length }: Edge,
  { moved, texts, before }: MoveStudy,
): readonly Finding[] {
  if (kind !== 'computed' && kind !== 'glob') return [];
  const isMoving = moved.files.has(from);
  // What is put in may hold slashes, and an extension may be left out.
  const matches = picomatch(joined(folderPath(from), specifier), { bash: true, dot: true });
  const reached = specifier.startsWith('.')
    ? [...moved.files.keys()].find((path) => matches(path) || matches(path.replace(/\.[^./]+$/, '')))
    : undefined;
  if (!(isMoving && specifier.startsWith('.')) && reached === undefined) return [];
  return [
    {
      rule: 'move/computed',
      severity: 'error',
      message: `\`${specifier}\` ${kind === 'glob' ? 'is a pattern over files' : 'begins a path that is put together at run time'}; ${isMoving ? `${from} itself moves` : `${reached} moves from where it may reach`}.`,
      cure: `Look at it on the branch; ${before.has(from) ? 'it is left as it is' : ''}.`.replace(/; \.$/, '.'),
      object: from,
      ...lineAt(from, texts.get(from) ?? '', { offset, length }),
    },
  ];
}

/** A path to what git does not track: whether it is there, and comes again there, only the checks can show. */
function untracked(edge: Edge, { moved, texts }: MoveStudy): readonly Finding[] {
  const text = outwardText(edge, moved);
  if (text === undefined) return [];
  const { from, specifier } = edge;
  return [
    {
      rule: 'move/untracked',
      severity: 'warning',
      message: `\`${specifier}\` leads to no file that git tracks; it is written as \`${text}\`, which is the same place.`,
      cure: 'Where a build makes that file, see that it makes it there afterwards too.',
      object: from,
      ...lineAt(from, texts.get(from) ?? '', edge),
    },
  ];
}

/** A name that nothing here explains, and whose end is that of a path that moves: an alias of some tool. */
function unexplained(
  { kind, specifier, from, offset, length, reach }: Edge,
  { moved, texts }: MoveStudy,
): readonly Finding[] {
  if (reach !== undefined || !moduleKinds.some((one) => one === kind) || !/^(@\/|[~#]|[\w-]+\/)/.test(specifier))
    return [];
  const tail = specifier.replace(/^[@~#]?\/?/, '').replace(/\.[cm]?[jt]sx?$/, '');
  if (!tail.includes('/') && !/^(@\/|~|#)/.test(specifier)) return [];
  const target = [...moved.files.keys()].find((path) =>
    [path, path.replace(/\.[^./]+$/, ''), path.replace(/\/index\.[^./]+$/, '')].some(
      (one) => one === tail || one.endsWith(`/${tail}`),
    ),
  );
  if (target === undefined) return [];
  return [
    {
      rule: 'move/unexplained',
      severity: 'error',
      message: `\`${specifier}\` may mean ${target}, which moves to ${movedPath(target, moved)}: no tsconfig, no package.json and no file of the tree explains it.`,
      cure: 'Where a tool has an alias for it, say the same in `paths` of tsconfig.json (or jsconfig.json) and plan again; else change it by hand.',
      object: target,
      ...lineAt(from, texts.get(from) ?? '', { offset, length }),
    },
  ];
}

/** A folder that stands for all that lies below it, where a file goes out of it and it stays. */
function leftFolders({ configured, texts, moved, before }: MoveStudy, moves: readonly FileMove[]): readonly Finding[] {
  return configured.flatMap(({ takesIn, reach: { target }, from: file, offset, length, specifier }) => {
    if (takesIn !== true || !before.hasFolder(target) || moved.folders.has(target)) return [];
    const text = texts.get(file) ?? '';
    // What stands before a wildcard is part of a pattern, which is told as such.
    if (/[*{]/.test(text[offset + length] ?? '')) return [];
    const isTakenIn = (path: string): boolean =>
      configured.some((one) => one.from === file && one.takesIn === true && isBelow(path, one.reach.target));
    const lost = moves.find(({ from, to }) => isBelow(from, target) && !isTakenIn(to));
    if (lost === undefined) return [];
    return [
      {
        rule: 'move/pattern',
        severity: 'warning' as const,
        message: `${specifier} takes in ${lost.from}, and not ${lost.to}.`,
        cure: 'Where it has to hold for the same files, widen or narrow it on the branch.',
        object: lost.from,
        ...lineAt(file, text, { offset, length }),
      },
    ];
  });
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

function isBare({ kind, specifier, reach }: Edge): boolean {
  if (reach !== undefined && reach.route !== 'package') return false;
  return moduleKinds.some((one) => one === kind) && /^[\w@]/.test(specifier) && !/^node:|^@\//.test(specifier);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Pairs that have to stay together: declarations beside a script, and members of a workspace with their package.json. */
export function splitPairs(moves: ReadonlyMap<string, string>, before: TreeIndex): readonly string[] {
  return [...moves].flatMap(([from, to]) => {
    const stem = from.replace(/(\.d)?\.([cm]?)[jt]s$/, '');
    const toStem = to.replace(/(\.d)?\.([cm]?)[jt]s$/, '');
    const partners = from.endsWith('.d.ts') ? ['.js'] : from.endsWith('.js') ? ['.d.ts'] : [];
    return partners.flatMap((ending) => {
      const partner = stem + ending;
      if (!before.has(partner) || moves.get(partner) === toStem + ending) return [];
      return [`${partner} belongs to ${from}: what imports one gets the types of the other`];
    });
  });
}
