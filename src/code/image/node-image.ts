import { nodeCodeNames } from '../process/node-code-names.ts';
import { findAll } from '../text/search-text.ts';
import type { Found } from '../version-place.ts';

const words = `lts|latest|current|stable|alpine|slim|trixie|bookworm|bullseye|buster|${Object.keys(nodeCodeNames).join('|')}`;

/**
 * An image in which Node is, with its registry: Node's own, those of services, and of functions. The group is the version.
 * Nodes of clusters have images of that name too, with versions that Node never had (`kindest/node:v1.29.2`).
 */
export const nodeImage = [
  '(?:[\\w.:-]+/)*',
  '(?:node|lambda/nodejs|aws-lambda-nodejs|(?:typescript|javascript)-node(?!:\\d+(?:\\.\\d+)*-\\$)):',
  // A version of the image itself, and then that of Node.
  '(?:\\d+(?:\\.\\d+)?-node|(?<=script-node:)\\d+(?:\\.\\d+)*-(?=\\d))?',
  '((?!v?[1-3]\\.|v0\\.|0\\.(?!1[02]\\b))',
  `(?=v?\\d|(?:${words})(?![a-z]))[\\w.-]*\\w)`,
].join('');

/** The versions of such images behind what stands before them, the source of whose pattern is given. Pure. */
export function nodeImagesBehind(text: string, before: string, options: ImageOptions): readonly Found[] {
  const pattern = new RegExp(`${before}${nodeImage}${options.end ?? ''}`, `d${options.flags}`);
  return findAll(text, pattern).map((found) => {
    const stays = whyFixed(text, found);
    return stays === undefined ? found : { ...found, stays };
  });
}

function whyFixed(text: string, { value, offset }: Found): string | undefined {
  if (/script-node:\d+(?:\.\d+)*-$/.test(text.slice(Math.max(0, offset - 40), offset)))
    return 'a version of the image stands before it, which may have no newer Node';
  const isCut = text.startsWith('.$', offset + value.length);
  return isCut ? 'a variable says the rest of the version' : undefined;
}

type ImageOptions = { readonly flags: string; readonly end?: string };

/** Names of variables that say a Node version wherever they stand. */
export const nodeVariable = 'NODE(?:_?JS)?_(?:VERSION|VER|MAJOR|MAJOR_VERSION)';

/** A version as such variables hold it: those of Kubernetes and the numbers of shards are lower. */
export const nodeNumber = '((?!v?[0-3](?!\\d))v?\\d{1,2}(?:\\.(?:\\d+|x|\\*)){0,2}(?:-[A-Za-z][\\w.-]*)?)(?![\\w.-])';
