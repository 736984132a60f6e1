import type { Finding } from '#core/finding';
import { encodedPath } from '../graph/percent.ts';
import { lineAt } from '../text/place.ts';
import { folderPath } from '../text/search-text.ts';
import { joined, relativeFrom } from '../tree/tree-path.ts';
import { movedBelow } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

const word = /[\w@.+~()[\]-]*(?:\/[\w@.+~()[\]-]+)+\/?/g;
/** Longer texts are data. */
const charactersMax = 2_000_000;

/**
 * What only looks like a path that moves: words of texts that are neither specifiers nor configuration. They are named, with
 * what the path is afterwards, and nobody touches them. Pure.
 */
export function mentionFinder(study: MoveStudy): (path: string, text: string) => readonly Finding[] {
  const spans = spansByFile(study);
  const odd = oddNames(study);
  return (path, text) => {
    if (text.length > charactersMax) return [];
    const options = { study, spans: spans.get(path) };
    return [...mentionsIn(path, text, options), ...oddMentions(path, text, { ...options, odd })];
  };
}

type OddName = { readonly written: string; readonly target: string };

/** Paths that are no words of texts, as with a space, in each way in which they are written. */
function oddNames({ moved }: MoveStudy): readonly OddName[] {
  const targets = [...moved.folders.keys(), ...moved.files.keys()].filter((path) => /[^\w@.+~()[\]/-]/.test(path));
  return targets.flatMap((target) =>
    [...new Set([target, target.replaceAll(' ', '\\ '), encodedPath(target)])].map((written) => ({ written, target })),
  );
}

/** The innermost path at each place. */
function oddMentions(
  path: string,
  text: string,
  { study: { moved }, spans = [], odd }: MentionOptions & { readonly odd: readonly OddName[] },
): readonly Finding[] {
  const found = new Map<number, OddName>();
  for (const one of odd) {
    for (let at = text.indexOf(one.written); at !== -1; at = text.indexOf(one.written, at + 1)) {
      const isSettled = spans.some((span) => at < span.offset + span.length && at + one.written.length > span.offset);
      if (!isSettled && (found.get(at)?.written.length ?? 0) < one.written.length) found.set(at, one);
    }
  }
  return [...found].map(([offset, { written, target }]) =>
    mention(
      { shown: written, target, after: movedBelow(target, moved) },
      lineAt(path, text, { offset, length: written.length }),
    ),
  );
}

type Span = { readonly offset: number; readonly length: number };

/** Specifiers and edits of each file: what stands in them is settled. */
function spansByFile({ edges, edits, images, ignored, doubtful }: MoveStudy): ReadonlyMap<string, readonly Span[]> {
  const byFile = new Map<string, Span[]>();
  const put = (path: string, span: Span): void => {
    const known = byFile.get(path);
    if (known === undefined) byFile.set(path, [span]);
    else known.push(span);
  };
  for (const place of [...edges, ...images, ...ignored, ...doubtful]) put(place.from, place);
  for (const { path, edits: own } of edits.values()) for (const edit of own) put(path, edit);
  return byFile;
}

type MentionOptions = { readonly study: MoveStudy; readonly spans: readonly Span[] | undefined };

function mentionsIn(
  path: string,
  text: string,
  { study: { moved, before }, spans = [] }: MentionOptions,
): readonly Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(word)) {
    const offset = match.index;
    if (spans.some((span) => offset < span.offset + span.length && offset + match[0].length > span.offset)) continue;
    const plain = match[0]
      .replace(/^\[[^\]]*\]\(/, '')
      .replace(/[.)\]]+$/, '')
      .replace(/\/$/, '');
    const target = /[\w]\/[\w@.]/.test(plain) ? targetOf(path, plain, { moved, before }) : undefined;
    if (target === undefined) continue;
    const place = lineAt(path, text, { offset, length: match[0].length });
    found.push(mention({ shown: plain, target, after: movedBelow(target, moved) }, place));
  }
  return found;
}

type Mentioned = { readonly shown: string; readonly target: string; readonly after: string };

function mention({ shown, target, after }: Mentioned, place: ReturnType<typeof lineAt>): Finding {
  return {
    rule: 'move/mention',
    severity: 'advice',
    message: `${shown} looks like ${target}, which moves to ${after}; it is left as it is.`,
    cure: 'Where it means that file, change it by hand.',
    object: target,
    ...place,
  };
}

const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

function targetOf(
  path: string,
  plain: string,
  { moved, before }: Pick<MoveStudy, 'moved' | 'before'>,
): string | undefined {
  const own = [folderPath(path), before.homeOf(path)?.folder ?? '.'];
  const bases = /^\.{1,2}\//.test(plain) ? own : ['.', ...own];
  for (const base of new Set(bases)) {
    const named = joined(base, plain.replace(/^\//, ''));
    if (named.startsWith('..')) continue;
    const target =
      endings.map((ending) => named + ending).find((one) => moved.files.has(one) || moved.folders.has(one)) ??
      (base === '.' && movedBelow(named, moved) !== named ? named : undefined);
    if (target === undefined) continue;
    // From a folder that goes along, it is right as it is.
    const isRight = joined(movedBelow(base, moved), relativeFrom(base, target)) === movedBelow(target, moved);
    return isRight ? undefined : target;
  }
  return undefined;
}
