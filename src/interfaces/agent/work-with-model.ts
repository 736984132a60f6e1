import { asJson } from '#app/as-json';
import type { Surroundings } from '#app/verb';
import { verbs } from '#app/verbs/index';
import { findingLine } from '#app/work-list/against-before';
import { type ExitCode, exitCodes, fail } from '#core/error';
import type { CommandAnswer, CommandContext } from '../cli/command.ts';
import { answerRequest } from './answer-request.ts';
import { costOf, spentText } from './budget.ts';
import { type Account, openAccount, type Room } from './conversation.ts';
import type { WorkListAnswer } from './fill-work-list.ts';
import { chosenModel } from './model.ts';
import { askPersonOf } from './person.ts';
import { openRoom } from './room.ts';
import type { WrittenRecipe } from './write-recipe.ts';

/** What is asked of a model, beside the words. */
export type ModelWork = {
  readonly workList?: string | boolean | undefined;
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
  place: { readonly context: CommandContext; readonly surroundings: Surroundings },
): Promise<CommandAnswer> {
  const { context, surroundings } = place;
  const { terminal, isQuiet } = context;
  const tell = (line: string): void => {
    if (!isQuiet) terminal.stderr.write(`${line}\n`);
  };
  const room = await openRoom(surroundings, { transcript: work.transcript, tell });
  const account = openAccount();
  try {
    const { json, text, exit } = await done(words, work, { ...place, room, account });
    await room.transcript.write({ kind: 'ended', text });
    return { json: asJson({ ...json, ...sums(account, room, surroundings) }), text: `${text.trimEnd()}\n`, exit };
  } catch (error) {
    await room.transcript.write({ kind: 'stopped', why: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    room.tell(`Used: ${spentText(account.spent, surroundings.config.assist)}.`);
  }
}

type Done = { readonly json: object; readonly text: string; readonly exit: ExitCode };
type Place = {
  readonly context: CommandContext;
  readonly surroundings: Surroundings;
  readonly room: Room;
  readonly account: Account;
};

async function done(words: string, work: ModelWork, place: Place): Promise<Done> {
  const { context, room, account, surroundings } = place;
  const { tries: triesMax, writeRecipe: id, cases, language } = work;
  if (id !== undefined) {
    if (cases === undefined) throw noCases(id);
    const { writeRecipeByModel } = await import('./write-recipe.ts');
    const made = await writeRecipeByModel({ id, cases, language, words, triesMax }, { room, account, surroundings });
    return { json: made, text: recipeText(made), exit: exitCodes.done };
  }
  if (work.workList !== undefined && work.workList !== false) {
    const { fillWorkList } = await import('./fill-work-list.ts');
    const filled = await fillWorkList(work.workList === true ? undefined : work.workList, {
      room,
      account,
      surroundings,
      triesMax,
    });
    const exit = filled.left.length === 0 ? exitCodes.done : exitCodes.approval;
    return { json: filled, text: workListText(filled), exit };
  }
  const persons = { surroundings, askPerson: askPersonOf(context) };
  const text = room.clean(await answerRequest(words, { room, account, verbs, persons }));
  return { json: { text }, text, exit: exitCodes.done };
}

function recipeText({ folder, files, shown, heldBack }: WrittenRecipe): string {
  return `Wrote ${files.length} files into ${folder}. It holds on ${shown} cases that the model saw and ${heldBack} that it did not.\nRead scripts/codemod.ts before you use it; then \`godwit recipe run ${folder} --dry-run\`.`;
}

function workListText({ plan, done, left }: WorkListAnswer): string {
  const lines = done.map(({ part, state, detail, tries }) =>
    state === 'left'
      ? `✗ ${part}: left after ${tries} tries. ${detail.split('\n')[0]}`
      : `✓ ${part}: ${detail.slice(0, 10)}${tries > 1 ? `, at try ${tries}` : ''}`,
  );
  const end =
    left.length === 0
      ? `The gate is passed: \`godwit status ${plan}\`. Every edit is a commit of its own; read them.`
      : `The gate objects to ${left.length} more:\n${left.slice(0, 20).map(findingLine).join('\n')}\nMend them, then \`godwit apply ${plan}\`. What was kept stays as commits; \`godwit rollback ${plan}\` takes all back.`;
  return [...lines, end].join('\n');
}

function noCases(id: string): Error {
  return fail('bad-input', {
    what: `There is nothing to write the recipe ${id} from.`,
    why: 'No folder with cases was named.',
    next: `Name it: \`godwit assist --write-recipe ${id} --cases FOLDER\`, with a folder for each case that holds before.EXT and after.EXT.`,
  });
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
