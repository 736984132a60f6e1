import { nodeImagesBehind } from '../image/node-image.ts';
import { baseName } from '../text/search-text.ts';
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
      ...nodeImagesBehind(text, 'image["\']?[ \\t]*:[ \\t]*["\']?', { flags: 'g' }),
      ...nodeImagesBehind(text, '\\b(?:image|docker)[ \\t(]+["\']', { flags: 'g' }),
      ...nodeImagesBehind(text, '(?:^|[{,])[ \\t]*name[ \\t]*:[ \\t]*["\']?', { flags: 'gm' }),
    ].sort((one, other) => one.offset - other.offset),
};
