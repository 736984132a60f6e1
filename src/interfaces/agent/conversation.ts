import type { JSONSchema7, LanguageModel, ModelMessage, ToolSet } from 'ai';
import * as z from 'zod';
import type { Json } from '#core/canonical';
import { fail, isFailure } from '#core/error';
import { type Budget, nothingSpent, overdrawn, type Spent, tokensLeft } from './budget.ts';
import { callDesk } from './call-desk.ts';
import type { AgentTool, ToolSurroundings } from './tool.ts';
import type { Transcript } from './transcript.ts';
import {
  askModel,
  charactersOfToken,
  OverBudget,
  type Patience,
  type Question,
  type Turn,
  type WantedCall,
} from './turn.ts';

/** Where a conversation takes place. */
export type Room = Pick<Patience, 'silenceMs' | 'triesMax' | 'wait'> & {
  readonly model: LanguageModel;
  readonly budget: Budget;
  readonly transcript: Transcript;
  /** Its signal aborts at Ctrl-C, and when the time of the budget is over. */
  readonly tools: ToolSurroundings;
  /** Aborts when the time of the budget is over. */
  readonly deadline: AbortSignal;
  /** Takes credentials out of a text. */
  clean(text: string): string;
  /** Tells people what happens, a line at a time. */
  tell(line: string): void;
};

/** What is used of a room's budget, over all conversations in it. */
export type Account = { spent: Spent };

export function openAccount(): Account {
  return { spent: nothingSpent };
}

/** A request to a model: who it is, what is wanted, and what it may call. */
export type Request = { readonly system: string; readonly prompt: string; readonly tools: readonly AgentTool[] };

const answerTokensMax = 8_192;

/**
 * Talks with a model until it ends without calling a tool, and resolves with its last words. Bounded by the budget of
 * the account. Throws `budget-spent`, `model-astray`, `model-failed`, and the reason of the room's signal at Ctrl-C.
 */
export async function converse(request: Request, room: Room, account: Account): Promise<string> {
  try {
    return await talk(request, room, account);
  } catch (error) {
    if (room.deadline.aborted && isStop(error, room))
      throw budgetSpent(`${room.budget.minutes} minutes are over`, room);
    throw error;
  }
}

function isStop(error: unknown, { tools }: Room): boolean {
  return error === tools.signal.reason || isFailure(error, 'interrupted') || isFailure(error, 'model-failed');
}

async function talk({ system, prompt, tools }: Request, room: Room, account: Account): Promise<string> {
  const { transcript, budget } = room;
  const { signal } = room.tools;
  const desk = callDesk(tools, room.tools);
  const offers = await offered(tools);
  const messages: ModelMessage[] = [{ role: 'user', content: room.clean(prompt) }];
  await transcript.write({ kind: 'asked', system, prompt, tools: tools.map(({ name }) => name) });
  for (;;) {
    const spent = overdrawn(budget, account.spent);
    if (spent !== undefined) throw budgetSpent(spent, room);
    const astray = desk.astray();
    if (astray !== undefined) throw modelAstray(astray, room);
    const maxOutputTokens = Math.max(1, Math.min(answerTokensMax, tokensLeft(budget, account.spent)));
    const question = { model: room.model, system, messages, tools: offers, maxOutputTokens };
    const turn = await askWithin(question, room, account);
    account.spent = added(account.spent, turn, messages);
    await tellTurn(turn, room);
    if (turn.calls.length === 0 && !turn.isCut) return turn.text;
    messages.push(...turn.messages);
    if (turn.calls.length === 0) messages.push({ role: 'user', content: 'Your answer was cut off. Go on, shorter.' });
    for (const call of turn.calls) {
      signal.throwIfAborted();
      room.tell(`→ ${call.name} ${shortInput(call)}`);
      const answer = await desk.carryOut(call);
      signal.throwIfAborted();
      const text = room.clean(answer.text);
      await transcript.write({ kind: 'answered', id: call.id, tool: call.name, ok: answer.ok, text });
      messages.push(toolMessage(call, { ok: answer.ok, text }));
    }
  }
}

