import * as z from 'zod';
import { exitCodes, fail } from '#core/error';
import type { Command } from '../command.ts';
import { fishCompletion } from '../completion-fish.ts';
import { completionScript } from '../completion-script.ts';
import { completionWords } from '../completion-words.ts';

const input = z.strictObject({
  shell: z.string().default('bash').describe('The shell: bash, fish, or zsh with bashcompinit'),
});

/** Completion of names, flags and plans in the shell. */
export const completion: Command<z.infer<typeof input>> = {
  name: 'completion',
  summary: 'Print a script that completes verbs, flags and plans in the shell',
  description:
    'The script holds all that it offers and calls nothing. Load it with `source <(godwit completion bash)`, in zsh after `autoload -U bashcompinit && bashcompinit`, in fish with `godwit completion fish | source`.',
  examples: [
    { command: 'godwit completion bash', says: 'the script, e.g. for /etc/bash_completion.d/godwit' },
    { command: 'godwit completion fish', says: 'the script, e.g. for ~/.config/fish/completions/godwit.fish' },
    { command: 'godwit completion zsh', says: 'the same, for a shell with bashcompinit' },
  ],
  argument: 'shell',
  input,
  async execute({ shell }, { callables }) {
    if (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish')
      throw fail('not-built', {
        what: `There is no completion for ${shell} yet.`,
        why: 'bash and fish have one, and zsh that of bash by bashcompinit.',
        next: 'Use `godwit completion bash`, `godwit completion fish` or `godwit completion zsh`.',
      });
    const { allRecipes } = await import('#app/recipes/all-recipes');
    const words = completionWords(
      callables,
      allRecipes().map(({ id }) => id),
    );
    const script = shell === 'fish' ? fishCompletion(words) : completionScript(words);
    return { json: { shell, script }, text: script, exit: exitCodes.done };
  },
};
