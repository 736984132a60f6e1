import { parseTree } from 'jsonc-parser';
import picomatch from 'picomatch';
import type { TextEdit, TreeUnresolved } from '../../../recipe.ts';
import { folderPath } from '../../../text/search-text.ts';
import type { World } from '../deciding/world.ts';
import { memberAt } from './manifest.ts';

type Renaming = { readonly path: string; readonly world: World; readonly placeOf: (path: string) => string };

/** A word of a command with a star that ends with .js, in its quotes; within a string of JSON. */
const pattern = /(?<=[\s"'])(\\?["'])?([^\s"'\\&|;<>()=]*\*[^\s"'\\&|;<>()=]*)\.js\1(?=[\s"'\\&|;]|$)/g;
/** Flags behind which a word is none of theirs. */
const flags = /^--?(test|exit|write|check|fix|bail|watch|recursive|colors?|quiet|cache|[a-z-]*coverage|[a-z-]+=.*)$/;

/** Patterns in scripts of a package.json that no longer reach a file since it ends with .cjs: they reach it again, or are named. Pure. */
export function patternEdits(
  text: string,
  { path, world, placeOf }: Renaming,
): { readonly edits: readonly TextEdit[]; readonly open: readonly TreeUnresolved[] } {
  const edits: TextEdit[] = [];
  const open: TreeUnresolved[] = [];
  const home = folderPath(path);
  const own = [...world.modules.keys()].map((one) => ({
    name: home === '.' ? one : one.slice(home.length + 1),
    isRenamed: !one.endsWith('.cjs') && placeOf(one).endsWith('.cjs'),
  }));
  for (const script of scriptNames(text)) {
    const { offset, length } = memberAt(text, ['scripts', script]);
    const value = text.slice(offset, offset + length);
    for (const match of value.matchAll(pattern)) {
      const [whole, quote = '', stem = ''] = match;
      // A shell without quotes takes two stars for one.
      const reaches = picomatch(`${quote === '' ? stem.replaceAll('**', '*') : stem}.js`.replace(/^\.\//, ''));
      const reached = own.filter(({ name }) => reaches(name));
      const renamed = reached.filter(({ isRenamed }) => isRenamed);
      if (renamed.length === 0 || value.includes(`${stem}.cjs`)) continue;
      const place = { offset: offset + match.index, length: whole.length };
      const put = `${quote}${stem}.cjs${quote}`;
      const before = value.slice(0, match.index).trimEnd().split(/\s/).at(-1) ?? '';
      if (renamed.length === reached.length) edits.push({ ...place, text: put });
      else if (!before.startsWith('-') || flags.test(before)) edits.push({ ...place, text: `${whole} ${put}` });
      else
        open.push({
          ...place,
          path,
          message: `\`${stem}.js\` in the script "${script}" does not reach what ends with .cjs now, such as ${renamed[0]?.name.replace(/\.jsx?$/, '.cjs')}.`,
          cure: `Add ${stem}.cjs there, where that is meant.`,
        });
    }
  }
  return { edits, open };
}

function scriptNames(text: string): readonly string[] {
  const scripts = parseTree(text)?.children?.find((one) => one.children?.[0]?.value === 'scripts')?.children?.[1];
  return (scripts?.children ?? []).flatMap((one) => {
    const [name, value] = one.children ?? [];
    return typeof name?.value === 'string' && typeof value?.value === 'string' ? [name.value] : [];
  });
}
