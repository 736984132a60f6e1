import { isCommandPlace } from '../command-files.ts';
import { imageLineEnd, imagePrefixes } from '../image/image-prefixes.ts';
import { nodeImagesBehind, nodeNumber, nodeVariable } from '../image/node-image.ts';
import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

const variable = `(?<![\\w.$-])${nodeVariable}[ \\t]*[:?]?:?=[ \\t]*\\\\?["']?${nodeNumber}`;
const member = `(?:^[ \\t-]*|[{,][ \\t]*)["']?${nodeVariable}["']?[ \\t]*:[ \\t]*["']?${nodeNumber}`;
const pair = `\\b(?:key|name)["']?[ \\t]*:[ \\t]*["']?${nodeVariable}["']?[ \\t]*(?:,[ \\t]*|\\r?\\n[ \\t]+)["']?value["']?[ \\t]*:[ \\t]*["']?${nodeNumber}`;
const fallback = `\\$\\{${nodeVariable}:?[-=]["']?${nodeNumber}`;

/** Variables of Makefiles, scripts and YAML files that say a Node version by their name, or hold an image of Node. */
export const assignedVariable: VersionPlace = {
  id: 'assigned-variable',
  reads: 'make, just, shells, Compose, Kubernetes',
  example: {
    path: 'Makefile',
    text: 'NODE_VERSION ?= ⟦18.19.0⟧\nIMAGE := node:⟦18-slim⟧\nPNPM_VERSION = 8\nrun:\n\tNODE_MAJOR=⟦18⟧ ./build.sh $(NODE_VERSION)\n',
  },
  isIn: (path) => isCommandPlace(path) || /^([\w.-]+(?<!-lock)\.ya?ml|package\.json)$/.test(baseName(path)),
  find: (text) =>
    [
      ...findAll(text, new RegExp(variable, 'dgi')),
      ...findAll(text, new RegExp(member, 'dgm')),
      ...findAll(text, new RegExp(pair, 'dg')),
      ...findAll(text, new RegExp(fallback, 'dgi')),
      ...nodeImagesBehind(text, imagePrefixes.assigned, { flags: 'gim', end: imageLineEnd }),
    ].sort((one, other) => one.offset - other.offset),
};
