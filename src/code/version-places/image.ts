import { baseName, findAll } from '../search-text.ts';
import type { VersionPlace } from '../version-place.ts';

const names =
  /^((docker-)?compose(\.[\w.-]+)?\.ya?ml|\.gitlab-ci\.yml|bitbucket-pipelines\.yml|\.?devcontainer\.json|\.woodpecker\.ya?ml|\.drone\.yml|cloudbuild\.ya?ml)$/;

export const image: VersionPlace = {
  id: 'image',
  reads: 'Compose, GitLab, Bitbucket, CircleCI, development containers',
  example: {
    path: '.circleci/config.yml',
    text: 'docker:\n  - image: cimg/node:⟦18.20⟧\n  - image: "node:⟦20-slim⟧"\n',
  },
  isIn: (path) => names.test(baseName(path)) || /(^|\/)\.(circleci|gitlab)\/.+\.ya?ml$/.test(path),
  find: (text) =>
    findAll(text, /image["']?[ \t]*:[ \t]*["']?(?:[\w.:-]+\/)*(?:node|typescript-node|javascript-node):([\w.-]+)/dg),
};
