/**
 * The tag of an image in which Node is, behind the names of its registry: Node's own, those of services, and of functions.
 * Nodes of clusters have images of that name too, with versions that Node never had (`kindest/node:v1.29.2`).
 */
export const nodeTag =
  '(?:node|typescript-node|javascript-node|lambda/nodejs|aws-lambda-nodejs):(?:\\d+(?:\\.\\d+)?-node)?((?!v?[1-3]\\.|v0\\.|0\\.(?!1[02]\\b))[\\w.-]+)';

/** Such an image with its registry. */
export const nodeImage = `(?:[\\w.:-]+/)*${nodeTag}`;

/** Names of variables that say a Node version wherever they stand. */
export const nodeVariable = 'NODE(?:_?JS)?_(?:VERSION|VER|MAJOR|MAJOR_VERSION)';

/** A version as such variables hold it: those of Kubernetes and the numbers of shards are lower. */
export const nodeNumber = '((?!v?[0-3](?!\\d))v?\\d{1,2}(?:\\.(?:\\d+|x|\\*)){0,2}(?:-[A-Za-z][\\w.-]*)?)(?![\\w.-])';
