import type { Json } from '#core/canonical';
import { type ExitCode, exitCodes, isFailure } from '#core/error';

type Clean = (text: string) => string;

/** What stopped the command, ready to be shown: no credential is left in it. */
export type ShownError = {
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly next: string;
  readonly exit: ExitCode;
  readonly trace: string | undefined;
};

/** An expected stop says what, why and what next; anything else is a mistake of ours and says so. */
export function explainError(error: unknown, clean: Clean): ShownError {
  if (isFailure(error)) {
    const { what, why, next } = error.explanation;
    const trace = error.cause instanceof Error ? clean(error.cause.stack ?? error.cause.message) : undefined;
    return { code: error.code, what: clean(what), why: clean(why), next: clean(next), exit: error.exitCode, trace };
  }
  const said = error instanceof Error ? error : new Error(String(error));
  return {
    code: 'bug',
    what: 'godwit itself made a mistake.',
    why: clean(said.message),
    next: 'Run it again with --verbose and report what it prints. What was done before is in the journal: `godwit status`.',
    exit: exitCodes.error,
    trace: clean(said.stack ?? said.message),
  };
}

/** The document for `--json`. */
export function errorDocument({ code, what, why, next }: ShownError): Json {
  return { error: { code, what, why, next } };
}
