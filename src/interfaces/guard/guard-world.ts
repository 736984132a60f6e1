/** What the guard may look at. Every answer that it cannot get counts as the worst. */
export type GuardWorld = {
  /** Text of a file that a command reads; undefined where it cannot be read. */
  read(path: string): string | undefined;
  /** True where a migration is on its way in this folder, or nobody can tell. */
  isMigrating(): boolean;
  /** Folder in which commands run, from the top of the repository; left out where it is the top. */
  readonly folder?: string;
};
