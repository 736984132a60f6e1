import type { Deed } from '#app/deed';
import type { CommandContext } from '../cli/command.ts';
import { askYes } from '../cli/consent.ts';

/** Asks whoever sits at the terminal, and nobody else: `--yes` answers no question of a model. */
export function askPersonOf({ terminal, isJson }: CommandContext): ((deed: Deed) => Promise<boolean>) | undefined {
  if (!terminal.isInteractive || isJson) return undefined;
  return async ({ question }) => {
    terminal.stderr.write(`${question.join('\n')}\n`);
    return askYes('The model asks for this. Do it?', { terminal, mayAsk: true, yes: false });
  };
}
