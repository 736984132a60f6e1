import * as z from 'zod';
import { exitCodes, fail } from '#core/error';
import type { Command } from '../command.ts';
import { completionScript } from '../completion-script.ts';

const input = z.strictObject({
  shell: z.string().default('bash').describe('The shell: bash, or zsh with bashcompinit'),
});

/** Completion of names, flags and plans in the shell. */
export const completion: Command<z.infer<typeof input>> = {
  name: 'completion',
  summary: 'Print a script that completes verbs, flags and plans in the shell',
  description:
    'The script holds all that it offers and calls nothing. Load it with `source <(godwit completion bash)`, in zsh after `autoload -U bashcompinit && bashcompinit`.',
  examples: [
    { command: 'godwit completion bash', says: 'the script, e.g. for /etc/bash_completion.d/godwit' },
    { command: 'godwit completion zsh', says: 'the same, for a shell with bashcompinit' },
  ],
  argument: 'shell',
  input,
  async execute({ shell }, { callables }) {
    if (shell !== 'bash' && shell !== 'zsh')
      throw fail('not-built', {
        what: `There is no completion for ${shell} yet.`,
        why: 'bash has one, and zsh the same by bashcompinit.',
        next: 'Use `godwit completion bash` or `godwit completion zsh`.',
      });
    const { allRecipes } = await import('#app/recipes/all-recipes');
    const script = completionScript(
      callables,
      allRecipes().map(({ id }) => id),
    );
    return { json: { shell, script }, text: script, exit: exitCodes.done };
  },
};
