import type { Consent, GateQuestion } from '#app/consent';
import type { Terminal } from './terminal.ts';

export type ConsentOptions = {
  /** Gates named by --confirm. */
  readonly confirmed: readonly string[];
  readonly who: string;
  readonly terminal: Terminal;
  /** False with --json or without a terminal. */
  readonly mayAsk: boolean;
  /** `--yes`: ordinary questions are not asked. */
  readonly yes: boolean;
  /** Called before a question is shown, so that progress does not write over it. */
  quiet(): void;
};

/** What somebody says at this command line: by --confirm, or at the prompt of a real terminal. */
export function cliConsent({ confirmed, who, terminal, mayAsk, yes, quiet }: ConsentOptions): Consent {
  return {
    given: confirmed,
    isNobodyThere: !mayAsk || yes,
    async confirm(question, signal) {
      if (confirmed.includes(question.gate.id)) return { by: who, means: 'flag' };
      if (!mayAsk) return undefined;
      quiet();
      const { confirm, isCancel, note } = await import('@clack/prompts');
      const streams = { input: terminal.stdin, output: terminal.stderr, signal };
      note(describe(question), `Gate ${question.gate.id} on ${question.target}`, streams);
      const answer = await confirm({ message: 'Is that done? Go on?', initialValue: false, ...streams });
      return isCancel(answer) || !answer ? undefined : { by: who, means: 'typed' };
    },
  };
}

/** A yes to an ordinary question; `--yes` answers it. */
export async function askYes(
  question: string,
  options: Pick<ConsentOptions, 'terminal' | 'mayAsk' | 'yes'>,
): Promise<boolean> {
  if (options.yes) return true;
  if (!options.mayAsk) return false;
  const { confirm, isCancel } = await import('@clack/prompts');
  const { terminal } = options;
  const answer = await confirm({
    message: question,
    initialValue: false,
    input: terminal.stdin,
    output: terminal.stderr,
  });
  return !isCancel(answer) && answer;
}

/** True when a person at a terminal has typed exactly this; undefined text where nobody can be asked. */
export async function askText(
  question: string,
  options: Pick<ConsentOptions, 'terminal' | 'mayAsk'>,
): Promise<string | undefined> {
  if (!options.mayAsk) return undefined;
  const { text, isCancel } = await import('@clack/prompts');
  const answer = await text({ message: question, input: options.terminal.stdin, output: options.terminal.stderr });
  return isCancel(answer) ? undefined : answer.trim();
}

function describe({ gate, direction, evidence }: GateQuestion): string {
  const marks = { holds: '✓', missing: '✗', unreadable: '?' } as const;
  const lines = evidence.map(({ title, state, detail }) => `${marks[state]} ${title}: ${detail}`);
  return [direction === 'forward' ? gate.needs : gate.needsBack, ...lines].join('\n');
}
