import { type FileTransform, sourceFiles, type TextEdit } from '../../../recipe.ts';

/** Comments that configure rules in a file. */
export const comments: FileTransform = {
  kind: 'file',
  id: 'comments',
  why: 'Of several comments that set the same rule ESLint 9 takes the first and reports the others, where version 8 took the last; and names after `exported` have commas and no values (Migrate to v9.x, Multiple eslint configuration comments; Stricter /* exported */ parsing).',
  files: sourceFiles,
  mentions: ['eslint', 'exported'],
  transform: ({ text }) => ({ edits: [...exported(text), ...repeated(text)], unresolved: [] }),
};

const block = /\/\*([\s\S]*?)\*\//g;

function exported(text: string): readonly TextEdit[] {
  return [...text.matchAll(block)].flatMap(({ 0: whole, 1: body = '', index }) => {
    const [, lead = '', list = ''] = /^(\s*exported\s+)([\s\S]*?)\s*$/.exec(body) ?? [];
    if (list === '' || list.includes('*')) return [];
    const names = list
      .split(/[\s,]+/)
      .map((name) => name.replace(/:.*$/, ''))
      .filter((name) => name !== '');
    const clean = list
      .replaceAll(/\s*:\s*/g, ':')
      .split(/[\s,]+/)
      .map((name) => name.replace(/:.*$/, ''))
      .join(', ');
    const isPlain = names.every((name) => /^[\w$]+$/.test(name));
    const tail = /\s*$/.exec(body)?.[0] ?? '';
    return isPlain && clean !== list
      ? [{ offset: index, length: whole.length, text: `/*${lead}${clean}${tail}*/` }]
      : [];
  });
}

/** Comments `eslint` that set one rule, which a later one of the same kind sets again: the last counted. */
function repeated(text: string): readonly TextEdit[] {
  const all = [...text.matchAll(block)].flatMap(({ 0: whole, 1: body = '', index }) => {
    const [, list] = /^\s*eslint\s+([\s\S]*)$/.exec(body) ?? [];
    const [, rule, rest = ''] = /^["']?([@\w/-]+)["']?\s*:([\s\S]*)$/.exec(list ?? '') ?? [];
    // A second rule in the same comment would go with the first.
    const isSingle =
      rule !== undefined &&
      !/,\s*["']?[@\w/-]+["']?\s*:\s*(["'[]|off|warn|error|\d)/.test(rest.replaceAll(/\[[\s\S]*\]/g, ''));
    return isSingle ? [{ rule, whole, index }] : [];
  });
  return all.flatMap(({ rule, whole, index }, at) => {
    if (!all.slice(at + 1).some((later) => later.rule === rule)) return [];
    const line = /^[ \t]*(\r?\n)?/.exec(text.slice(index + whole.length))?.[0] ?? '';
    const isAlone = index === 0 || /\n[ \t]*$/.test(text.slice(0, index));
    return [{ offset: index, length: whole.length + (isAlone ? line.length : 0), text: '' }];
  });
}
