import type { LanguageModel, ModelMessage, ToolSet } from 'ai';
import { fail, isFailure } from '#core/error';
import { EndpointFault } from './bounded-fetch.ts';

/** A tool that the model wants called. `input` is undefined where what it sent is no JSON. */
export type WantedCall = { readonly id: string; readonly name: string; readonly input: unknown };

/** One answer of a model. */
export type Turn = {
  readonly text: string;
  readonly calls: readonly WantedCall[];
  /** True where it was cut off by the limit of its length. */
  readonly isCut: boolean;
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** About so many were written in answers that broke off before this one. */
  readonly lostTokens: number;
  /** What has to be sent back, so that the model knows what it said. */
  readonly messages: readonly ModelMessage[];
};

/** What is asked of a model. */
export type Question = {
  readonly model: LanguageModel;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: ToolSet;
  readonly maxOutputTokens: number;
};

/** About four characters are a token in English and in code. */
export const charactersOfToken = 4;

/** An answer that goes on when the tokens are used up which were left for it. */
export class OverBudget extends Error {
  constructor(readonly tokens: number) {
    super(`an answer went on after about ${tokens} tokens, which were left`);
  }
}

/** How long one is waited for, and how often it is asked again. */
export type Patience = {
  readonly signal: AbortSignal;
  /** Milliseconds in which something has to come. */
  readonly silenceMs: number;
  readonly triesMax: number;
  /** Tokens that all tries together may write. They are counted by length, since their number is told at the end only. */
  readonly tokensMax: number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Hears why it is asked again, and after which wait. */
  again(why: string, waitMs: number): Promise<void>;
};

/**
 * Asks a model once, and again, for a bounded number of times, where its endpoint is busy, breaks off in the middle, or
 * says nothing any more. Nothing of an answer that broke off is used. Throws `OverBudget`, `model-failed`, or the signal's reason.
 */
export async function askModel(question: Question, patience: Patience): Promise<Turn> {
  const heard: Heard = { characters: 0 };
  for (let attempt = 1; ; attempt += 1) {
    patience.signal.throwIfAborted();
    const lostTokens = tokensOf(heard);
    try {
      return { ...(await askOnce(question, patience, heard)), lostTokens };
    } catch (error) {
      if (patience.signal.aborted) throw patience.signal.reason;
      if (error instanceof OverBudget) throw error;
      const said = await describe(error);
      if (isFailure(error) || !said.mayRetry || attempt >= patience.triesMax) throw modelFailed(said, attempt, error);
      const waitMs = Math.min(said.waitMs ?? 1_000 * 2 ** (attempt - 1), longestWaitMs);
      await patience.again(said.why, waitMs);
      await patience.wait(waitMs, patience.signal);
    }
  }
}

const longestWaitMs = 60_000;

/** What came so far, in all tries. */
type Heard = { characters: number };

function tokensOf({ characters }: Heard): number {
  return Math.ceil(characters / charactersOfToken);
}

async function askOnce(
  question: Question,
  { signal, silenceMs, tokensMax }: Patience,
  heard: Heard,
): Promise<Omit<Turn, 'lostTokens'>> {
  const { streamText } = await import('ai');
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(new Silence(silenceMs)), silenceMs);
  const stream = streamText({
    ...question,
    messages: [...question.messages],
    maxRetries: 0,
    abortSignal: AbortSignal.any([signal, silence.signal]),
    onError: () => undefined,
  });
  try {
    let isWhole = false;
    for await (const part of stream.fullStream) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(new Silence(silenceMs)), silenceMs);
      heard.characters += charactersIn(part);
      if (tokensOf(heard) > tokensMax) throw new OverBudget(tokensMax);
      if (part.type === 'error') throw part.error;
      if (part.type === 'abort') throw silence.signal.reason ?? signal.reason;
      if (part.type === 'finish') isWhole = part.finishReason !== 'error' && part.rawFinishReason !== undefined;
    }
    if (!isWhole) throw new BrokenOff();
    return await turnOf(stream);
  } catch (error) {
    if (silence.signal.aborted) throw silence.signal.reason;
    // Nobody reads on, and so nothing more may be sent.
    silence.abort(error);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Text, thoughts and the inputs of calls come in pieces. */
function charactersIn(part: { readonly type: string; readonly text?: unknown; readonly delta?: unknown }): number {
  const said = part.text ?? part.delta;
  return part.type.endsWith('-delta') && typeof said === 'string' ? said.length : 0;
}

async function turnOf(stream: ReturnType<typeof import('ai').streamText>): Promise<Omit<Turn, 'lostTokens'>> {
  const [text, calls, usage, finish, { messages }] = await Promise.all([
    stream.text,
    stream.toolCalls,
    stream.totalUsage,
    stream.finishReason,
    stream.response,
  ]);
  return {
    text,
    calls: calls.map(({ toolCallId, toolName, input }) => ({
      id: toolCallId,
      name: toolName,
      input: typeof input === 'string' ? undefined : input,
    })),
    isCut: finish === 'length',
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    messages: messages.filter(({ role }) => role === 'assistant'),
  };
}

class Silence extends Error {
  constructor(ms: number) {
    super(`nothing came for ${Math.round(ms / 1_000)} s`);
  }
}

class BrokenOff extends Error {
  constructor() {
    super('the answer broke off before its end');
  }
}

/** Request Timeout, Conflict, Too Early, Too Many Requests (RFC 9110, 8470, 6585): asking again may help. */
const busyStatuses: readonly number[] = [408, 409, 425, 429];

type Described = { readonly why: string; readonly mayRetry: boolean; readonly waitMs: number | undefined };

async function describe(error: unknown): Promise<Described> {
  const { APICallError } = await import('ai');
  const fault = faultIn(error);
  if (fault !== undefined) return { why: short(fault.message), mayRetry: false, waitMs: undefined };
  if (APICallError.isInstance(error)) {
    const { statusCode = 0, responseHeaders, message } = error;
    const status = statusCode >= 400 ? `status ${statusCode}: ` : '';
    const isOurFault = statusCode >= 400 && statusCode < 500 && !busyStatuses.includes(statusCode);
    return { why: `${status}${short(message)}`, mayRetry: !isOurFault, waitMs: waitIn(responseHeaders) };
  }
  const why = error instanceof Error ? error.message : short(String(error));
  return { why: short(why), mayRetry: true, waitMs: undefined };
}

/** A client may wrap what went wrong while it read. */
function faultIn(error: unknown): EndpointFault | undefined {
  if (error instanceof EndpointFault) return error;
  return error instanceof Error && error.cause !== error ? faultIn(error.cause) : undefined;
}

/** `retry-after` of RFC 9110, in seconds; a date in it is not read. */
function waitIn(headers: Readonly<Record<string, string>> | undefined): number | undefined {
  const seconds = Number(headers?.['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function modelFailed({ why }: Described, attempts: number, cause: unknown): Error {
  return fail(
    'model-failed',
    {
      what: 'The model does not answer.',
      why: `Asked ${attempts} ${attempts === 1 ? 'time' : 'times'}; last: ${why}`,
      next: 'See whether address, name and key of the model are right (GODWIT_MODEL, GODWIT_MODEL_URL, GODWIT_MODEL_KEY), and say it again. Everything godwit does works without a model too: `godwit --help`.',
    },
    cause,
  );
}
