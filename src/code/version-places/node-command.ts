import { isCommandPlace } from '../command-files.ts';
import { findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Commands that install a Node, or take one that is installed. */
export const nodeCommand: VersionPlace = {
  id: 'node-command',
  reads: 'nvm, fnm, Volta',
  example: {
    path: '.github/workflows/ci.yml',
    text: 'steps:\n  - run: nvm install ⟦18⟧ && nvm use --silent ⟦v18.2⟧\n  - run: fnm use "⟦lts/iron⟧"; volta install node@⟦18⟧\n  - run: nvm install $NODE\n',
  },
  isIn: isCommandPlace,
  find: (text) =>
    [
      ...findAll(
        text,
        /\b(?:nvm|fnm)[ \t]+(?:install|use|exec|run|default|alias[ \t]+default)[ \t]+(?:--?[a-z][\w=-]*[ \t]+)*["']?(v?\d[\w.]*|lts\/[a-z]+)/dg,
      ),
      ...findAll(text, /\bvolta[ \t]+(?:install|pin)[ \t]+["']?node@(v?\d[\w.]*)/dg),
    ].sort((one, other) => one.offset - other.offset),
};
