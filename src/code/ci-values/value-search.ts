/** What is looked for among the values of a service of CI. */
export type ValueSearch = {
  /** The source of a pattern for what stands before a version where it is taken. */
  readonly taker: string;
  /** Names that mean it wherever they stand. */
  readonly known: RegExp;
  readonly version: RegExp;
};
