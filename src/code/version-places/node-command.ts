import { isCommandPlace } from '../command-files.ts';
import { imageVariableNames } from '../image/image-variables.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';
import { nodeImageVariables } from './image-variable.ts';

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
  find: (text) => {
    const stays = whyTaken(text);
    const taken = takers(text).map((found) => (stays === undefined ? found : { ...found, stays }));
    return [...installers(text), ...taken, ...byN(text)].sort((one, other) => one.offset - other.offset);
  },
};

/** A Node that is taken must be the one that is installed: it stays where a variable says that one, and cannot be raised. */
function whyTaken(text: string): string | undefined {
  const names = [...text.matchAll(/\b(?:nvm|fnm)[ \t]+install[ \t]+["']?\$\{?(\w+)/g)].map(([, name = '']) => name);
  const { only } = imageVariableNames(text, nodeImageVariables);
  const open = names.find((name) => {
    const isSaid = nodeImageVariables.known.test(name) || only.includes(name);
    return !isSaid || !new RegExp(`\\b${name}["']?[ \\t]*[:?]?[=: \\t][ \\t]*["']?v?\\d`).test(text);
  });
  return open === undefined ? undefined : `the Node that is installed here is said by $${open}, which is not raised`;
}

/** Commands that take a Node which is installed. */
function takers(text: string): readonly Found[] {
  return findAll(text, new RegExp(`\\b(?:nvm|fnm)[ \\t]+(?:use|exec|run|default|alias[ \\t]+default)${number}`, 'dg'));
}

/** The number or name behind a command of nvm or fnm, and what stands before it. */
const number = `[ \\t]+(?:--?[a-z][\\w=-]*[ \\t]+)*["']?(v?\\d[\\w.]*|lts/[a-z]+)`;

function installers(text: string): readonly Found[] {
  return [
    ...findAll(text, new RegExp(`\\b(?:nvm|fnm)[ \\t]+install${number}`, 'dg')),
    ...findAll(text, /\bvolta[ \t]+(?:install|pin)[ \t]+["']?node@(v?\d[\w.]*)/dg),
    ...findAll(text, /\b(?:mise|rtx)[ \t]+(?:use|install|exec|x|i|u)[ \t]+[^\n;&|]*?\bnode(?:js)?@(v?\d[\w.]*)/dg),
    ...findAll(text, /\basdf[ \t]+(?:install|global|local|shell|set)[ \t]+(?:-\S+[ \t]+)*nodejs[ \t]+(\d[\w.]*)/dg),
    ...findAll(
      text,
      /\b(?:nodenv|nvs)[ \t]+(?:install|global|local|shell|add|use|link)[ \t]+(?:-\S+[ \t]+)*(?:node\/)?(\d[\w.]*)/dg,
    ),
    ...findAll(text, /\bpnpm[ \t]+env[ \t]+(?:use|add)[ \t]+(?:--?\w+[ \t]+)*(\d[\w.]*)/dg),
    ...findAll(text, /\bnodeenv[ \t][^\n;&|]*?--node[ =](\d[\w.]*)/dg),
    ...findAll(text, /^[ \t]*use[ \t]+node[ \t]+(\d[\w.]*)/dgm),
  ];
}

/** `n 18` where a command may begin; `head -n 18` is another thing. https://github.com/tj/n */
function byN(text: string): readonly Found[] {
  if (!/\b(node(js)?|npm|yarn|pnpm)\b/i.test(text)) return [];
  const begin = '(?:^[ \\t]*(?:-[ \\t]+)?(?:RUN[ \\t]+|run:[ \\t]*)?|&&[ \\t]*|\\|\\|[ \\t]*|;[ \\t]*|[["\'][ \\t]*)';
  const version = '(v?\\d{1,2}(?:\\.\\d+){0,2})(?=[ \\t]*(?:\\\\?\\r?$|&&|\\|\\||[;,\\])"\']))';
  return findAll(
    text,
    new RegExp(
      `${begin}["']?(?:sudo[ \\t]+(?:-E[ \\t]+)?|npx[ \\t]+(?:-y[ \\t]+|--yes[ \\t]+)?)*n[ \\t]+(?:install[ \\t]+|i[ \\t]+)?${version}`,
      'dgm',
    ),
  );
}
