import { asJson } from '#app/as-json';
import type { Surroundings } from '#app/verb';
import { verbs } from '#app/verbs/index';
import { exitCodes } from '#core/error';
import type { CommandAnswer, CommandContext } from '../cli/command.ts';
import { answerRequest } from './answer-request.ts';
import { costOf, spentText } from './budget.ts';
import { type Account, openAccount, type Room } from './conversation.ts';
import { chosenModel } from './model.ts';
import { askPersonOf } from './person.ts';
import { openRoom } from './room.ts';

/** What is asked of a model, beside the words. */
export type ModelWork = {
  readonly workList?: string | undefined;
  readonly writeRecipe?: string | undefined;
  readonly cases?: string | undefined;
  readonly language?: string | undefined;
  readonly tries: number;
  readonly transcript?: string | undefined;
};

/** Is a model named that could be asked? Throws `config-invalid`. */
export function hasModel({ config, env }: Surroundings): boolean {
  return chosenModel(config, env) !== undefined;
}

/** Has a model do something, and tells what it took. The transcript is whole, however it ends. */
export async function workWithModel(
  words: string,
  work: ModelWork,
  { context, surroundings }: { readonly context: CommandContext; readonly surroundings: Surroundings },
): Promise<CommandAnswer> {
  const { terminal, isQuiet } = context;
  const tell = (line: string): void => {
    if (!isQuiet) terminal.stderr.write(`${line}\n`);
  };
  const room = await openRoom(surroundings, { transcript: work.transcript, tell });
  const account = openAccount();
  try {
    const persons = { surroundings, askPerson: askPersonOf(context) };
    const text = await answerRequest(words, { room, account, verbs, persons });
    await room.transcript.write({ kind: 'ended', text });
    return {
      json: asJson({ text: room.clean(text), ...sums(account, room, surroundings) }),
      text: `${text.trimEnd()}\n`,
      exit: exitCodes.done,
    };
  } catch (error) {
    await room.transcript.write({ kind: 'stopped', why: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    room.tell(`Used: ${spentText(account.spent, surroundings.config.assist)}.`);
  }
}

function sums({ spent }: Account, { transcript }: Room, { config }: Surroundings) {
  const { inputTokens, outputTokens, turns, isGuessed } = spent;
  const cost = costOf(spent, config.assist);
  const price = cost === undefined ? {} : { cost, currency: config.assist.price?.currency };
  return {
    turns,
    tokens: { input: inputTokens, output: outputTokens, isGuessed },
    ...price,
    transcript: transcript.file,
  };
}
