import { nodeImagesBehind } from '../image/node-image.ts';
import { findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';

const example = `jobs:
  test:
    strategy:
      matrix:
        node-version: [⟦18⟧, '⟦20.x⟧']
    container: node:⟦22-alpine⟧
    services: { x: { image: "node:⟦18-slim⟧" } }
    steps:
      - uses: actions/setup-node@v4
        with:
          node-version: "⟦lts/*⟧" # newest
      - { uses: actions/setup-node@v4, with: { node-version: ⟦lts/iron⟧, cache: npm } }
      - if: matrix.node-version == ⟦18⟧ && matrix['node'] != '⟦20.x⟧' || '⟦20⟧' == matrix.node || startsWith(matrix.node, '⟦18⟧')
        run: npm run legacy
  old:
    strategy:
      matrix:
        node:
          - ⟦16⟧
          - "⟦14⟧"
`;

/**
 * Workflows are read line by line, not as a document, so that one which is not YAML (a template, a work in progress)
 * still shows its versions. A key is `node`, `node-version(s)` or `node_version`; its value is a scalar, a flow list or a
 * block list.
 */
export const workflow: VersionPlace = {
  id: 'workflow',
  reads: 'GitHub Actions, Forgejo and Gitea Actions',
  example: { path: '.github/workflows/ci.yml', text: example },
  isIn: (path) => /(^|\/)(\.(github|gitea|forgejo)\/(workflows|actions)\/.+|action)\.ya?ml$/.test(path),
  find: (text) => {
    const found = [scalars, lists, blocks, flows, containers, conditions].flatMap((read) => read(text));
    return found.filter(({ value }) => !isPart.test(value)).sort((one, other) => one.offset - other.offset);
  },
};

const isPart = /^[0-3]$/;
const key = '(?:node|node(?:-?js)?[-_]?[vV]ersions?|nodeVersions?|NODE(?:JS)?_(?:VERSION|VER|MAJOR))';

function scalars(text: string): readonly Found[] {
  return findAll(
    text,
    new RegExp(
      `^[ \\t-]*['"]?${key}['"]?[ \\t]*:[ \\t]*["']?([\\w.*/~^<>=|-][^"'#\\n\\r,\\[{]*?)["']?[ \\t]*(?:#.*)?\\r?$`,
      'gmd',
    ),
  );
}

/** Within a mapping in one line: `with: { node-version: 20 }`. A list there is one of `lists` and no scalar. */
function flows(text: string): readonly Found[] {
  return findAll(
    text,
    new RegExp(`[{,][ \\t]*['"]?${key}['"]?[ \\t]*:[ \\t]*["']?([\\w.*/~^<>=|-]+)["']?[ \\t]*(?=[,}])`, 'gd'),
  );
}

function lists(text: string): readonly Found[] {
  return findAll(
    text,
    new RegExp(
      `(?:^[ \\t-]*|[{,][ \\t]*)['"]?${key}['"]?[ \\t]*:[ \\t]*["']?(?:\\$\\{\\{[ \\t]*fromJSON\\(')?(\\[[^\\]]*\\])`,
      'gmd',
    ),
  ).flatMap((list) => entriesOf(list, findAll(list.value, /["']?([\w.*/~^<>=|-]+)["']?[ \t]*(?=[,\]\n\r])/dg)));
}

function blocks(text: string): readonly Found[] {
  const block = new RegExp(
    `^[ \\t-]*['"]?${key}['"]?[ \\t]*:[ \\t]*(?:#.*)?\\r?\\n((?:[ \\t]*-[ \\t]+[^\\n:]*(?:\\n|$))+)`,
    'gmd',
  );
  return findAll(text, block).flatMap((list) =>
    entriesOf(list, findAll(list.value, /^[ \t]*-[ \t]+["']?([\w.*/~^<>=|-]+)["']?/dgm)),
  );
}

function containers(text: string): readonly Found[] {
  const key = '(?:^[ \\t-]*|[{,][ \\t]*)(?:container|image)[ \\t]*:[ \\t]*["\']?';
  return nodeImagesBehind(text, `(?:${key}|docker://)`, { flags: 'gm' });
}

/** `if: matrix.node == 20` is about a value of the matrix, and goes where that goes; a part of a text is named. */
function conditions(text: string): readonly Found[] {
  const used = [...text.matchAll(/\bnode-version["']?[ \t]*:[ \t]*["']?\$\{\{[ \t]*matrix\.([\w-]+)/g)];
  const names = [key, ...used.map(([, name = '']) => name)].join('|');
  const held = `\\bmatrix(?:\\.(?:${names})\\b|\\[['"](?:${names})['"]\\])`;
  const value = `['"]?(\\d[\\w.]*)`;
  return [
    ...findAll(text, new RegExp(`${held}[ \\t]*[!=]=[ \\t]*${value}`, 'dg')),
    ...findAll(text, new RegExp(`(?<![\\w.-])${value}['"]?[ \\t]*[!=]=[ \\t]*${held}`, 'dg')),
    ...findAll(
      text,
      new RegExp(`\\b(?:startsWith|endsWith|contains)\\([ \\t]*${held}[ \\t]*,[ \\t]*${value}`, 'dg'),
    ).map((found) => ({ ...found, stays: 'it asks for a part of what stands in a matrix' })),
  ];
}

/** A list of numbers from 0 or 1 on says how a job is cut into parts, whatever its key. */
function entriesOf(list: Found, inner: readonly Found[]): readonly Found[] {
  return inner.some(({ value }) => isPart.test(value)) ? [] : within(list, inner);
}

function within(outer: Found, inner: readonly Found[]): readonly Found[] {
  return inner.map(({ value, offset }) => ({ value, offset: outer.offset + offset }));
}
