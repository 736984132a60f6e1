import { isCommandPlace } from '../command-files.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';

const text = `steps:
  - run: nvm install ⟦18⟧ && nvm use --silent ⟦v18.2⟧
  - run: fnm use "⟦lts/iron⟧"; volta install node@⟦18⟧
  - run: nvm install $NODE
  - run: npm i -g n && n ⟦18.19⟧
  - run: head -n 18 a && mise use -g node@⟦18⟧
  - run: asdf install nodejs ⟦18.19.0⟧ && asdf install ruby 3.3.0
  - run: pnpm env use --global ⟦18⟧
`;

/** Commands that install a Node, or take one that is installed. */
export const nodeCommand: VersionPlace = {
  id: 'node-command',
  reads: 'nvm, fnm, Volta, n, asdf, mise, nodenv, nvs, pnpm',
  example: { path: '.github/workflows/ci.yml', text },
  isIn: (path) => isCommandPlace(path) || baseName(path) === 'package.json',
  find: (text) => [...byManagers(text), ...byN(text)].sort((one, other) => one.offset - other.offset),
};

function byManagers(text: string): readonly Found[] {
  return [
    ...findAll(
      text,
      /\b(?:nvm|fnm)[ \t]+(?:install|use|exec|run|default|alias[ \t]+default)[ \t]+(?:--?[a-z][\w=-]*[ \t]+)*["']?(v?\d[\w.]*|lts\/[a-z]+)/dg,
    ),
    ...findAll(text, /\bvolta[ \t]+(?:install|pin)[ \t]+["']?node@(v?\d[\w.]*)/dg),
    ...findAll(text, /\b(?:mise|rtx)[ \t]+(?:use|install|exec|x|i|u)[ \t]+[^\n;&|]*?\bnode(?:js)?@(v?\d[\w.]*)/dg),
    ...findAll(text, /\basdf[ \t]+(?:install|global|local|shell|set)[ \t]+(?:-\S+[ \t]+)*nodejs[ \t]+(\d[\w.]*)/dg),
    ...findAll(
      text,
      /\b(?:nodenv|nvs)[ \t]+(?:install|global|local|shell|add|use|link)[ \t]+(?:-\S+[ \t]+)*(?:node\/)?(\d[\w.]*)/dg,
    ),
    ...findAll(text, /\bpnpm[ \t]+env[ \t]+(?:use|add)[ \t]+(?:--?\w+[ \t]+)*(\d[\w.]*)/dg),
    ...findAll(text, /^[ \t]*use[ \t]+node[ \t]+(\d[\w.]*)/dgm),
  ];
}

/** `n 18` where a command may begin; `head -n 18` is another thing. https://github.com/tj/n */
function byN(text: string): readonly Found[] {
  const begin = '(?:^[ \\t]*(?:-[ \\t]+)?(?:RUN[ \\t]+|run:[ \\t]*)?|&&[ \\t]*|\\|\\|[ \\t]*|;[ \\t]*|[[(,"\'][ \\t]*)';
  const number = '(v?\\d{1,2}(?:\\.\\d+){0,2})(?=[ \\t]*(?:\\\\?\\r?$|&&|\\|\\||[;,\\])"\']))';
  return findAll(
    text,
    new RegExp(
      `${begin}["']?(?:sudo[ \\t]+(?:-E[ \\t]+)?|npx[ \\t]+(?:-y[ \\t]+|--yes[ \\t]+)?)*n[ \\t]+(?:install[ \\t]+|i[ \\t]+)?${number}`,
      'dgm',
    ),
  );
}
