import pc from 'picocolors';

/** Where the command line reads and writes. */
export type Terminal = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Standard input and standard error are both a terminal, so that somebody can be asked. */
  readonly isInteractive: boolean;
  readonly colors: Colors;
};

export type Colors = ReturnType<typeof pc.createColors>;

/** The terminal of a process. `color` false, NO_COLOR or a standard error that is no terminal mean no colour. */
export function terminalOf(
  { stdin, stdout, stderr }: Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>,
  options: { readonly color: boolean; readonly env: Readonly<Record<string, string | undefined>> },
): Terminal {
  const isWanted = options.color && (options.env.NO_COLOR ?? '') === '' && options.env.TERM !== 'dumb';
  return {
    stdin,
    stdout,
    stderr,
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    colors: pc.createColors(isWanted && stderr.isTTY === true),
  };
}
