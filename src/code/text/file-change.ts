/**
 * What is to become of a file: path from the root of the tree with slashes, its whole text before (undefined where it is
 * not there) and after (undefined where it goes). Texts keep their byte order mark and line ends.
 */
export type FileChange = {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
};
