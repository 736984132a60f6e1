import { nodeImage } from '../image/node-image.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

const names = /^([\w.-]+(?<!-lock)\.ya?ml|\.?devcontainer\.json|Jenkinsfile)$/;

export const image: VersionPlace = {
  id: 'image',
  reads: 'Compose, Kubernetes, GitLab, Bitbucket, CircleCI, Jenkins, development containers',
  example: {
    path: '.circleci/config.yml',
    text: 'docker:\n  - image: cimg/node:⟦18.20⟧\n  - image: "node:⟦20-slim⟧"\nimage:\n  entrypoint: [""]\n  name: registry.example/node:⟦18.19⟧\n',
  },
  isIn: (path) => names.test(baseName(path)),
  find: (text) =>
    [
      ...findAll(text, new RegExp(`image["']?[ \\t]*:[ \\t]*["']?${nodeImage}`, 'dg')),
      ...findAll(text, new RegExp(`\\bimage[ \\t(]+["']${nodeImage}`, 'dg')),
      ...findAll(text, new RegExp(`^[ \\t]*name[ \\t]*:[ \\t]*["']?${nodeImage}`, 'dgm')),
    ].sort((one, other) => one.offset - other.offset),
};