/** An answer that does not end is ended with the budget, and counted. */
async function askWithin(question: Question, room: Room, account: Account): Promise<Turn> {
  const left = tokensLeft(room.budget, account.spent);
  try {
    return await askModel(question, patienceOf(room, left));
  } catch (error) {
    if (!(error instanceof OverBudget)) throw error;
    const { spent } = account;
    const outputTokens = spent.outputTokens + error.tokens;
    const inputTokens = spent.inputTokens + guess(question.messages);
    account.spent = { inputTokens, outputTokens, turns: spent.turns + 1, isGuessed: true };
    throw budgetSpent(error.message, room);
  }
}

function patienceOf({ silenceMs, triesMax, wait, tell, transcript, tools }: Room, tokensMax: number): Patience {
  return {
    silenceMs,
    triesMax,
    tokensMax,
    wait,
    signal: tools.signal,
    async again(why, waitMs) {
      tell(`The model: ${why}; asked again in ${Math.round(waitMs / 100) / 10} s.`);
      await transcript.write({ kind: 'asked-again', why, waitMs });
    },
  };
}

async function tellTurn(turn: Turn, { transcript, clean, tell }: Room): Promise<void> {
  const { text, calls, inputTokens, outputTokens, isCut } = turn;
  if (text.trim() !== '' && calls.length > 0) tell(clean(text.trim()));
  await transcript.write({
    kind: 'said',
    text,
    calls: calls.map(({ id, name, input }) => ({ id, tool: name, input: jsonOf(input) })),
    isCut,
    inputTokens,
    outputTokens,
  });
}

function added(spent: Spent, turn: Turn, messages: readonly ModelMessage[]): Spent {
  const { inputTokens, outputTokens, lostTokens, text, calls } = turn;
  return {
    inputTokens: spent.inputTokens + (inputTokens ?? guess(messages)),
    outputTokens: spent.outputTokens + lostTokens + (outputTokens ?? guess([text, calls])),
    turns: spent.turns + 1,
    isGuessed: spent.isGuessed || lostTokens > 0 || inputTokens === undefined || outputTokens === undefined,
  };
}

function guess(said: unknown): number {
  return Math.ceil(JSON.stringify(said).length / charactersOfToken);
}

/** Inputs are checked by the desk and not by the client, so that the model hears what is wrong in our words. */
async function offered(tools: readonly AgentTool[]): Promise<ToolSet> {
  const { jsonSchema, tool } = await import('ai');
  const entries = tools.map(({ name, description, input }) => [
    name,
    tool({ description, inputSchema: jsonSchema(schemaOf(input)) }),
  ]);
  return Object.fromEntries(entries);
}

function schemaOf(input: z.ZodType): JSONSchema7 {
  return z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', target: 'draft-7' });
}

function toolMessage({ id, name }: WantedCall, { ok, text }: { ok: boolean; text: string }): ModelMessage {
  const output = ok ? { type: 'text' as const, value: text } : { type: 'error-text' as const, value: text };
  return { role: 'tool', content: [{ type: 'tool-result', toolCallId: id, toolName: name, output }] };
}

function shortInput({ input }: WantedCall): string {
  const text = JSON.stringify(input) ?? '(unreadable)';
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function jsonOf(input: unknown): Json {
  const read = z.json().safeParse(input);
  return read.success ? read.data : null;
}

function budgetSpent(what: string, { transcript }: Room): Error {
  return fail('budget-spent', {
    what: 'The model was stopped: its budget is used up.',
    why: `${what}.`,
    next: `What it did stands in ${transcript.file}. Ask for less, or give it more: \`assist.tokens\`, \`assist.minutes\`, \`assist.turns\` of godwit.config.`,
  });
}

function modelAstray(what: string, { transcript }: Room): Error {
  return fail('model-astray', {
    what: 'The model was stopped: it does not get on.',
    why: `${what}.`,
    next: `What it did stands in ${transcript.file}. Say what is wanted in other words, or ask another model.`,
  });
}
