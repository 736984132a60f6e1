import { imageLineEnd, imagePrefixes, isImageFile } from '../image/image-prefixes.ts';
import { nodeImagesBehind } from '../image/node-image.ts';
import type { VersionPlace } from '../version-place.ts';

export const image: VersionPlace = {
  id: 'image',
  reads: 'Compose, Kubernetes, GitLab, Bitbucket, CircleCI, Jenkins, Cloud Build, development containers',
  example: {
    path: '.circleci/config.yml',
    text: 'docker:\n  - image: cimg/node:⟦18.20⟧\n  - image: "node:⟦20-slim⟧"\nimage:\n  entrypoint: [""]\n  name: registry.example/node:⟦18.19⟧\nsteps:\n  - name: "node:⟦20⟧"\n  - name: node:20 is old\n',
  },
  isIn: isImageFile,
  find: (text) =>
    [
      ...nodeImagesBehind(text, imagePrefixes.key, { flags: 'g' }),
      ...nodeImagesBehind(text, imagePrefixes.call, { flags: 'g' }),
      ...nodeImagesBehind(text, imagePrefixes.name, { flags: 'gm' }),
      ...nodeImagesBehind(text, imagePrefixes.step, { flags: 'gm', end: imageLineEnd }),
    ].sort((one, other) => one.offset - other.offset),
};
