import { isCommandPlace } from '../command-files.ts';
import { findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Packages of Node for distributions, by their major. https://github.com/nodesource/distributions */
export const nodesource: VersionPlace = {
  id: 'nodesource',
  reads: 'apt, dnf',
  example: {
    path: 'Dockerfile',
    text: 'RUN curl -fsSL https://deb.nodesource.com/setup_⟦18.x⟧ | bash -\nRUN echo "deb https://deb.nodesource.com/node_⟦20.x⟧ nodistro main"\n',
  },
  isIn: isCommandPlace,
  find: (text) => findAll(text, /\bnodesource\.com\/(?:setup|node|pub)_(\d+\.x)/dg),
};
