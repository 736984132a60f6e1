/** A path as somebody has spelled it: one of the tree, from its top and with slashes (`.` is the top), or none, and why. */
export type SpelledPath =
  | { readonly kind: 'inside'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: string };

const lengthMax = 1_024;

/** Letters that some file systems do not see in a name (HFS+: git's `utf8.c`, next_hfs_char). */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Reads a path that must stay inside of a tree; `tops` are the spellings of its top. It looks at the spelling alone, so that symbolic links are
 * not its business. Pure.
 */
export function spelledPath(spelling: string, tops: readonly string[]): SpelledPath {
  const why = faultOf(spelling);
  if (why !== undefined) return { kind: 'refused', why };
  const top = tops.find((one) => spelling === one || spelling.startsWith(`${one}/`)) ?? '';
  if (spelling.startsWith('/') && top === '') return refused('It is an absolute path outside of the repository.');
  const parts = spelling
    .slice(top.length)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return refused('It has `..` in it. Paths start at the top of the repository and go down.');
  if (parts.some(isOfGit)) return refused('It leads into .git, which holds what git needs and may hold credentials.');
  if (parts.some((part) => /[. ]$/.test(part))) return refused('A name ends with a dot or a blank.');
  return { kind: 'inside', path: parts.join('/') || '.' };
}

function faultOf(spelling: string): string | undefined {
  if (spelling === '') return 'It is empty.';
  if (spelling.length > lengthMax) return `It is longer than ${lengthMax} characters.`;
  if (/\p{Cc}|\p{Cs}/u.test(spelling)) return 'It has a control character in it.';
  if (spelling.includes('\\')) return 'It has a backslash in it; folders are separated by `/`.';
  if (/^[a-z]:/i.test(spelling) || /:(\$|:)/.test(spelling))
    return 'It is spelled as Windows spells drives and streams.';
  if (spelling.startsWith('//')) return 'It names another machine.';
  return spelling.startsWith('~') ? 'It starts at a home folder.' : undefined;
}

function isOfGit(part: string): boolean {
  const name = part
    .normalize('NFKC')
    .replaceAll(unseen, '')
    .toLowerCase()
    .replace(/[. ]+$/, '');
  return name === '.git' || /^git~\d+$/.test(name);
}

function refused(why: string): SpelledPath {
  return { kind: 'refused', why };
}
