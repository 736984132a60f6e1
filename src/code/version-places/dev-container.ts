import { judgedArgument } from '../image/set-arguments.ts';
import { baseName, findAll, findInJson } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';
import { nodeArgument } from './build-argument.ts';

/** Features of development containers that install a Node, and the arguments of their image. https://containers.dev/features */
export const devContainer: VersionPlace = {
  id: 'dev-container',
  reads: 'development containers, Codespaces',
  example: {
    path: '.devcontainer/devcontainer.json',
    text: '{\n  // node\n  "build": { "args": { "VARIANT": "⟦18-bullseye⟧", "NODE_VERSION": "⟦18⟧" } },\n  "features": { "ghcr.io/devcontainers/features/node:1": { "version": "⟦18⟧" }, "ghcr.io/devcontainers/features/go:1": { "version": "18" } },\n}\n',
  },
  isIn: (path) => /^\.?devcontainer\.json$/.test(baseName(path)),
  find: (text, told) => {
    const features = [...text.matchAll(/"([^"\s]*\/node(?::[^"\s]*)?)"[ \t]*:/g)].flatMap(([, name = '']) => [
      ...findInJson(text, ['features', name, 'version']),
      ...findInJson(text, ['features', name]),
    ]);
    const names = [...new Set([...text.matchAll(/"(\w+)"[ \t]*:/g)].map(([, name = '']) => name))];
    const args = names.flatMap((name) =>
      findInJson(text, ['build', 'args', name]).flatMap((found) => {
        const known = judgedArgument({ ...found, name }, told, nodeArgument);
        return known.length > 0 ? known : variantOf(text, name, found);
      }),
    );
    return [...features.filter(({ value }) => /^\d/.test(value)), ...args].sort(
      (one, other) => one.offset - other.offset,
    );
  },
};

/** The version of an image that its Dockerfile, or a template of long ago, names: Node's where the container speaks of Node. */
function variantOf(text: string, name: string, found: Found): readonly Found[] {
  const stays = 'no Dockerfile of the tree says of which image it is a version';
  const isVariant = name === 'VARIANT' && /^(?:1[02468]|2\d)(?:-[a-z]+)?$/.test(found.value);
  return isVariant && findAll(text, /(\bnode\b)/dgi).length > 0 ? [{ ...found, stays }] : [];
}
