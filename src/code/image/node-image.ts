/** The tag of an image in which Node is, behind the names of its registry: Node's own, those of services, and of functions. */
export const nodeTag =
  '(?:node|typescript-node|javascript-node|lambda/nodejs|aws-lambda-nodejs):(?:\\d+(?:\\.\\d+)?-node)?([\\w.-]+)';

/** Such an image with its registry. */
export const nodeImage = `(?:[\\w.:-]+/)*${nodeTag}`;

/** Names of variables that say a Node version wherever they stand. */
export const nodeVariable = 'NODE(?:_?JS)?_(?:VERSION|VER|MAJOR|MAJOR_VERSION)';

/** A version as such variables hold it. */
export const nodeNumber = '(v?\\d{1,2}(?:\\.(?:\\d+|x|\\*)){0,2}(?:-[A-Za-z][\\w.-]*)?)(?![\\w.-])';
