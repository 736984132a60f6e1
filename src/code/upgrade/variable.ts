/** What one choice demands of another variable: a choice of it that `accepts` lets pass. */
export type Demand = {
  readonly on: string;
  /** Demands with one key on one variable accept the same. */
  readonly key: string;
  accepts(value: string | undefined): boolean;
};

/** One value that a variable may take; undefined stands for absence. */
export type Choice = {
  readonly value: string | undefined;
  readonly cost: number;
  /** True for what is there now. Two that both stay are never held against each other. */
  readonly isStay: boolean;
  readonly demands: readonly Demand[];
};

export type Variable = { readonly id: string; readonly choices: readonly Choice[] };
