import { asJson } from '#app/as-json';
import { commandOf, understood } from '#app/plain-words/understand';
import { sayings } from '#app/sayings/index';
import { exitCodes, fail } from '#core/error';
import { type AssistInput, assistInput } from '../assist-input.ts';
import type { Command } from '../command.ts';

/** Plain words as a command, without a model. That it is called then is the business of ../plain-words.ts. */
export const assist: Command<AssistInput> = {
  name: 'assist',
  summary: 'Say in plain words what is to be done: the command that it stands for is shown, and called',
  description:
    'A small grammar, no language model: what it does not understand it says, with the nearest commands, and guesses nothing. `godwit "…"` is the same. Consent cannot be given in words: what asks for it asks still.',
  examples: [
    { command: 'godwit assist "rename users.name to full_name"', says: 'plans the rename of a column' },
    { command: 'godwit assist --show "make orders.id bigint"', says: 'only show the command' },
    { command: 'godwit assist --list', says: 'all that can be said' },
  ],
  argument: 'words',
  input: assistInput,
  async execute({ words = [], list = false }) {
    if (list)
      return { json: asJson(sayings.map(({ means: _, ...listed }) => listed)), text: listText(), exit: exitCodes.done };
    if (words.length === 0)
      throw fail('bad-input', {
        what: '`godwit assist` was not told what is to be done.',
        why: 'There are no words after it.',
        next: 'Say it, e.g. `godwit assist "rename users.name to full_name"`; `godwit assist --list` shows what can be said.',
      });
    const found = understood(words.join(' '));
    return { json: { args: [...found.args] }, text: `${commandOf(found)}\n`, exit: exitCodes.done };
  },
};

function listText(): string {
  const parts = sayings.map(({ summary, forms, examples }) =>
    [
      summary,
      ...forms.map((form) => `  ${form}`),
      ...examples.map(({ says, command }) => `    e.g. ${says}\n         ${command}`),
    ].join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}
