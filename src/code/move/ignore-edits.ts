import picomatch from 'picomatch';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined, relativeFrom } from '../tree/tree-path.ts';
import { type MovedPaths, movedBelow, movedPath } from './moved-paths.ts';

/** A pattern of what is ignored: what is to stand there, or why it is left. */
export type IgnoreChange = { readonly offset: number; readonly length: number } & (
  | { readonly text: string }
  | { readonly why: string }
);

/** True for a list of patterns by the rules of .gitignore, or by those of .dockerignore; words behind a pattern are no part of it. Pure. */
export function isIgnoreFile(path: string): boolean {
  return (
    isOfWords(path) ||
    /^\.(git|docker|npm|eslint|prettier|stylelint|gcloud|vercel|helm)ignore$|\.dockerignore$/.test(baseName(path))
  );
}

/** Owners or attributes stand behind the patterns. */
function isOfWords(path: string): boolean {
  return /^(CODEOWNERS|\.gitattributes)$/.test(baseName(path));
}

/**
 * Patterns that name a path at or below something that moves, whether git tracks anything there or not (what is ignored is
 * not tracked): their part without wildcards follows. Those that take it in by wildcards, and do no longer, are left with the reason. Pure.
 */
export function ignoreChanges(path: string, text: string, moved: MovedPaths): readonly IgnoreChange[] {
  let offset = 0;
  return text.split('\n').flatMap((line) => {
    const start = offset;
    offset += line.length + 1;
    const all = /^\uFEFF?(!?)([^\s#!][^\r\n]*?)\s*$/.exec(line)?.[2];
    const written = isOfWords(path) ? all?.split(/\s/)[0] : all;
    if (written === undefined) return [];
    const change = changeOf(written, { path, moved });
    return change === undefined ? [] : [{ offset: start + line.indexOf(written), length: written.length, ...change }];
  });
}

type Asked = { readonly path: string; readonly moved: MovedPaths };
type Change = { readonly text: string } | { readonly why: string };

function changeOf(written: string, { path, moved }: Asked): Change | undefined {
  const isAnchored = path.endsWith('.dockerignore') || written.replace(/\/$/, '').includes('/');
  const plain = written.replace(/^\.?\//, '');
  const parts = plain.split('/');
  const literal = parts.slice(
    0,
    [...parts, '*'].findIndex((part) => /[*?[{\\]/.test(part)),
  );
  const folder = homeOf(path);
  const stem = joined(folder, literal.join('/'));
  if (!isAnchored) return looseChange(stem, { literal, moved });
  const goes = movedBelow(stem, moved);
  if (literal.length === 0 || goes === stem) return wildChange(plain, { path, moved });
  const way = relativeFrom(movedPath(folder, moved), goes);
  if (way.startsWith('../')) return { why: `it names ${stem}, which moves to ${goes}, out of the folder of this file` };
  const rest = parts.slice(literal.length).join('/');
  const end = rest === '' && written.endsWith('/') ? '/' : '';
  const shown = way.replace(/^\.\//, '') + (rest === '' ? end : `/${rest}`);
  const head = /^\.?\//.exec(written)?.[0] ?? '';
  const isLoose = head === '' && !path.endsWith('.dockerignore') && !shown.replace(/\/$/, '').includes('/');
  const text = `${isLoose ? '/' : head}${shown}`;
  return text === written ? undefined : { text };
}

/** CODEOWNERS speaks of the root, wherever it stands. */
function homeOf(path: string): string {
  return baseName(path) === 'CODEOWNERS' ? '.' : folderPath(path);
}

/** A name without a slash holds in every folder: it stays, and is named where what it is called by gets another name. */
function looseChange(
  stem: string,
  { literal, moved }: { readonly literal: readonly string[]; readonly moved: MovedPaths },
): Change | undefined {
  const name = literal.filter((part) => part !== '').join('/');
  const all = [...moved.folders, ...moved.files];
  const move = all.find(([from, to]) => from === stem && baseName(from) === name && baseName(to) !== name);
  return move === undefined ? undefined : { why: `it holds for ${move[0]} by its name, which is ${move[1]} then` };
}

/** Wildcards over the folder that goes. */
function wildChange(plain: string, { path, moved }: Asked): Change | undefined {
  const parts = plain.replace(/\/$/, '').split('/');
  const [folder, home] = [homeOf(path), movedPath(homeOf(path), moved)];
  const heads = parts.map((_, at) => parts.slice(0, at + 1).join('/')).filter((head) => /[*?[{]/.test(head));
  const takesIn = (base: string, one: string): boolean =>
    heads.some((head) => picomatch(joined(base, head), { dot: true })(one));
  const lost = [...moved.folders, ...moved.files].find(([from, to]) => takesIn(folder, from) && !takesIn(home, to));
  return lost === undefined ? undefined : { why: `it takes in ${lost[0]}, and not ${lost[1]}` };
}
