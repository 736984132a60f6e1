import type { CheckKind, LintProblem, TestOutcome, TypeProblem } from './gate/measurement.ts';

/** What a run left behind: both streams, the exit code, and the report where one was asked for and written. */
export type ToolRun = {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
  readonly report: string | undefined;
};

/** What a run says, with paths as the tool spells them; or why it cannot be read. */
export type Reading =
  | { readonly kind: 'types'; readonly problems: readonly TypeProblem[] }
  | { readonly kind: 'lint'; readonly problems: readonly LintProblem[] }
  | { readonly kind: 'test'; readonly tests: readonly TestOutcome[] }
  | { readonly kind: 'unreadable'; readonly why: string };

/** How a tool is made to report: words behind its own, variables, options for every Node process below. */
export type Reporting = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: string;
};

/** A program by which a project checks itself. One file on the shelf `check-tools/` for each. */
export interface CheckTool {
  readonly id: string;
  readonly kind: CheckKind;
  /** Names under which it is called, without folder and extension. */
  readonly programs: readonly string[];
  /** False where the call checks nothing (`biome format`, `node server.js`). `program` is the one of `programs` called. */
  isCheck(args: readonly string[], program: string): boolean;
  /** The arguments for one run that changes no source: watching and mending are taken out. */
  once(args: readonly string[]): readonly string[];
  /** Makes it write what `read` reads. `file` is an absolute path at which nothing stands. */
  report(file: string, args: readonly string[]): Reporting;
  /** The same for releases that do not take the words of `report`. */
  reportOlder?(file: string, args: readonly string[]): Reporting;
  read(run: ToolRun): Reading;
}
