/** What was asked for on the command line. */
export type UpgradeRequest = {
  /** e.g. `react@19`, `express@5,typescript@6`, `all` */
  readonly text: string;
  /** e.g. `7d` */
  readonly minAge: string | undefined;
  /** e.g. `eslint-plugin-x>eslint=9: reason` */
  readonly overrides: readonly string[];
  /** True where published tools may be called, which run programs and open connections. */
  readonly mayRun: boolean;
  /** Packages whose old and new version are to stand side by side first. */
  readonly flags: readonly string[];
};
