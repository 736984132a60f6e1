import { parseTree } from 'jsonc-parser';
import { baseName, findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';

const query = /(?:^|[^\w.-])node[ \t]*(?:>=?[ \t]*)?(\d+(?:\.\d+){0,2})(?![\w.-])/dgim;

/** Node among the environments that code is written for. https://github.com/browserslist/browserslist#queries */
export const browserslist: VersionPlace = {
  id: 'browserslist',
  reads: 'Babel, SWC, PostCSS and others by Browserslist',
  example: { path: '.browserslistrc', text: '# servers\nnode ⟦18⟧\nnode >= ⟦20.9⟧\nmaintained node versions\n> 1%\n' },
  isBuildTarget: true,
  isIn: (path) => ['.browserslistrc', 'browserslist', 'package.json'].includes(baseName(path)),
  find: (text) =>
    text
      .replace(/^\uFEFF/, '')
      .trimStart()
      .startsWith('{')
      ? inManifest(text)
      : inLines(text),
};

function inLines(text: string): readonly Found[] {
  const bare = text.replaceAll(/#[^\r\n]*/g, (comment) => ' '.repeat(comment.length));
  return findAll(bare, query);
}

function inManifest(text: string): readonly Found[] {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const field = parseTree(text.slice(mark), [], { allowTrailingComma: true })?.children?.find(
    ({ children }) => children?.[0]?.value === 'browserslist',
  )?.children?.[1];
  if (field === undefined) return [];
  const start = field.offset + mark;
  const found = findAll(text.slice(start, start + field.length), query);
  return found.map(({ value, offset }) => ({ value, offset: start + offset }));
}
