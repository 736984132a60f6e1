/** A Python on this machine. */
export type PythonProgram = {
  /** Absolute. */
  readonly program: string;
  /** e.g. `3.13.0` */
  readonly version: string;
};
