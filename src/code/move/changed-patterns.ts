import { getLocation } from 'jsonc-parser';
import picomatch from 'picomatch';
import type { Finding } from '#core/finding';
import { basesOf } from '../graph/configured-paths.ts';
import { meaningOf } from '../graph/path-fields.ts';
import { lineAt } from '../text/place.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import { isIgnoreFile } from './ignore-edits.ts';
import { type FileMove, movedBelow, movedPath } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

/** A word with `*`, or with alternatives in braces. */
const quoted = /(["'`\s])(!?)(?=[^\s"'`]*[*{])((?:[\w@.+*-]|\{[\w@.+*,/-]*\}|\/)+)(?=\1|[\s,])/g;

/** Patterns of configuration that take a file in where it is, and no longer where it goes; or the other way round. Pure. */
export function changedPatterns(study: MoveStudy, moves: readonly FileMove[]): readonly Finding[] {
  const { texts, configured } = study;
  const files = new Set([
    ...configured.map(({ from }) => from),
    ...[...texts.keys()].filter((path) => /\.(json|ya?ml)$|config\.\w+$/.test(path)),
  ]);
  return [...files].filter((file) => !isIgnoreFile(file)).flatMap((file) => patternsOf(file, study, moves));
}

function patternsOf(file: string, study: MoveStudy, moves: readonly FileMove[]): readonly Finding[] {
  const { texts, edits, moved, configured } = study;
  const text = texts.get(file) ?? '';
  const edited = edits.get(file)?.edits ?? [];
  return [...text.matchAll(quoted)].flatMap((match) => {
    const [, , no = '', pattern = ''] = match;
    const offset = match.index + 1 + no.length;
    if (edited.some((one) => one.offset < offset + pattern.length && one.offset + one.length > offset)) return [];
    if (isNaming(file, text, offset)) return [];
    const known = configured.find((one) => one.from === file && one.offset === offset);
    const base = known?.base ?? basesOf(file)[0];
    const baseThen = base === folderPath(file) ? folderPath(movedPath(file, moved)) : movedBelow(base, moved);
    const matches = picomatch(joined(base, pattern), { dot: true });
    const matchesThen = picomatch(joined(baseThen, pattern), { dot: true });
    const lost = moves.find(({ from, to }) => matches(from) !== matchesThen(to));
    if (lost === undefined) return [];
    return [
      {
        rule: 'move/pattern',
        severity: 'warning' as const,
        message: `The pattern ${pattern} ${matches(lost.from) ? `takes in ${lost.from}, and not ${lost.to}` : `takes in ${lost.to}, and not ${lost.from}`}.`,
        cure: 'Where it has to hold for the same files, widen or narrow it on the branch.',
        object: lost.from,
        ...lineAt(file, text, { offset, length: pattern.length }),
      },
    ];
  });
}

/** Names and versions are no patterns over files; targets of `paths`, `exports` and `imports` say where names lead, which is settled otherwise. */
function isNaming(file: string, text: string, offset: number): boolean {
  if (!/\.jsonc?$/.test(file)) return false;
  const way = getLocation(text, offset).path.filter((part) => typeof part === 'string');
  const [first, second] = way;
  const isManifest = baseName(file) === 'package.json';
  if (isManifest && (first === 'exports' || first === 'imports')) return true;
  const isAlias = /^[tj]sconfig[^/]*\.json$/.test(baseName(file)) && first === 'compilerOptions' && second === 'paths';
  return isAlias || meaningOf(file, way) === 'name';
}
