import type { TreeEdit, TreeTransform, TreeUnresolved, Unresolved } from '../../../recipe.ts';
import { within } from '../../../text/search-text.ts';
import { isAddressAt } from '../reading/address-at.ts';
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
      const made = pageText(text, application);
      edits.push({ kind: 'remove', path: application.page }, { kind: 'write', path, text: made });
      unresolved.push(...leftIn(made).map((one) => ({ ...one, path })));
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
    .replace(/%PUBLIC_URL%\//g, '%BASE_URL%')
    .replaceAll('%PUBLIC_URL%', '%BASE_URL%');
  return withScript(resolved, `<script type="module" src="/${source}"></script>`);
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
