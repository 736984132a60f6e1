import { asJson } from '#app/as-json';
import { commandOf, understand, understood } from '#app/plain-words/understand';
import { sayings } from '#app/sayings/index';
import { exitCodes, fail } from '#core/error';
import { type AssistInput, assistInput } from '../assist-input.ts';
import type { Command } from '../command.ts';

/** Plain words as a command: a grammar first, a model where one is named. That a command is called is the business of ../plain-words.ts. */
export const assist: Command<AssistInput> = {
  name: 'assist',
  summary: 'Say in plain words what is to be done: the command that it stands for is shown, and called',
  description:
    'A small grammar comes first, without a model; `godwit "…"` is the same. What it does not understand goes to the model that GODWIT_MODEL or `assist.model` names, if there is one: it reads this folder, calls the verbs, and explains; else the nearest commands are said, and nothing is guessed. What changes something asks you at the terminal. Consent cannot be given in words.',
  examples: [
    { command: 'godwit assist "rename users.name to full_name"', says: 'plans the rename of a column' },
    { command: 'godwit assist --show "make orders.id bigint"', says: 'only show the command' },
    { command: 'godwit assist --list', says: 'all that can be said' },
    { command: 'godwit assist --model "which tables are the risk of this plan?"', says: 'ask the model' },
    { command: 'godwit assist --work-list', says: 'let the model do what an upgrade left to people' },
  ],
  argument: 'words',
  input: assistInput,
  async execute(input, context) {
    const { words = [], list = false } = input;
    if (list)
      return { json: asJson(sayings.map(({ means: _, ...listed }) => listed)), text: listText(), exit: exitCodes.done };
    const isWork = input.workList !== undefined || input.writeRecipe !== undefined;
    if (words.length === 0 && !isWork) throw nothingSaid();
    const said = words.join(' ');
    if (!isWork && input.model !== true) {
      const found = understand(said);
      if (found !== undefined)
        return { json: { args: [...found.args] }, text: `${commandOf(found)}\n`, exit: exitCodes.done };
    }
    const { hasModel, workWithModel } = await import('../../agent/work-with-model.ts');
    const surroundings = await context.surroundings();
    if (!isWork && input.model !== true && (input.show === true || !hasModel(surroundings))) understood(said);
    return workWithModel(said, input, { context, surroundings });
  },
};

function nothingSaid(): Error {
  return fail('bad-input', {
    what: '`godwit assist` was not told what is to be done.',
    why: 'There are no words after it.',
    next: 'Say it, e.g. `godwit assist "rename users.name to full_name"`; `godwit assist --list` shows what can be said.',
  });
}

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
