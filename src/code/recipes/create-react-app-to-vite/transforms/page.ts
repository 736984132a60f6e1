import type { TreeEdit, TreeTransform, TreeUnresolved, Unresolved } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import { isAddressAt, isCommentAt, isScriptAt } from '../reading/address-at.ts';
import { type CraApplication, craApplications } from '../reading/cra-application.ts';

/** The page of the application. */
export const page: TreeTransform = {
  kind: 'tree',
  id: 'page',
  why: 'Vite begins at index.html beside package.json, which names the script that is the entry; `%PUBLIC_URL%` is `%BASE_URL%` there, and what begins with a slash is found in public/ (Vite, Getting Started, index.html and Project Root).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const application of await craApplications(tree)) {
      const text = ((await tree.read(application.page))?.text ?? '').replaceAll('\r\n', '\n');
      const path = within(application.folder, 'index.html');
      const made = withoutSlash(pageText(text, application));
      edits.push({ kind: 'remove', path: application.page }, { kind: 'write', path, text: made.text });
      unresolved.push(...[...leftIn(made.text), ...made.left].map((one) => ({ ...one, path })));
    }
    return { edits, unresolved };
  },
};

function pageText(text: string, { entry, folder }: CraApplication): string {
  const source = folder === '.' ? entry : entry.slice(folder.length + 1);
  const resolved = text
    .replaceAll('%NODE_ENV%', '%MODE%')
    .replace(/%PUBLIC_URL%\/?/g, (whole, at: number, all: string) =>
      isAddressAt(all, at) && whole.endsWith('/') ? '/' : whole,
    )
    .replace(/%PUBLIC_URL%\//g, '%BASE_URL%');
  return withScript(resolved, `<script type="module" src="/${source}"></script>`);
}

/**
 * `%PUBLIC_URL%` has no slash at its end, and `%BASE_URL%` has one: where none followed that could go, a text of a script
 * loses it when it runs, and any other place is named.
 */
function withoutSlash(text: string): { readonly text: string; readonly left: readonly Unresolved[] } {
  const left: Unresolved[] = [];
  let made = '';
  let done = 0;
  for (const { index, 0: whole } of text.matchAll(/%PUBLIC_URL%/g)) {
    made += text.slice(done, index);
    const offset = made.length;
    made += '%BASE_URL%';
    done = index + whole.length;
    if (isWholeTextAt(text, index, done)) {
      const quote = text[done] ?? '';
      made += `${quote}.replace(/\\/$/, ${quote}${quote})`;
      done += 1;
    } else if (!isCommentAt(text, index)) left.push({ offset, length: '%BASE_URL%'.length, ...slash });
  }
  return { text: made + text.slice(done), left };
}

const slash = {
  message: '`%BASE_URL%` ends with a slash, and `%PUBLIC_URL%`, which stood here, did not.',
  cure: 'Take one slash away from what follows, or the last one where it is read.',
};

/** `'%PUBLIC_URL%'` in a script, where it is no key. */
function isWholeTextAt(text: string, from: number, to: number): boolean {
  const quote = text[to] ?? '';
  if (!/^["'`]$/.test(quote) || text[from - 1] !== quote || !isScriptAt(text, from)) return false;
  return !(/[{,]\s*$/.test(text.slice(0, from - 1)) && /^\s*:/.test(text.slice(to + 1)));
}

/** The script stands last in the body, as the page may have scripts of its own before. */
function withScript(text: string, script: string): string {
  const at = text.search(/[ \t]*<\/body\s*>/i);
  if (at === -1) return `${text.trimEnd()}\n${script}\n`;
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  const isAlone = at === 0 || text[at - 1] === '\n';
  return `${text.slice(0, at)}${isAlone ? '' : '\n'}${indent}  ${script}\n${text.slice(at)}`;
}

function leftIn(text: string): readonly Unresolved[] {
  return [...text.matchAll(/<%[\s\S]*?%>/g)].map(({ index, 0: whole }) => ({
    offset: index,
    length: whole.length,
    message: 'The template of a page is read by html-webpack-plugin, and by nothing in Vite.',
    cure: 'Write what it comes to, `%MODE%` or `%REACT_APP_…%`, or a plugin with transformIndexHtml.',
  }));
}
