import type * as z from 'zod';
import type { Answer, Surroundings, VerbExample } from '#app/verb';
import type { Callable } from './parse-command-line.ts';
import type { Terminal } from './terminal.ts';

/** What a command of the command line may use. */
export type CommandContext = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  /** All that can be called. */
  readonly callables: readonly Callable[];
  /** What verbs get; loads the configuration. Throws `config-invalid`. */
  surroundings(): Promise<Surroundings>;
};

/** What a command leaves: its document for `--json`, its text for people, its exit code. */
export type CommandAnswer = Pick<Answer, 'json' | 'exit'> & { readonly text: string };

/** Something that exists only on the command line. */
export interface Command<I = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly VerbExample[];
  readonly argument?: string;
  readonly input: z.ZodType<I>;
  execute(input: I, context: CommandContext): Promise<CommandAnswer>;
}
