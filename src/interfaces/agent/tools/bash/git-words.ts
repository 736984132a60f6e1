import type { JailPlace, JailRefusal } from '#app/jail/jail';
import { isSecretPath, withoutSecretFiles } from '#app/jail/secret-files';
import { spelledPath } from '#app/jail/spelled-path';
import { showingFlags } from './git-commands.ts';
import type { Sorted } from './sort-words.ts';

/** What has to be known of a repository to judge words. */
export type GitAsked = {
  readonly root: string;
  /** True where a word names a commit, or a tag of one. */
  isCommit(word: string): Promise<boolean>;
  place(spelling: string): Promise<JailPlace | JailRefusal>;
};

type Judged =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * The words behind a command of git that takes commits and places: each word is proved to be one of them, so that no file is shown by
 * the hash of its content or by its name in a commit, and files with credentials are left out of every difference.
 */
export async function gitWords(subcommand: string, sorted: Sorted, asked: GitAsked): Promise<Judged> {
  const commits: string[] = [];
  const places = [...(sorted.behind ?? [])];
  let hasFile = false;
  for (const word of sorted.words) {
    const judged = await judgeWord(word, subcommand, asked);
    if (judged.kind === 'refused') return judged;
    hasFile ||= judged.kind === 'file';
    if (judged.kind === 'place') places.push(judged.path);
    else commits.push(word);
  }
  for (const place of places) {
    const why = placeFault(place, asked.root);
    if (why !== undefined) return { kind: 'refused', why };
  }
  if (hasFile && places.length > 0) return { kind: 'refused', why: 'COMMIT:FILE stands alone: no places go with it.' };
  const isShowing =
    subcommand === 'show' ||
    subcommand === 'diff' ||
    (subcommand === 'log' && sorted.names.some((name) => showingFlags.includes(name)));
  const left = isShowing && !hasFile ? [...(places.length === 0 ? ['.'] : places), ...withoutSecretFiles] : places;
  // Without it git would take a word for a file where it is no commit any more.
  const end = hasFile ? [] : ['--'];
  return {
    kind: 'words',
    words: takesPlaces(subcommand) ? [...sorted.flags, ...commits, ...end, ...left] : [...sorted.flags, ...commits],
  };
}

function takesPlaces(subcommand: string): boolean {
  return ['log', 'show', 'diff', 'rev-list', 'shortlog'].includes(subcommand);
}

type WordKind =
  | { readonly kind: 'commit' | 'file' }
  | { readonly kind: 'place'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: string };

async function judgeWord(word: string, subcommand: string, asked: GitAsked): Promise<WordKind> {
  if (word.includes(':')) return judgeFile(word, subcommand, asked);
  const ends = word.split(/\.{2,3}/);
  if (ends.length > 2 || word.startsWith('^') || /\p{Cc}/u.test(word)) return notCommit(word);
  const areCommits = await Promise.all(ends.map((end) => (end === '' ? ends.length === 2 : asked.isCommit(end))));
  if (areCommits.every((one) => one)) return { kind: 'commit' };
  const found = takesPlaces(subcommand) ? await asked.place(word) : undefined;
  if (found === undefined) return notCommit(word);
  return found.kind === 'refused'
    ? { kind: 'refused', why: `${notCommit(word).why} ${found.why}` }
    : { kind: 'place', path: found.path };
}

/** `COMMIT:FILE`: what stands before the first colon is a commit, and nothing behind any colon is a file with credentials. */
async function judgeFile(word: string, subcommand: string, asked: GitAsked): Promise<WordKind> {
  const [commit = '', ...paths] = word.split(':');
  const path = paths.join(':').replace(/^\.\//, '');
  const spelled = spelledPath(path, []);
  if (subcommand !== 'show' && subcommand !== 'diff') return notCommit(word);
  if (spelled.kind === 'refused') return { kind: 'refused', why: `${word} is not shown. ${spelled.why}` };
  if (isSecretPath(path) || paths.some(isSecretPath))
    return { kind: 'refused', why: `${word} is not shown: files of this name hold credentials, in every commit.` };
  return (await asked.isCommit(commit)) ? { kind: 'file' } : notCommit(commit);
}

function placeFault(place: string, root: string): string | undefined {
  if (place.startsWith(':')) return `${place} is no plain path.`;
  const spelled = spelledPath(place, [root]);
  if (spelled.kind === 'refused') return `${place} is not taken. ${spelled.why}`;
  return isSecretPath(spelled.path) ? `${place} is not shown: files of this name hold credentials.` : undefined;
}

function notCommit(word: string) {
  return {
    kind: 'refused',
    why: `${JSON.stringify(word)} names no commit here. Write a commit, a branch or a tag (A..B for a range), and files behind \`--\`; for a file of a commit \`git show COMMIT:FILE\`.`,
  } as const;
}
