import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

export const travis: VersionPlace = {
  id: 'travis',
  reads: 'Travis CI',
  example: { path: '.travis.yml', text: 'language: node_js\nnode_js:\n  - "⟦12⟧"\n  - ⟦lts/*⟧\n' },
  isIn: (path) => baseName(path) === '.travis.yml',
  find: (text) =>
    findAll(text, /^node_js:[ \t]*\r?\n((?:[ \t]*-[^\n]*(?:\n|$))+)/dgm)
      .flatMap((list) =>
        findAll(list.value, /^[ \t]*-[ \t]+["']?([\w.*/-]+)["']?/dgm).map(({ value, offset }) => ({
          value,
          offset: list.offset + offset,
        })),
      )
      .concat(findAll(text, /^node_js:[ \t]*["']?([\d][\w.*/-]*)/dgm)),
};
