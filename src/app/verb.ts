import type * as z from 'zod';
import type { Json } from '#core/canonical';
import type { ExitCode } from '#core/error';
import type { Report } from '#core/report';
import type { Consent } from '#run/consent';
import type { Surroundings as RunSurroundings } from '#run/surroundings';
import type { Config } from './config.ts';
import type { TargetChoice } from './target.ts';

/** What a verb answers: the document for `--json`, the report for people, and the exit code. */
export type Answer = {
  readonly json: Json;
  readonly report: Report;
  readonly exit: ExitCode;
  /** Sentences after the report: where things were written, what to do next. */
  readonly notes?: readonly string[];
  /** The whole text for people, where the verb was asked for a format of its own. */
  readonly text?: string;
  /** It gives the user's own file back, which stays as it is, words that are credentials elsewhere too. */
  readonly isVerbatim?: boolean;
};

/** All that a verb may know of the world. Nothing else is global. */
export type Surroundings = RunSurroundings & {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: Config;
  /** Which files below a folder are read, by their absolute paths, where whoever asks may not see all. */
  readonly mayRead?: (path: string) => boolean;
  /** Chance, from 0 up to 1. */
  random(): number;
  /** What the user said of the target; `chooseTarget` makes it one. */
  readonly choice: TargetChoice;
  /** Whose sessions are opened on a database: the target's own user's, or those of its user for reading, where it has one. */
  readonly sessions?: 'reader';
  /** Brought by an interface and by nothing else; no verb's input holds it. */
  readonly consent: Consent;
  /** Asks an ordinary question (`--yes` answers it). False where nobody can be asked. */
  confirm(question: string): Promise<boolean>;
  /** Asks a person to type a name; nothing but a person can. False where it was not typed, or nobody can be asked. */
  confirmByName(question: string, name: string): Promise<boolean>;
};

/** An example that stands in the help text and the manual, and is run by the tests. */
export type VerbExample = { readonly command: string; readonly says: string };

/** A question that every interface can ask. */
export interface Verb<I = unknown> {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly examples: readonly VerbExample[];
  /** Read-only verbs use read-only transactions and may be called by anybody. */
  readonly isReadOnly: boolean;
  /** The command line adds `--confirm GATE`, which becomes consent, never input. */
  readonly takesConsent?: boolean;
  /** Field of the input that a bare argument fills, e.g. `intent` or `plan`. */
  readonly argument?: string;
  readonly input: z.ZodType<I>;
  /** What `json` of its answer holds at least: see outputs.ts. */
  readonly output: z.ZodObject;
  execute(input: I, surroundings: Surroundings): Promise<Answer>;
}
