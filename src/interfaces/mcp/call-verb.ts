import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type InputRequiredResult,
  isInputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { noConsent } from '#app/consent';
import { type Deed, deedOf } from '#app/deed';
import { errorDocument, explainError } from '#app/explain-error';
import { runsProject, startApart } from '#app/start-apart';
import type { Answer, Surroundings, Verb } from '#app/verb';
import type { Json } from '#core/canonical';
import { exitCodes, fail } from '#core/error';
import { text } from '#report/formats/text';
import { fenced } from './fenced.ts';
import { heardBy } from './heard-by.ts';
import { type Runs, runningAnswer } from './runs.ts';
import { type Served, surroundingsOf, withWord } from './served.ts';
import { checkPaths, wantsWord } from './tool-input.ts';
import type { WordKeeper } from './word.ts';

/** What all calls of a server share. */
export type Serving = {
  readonly served: Served;
  readonly word: WordKeeper;
  readonly runs: Runs;
  /** Can persons be asked through a client of the old protocol? The new one says it with each request. */
  readonly asksPersons: () => boolean;
};

const capabilities = z.object({ [CLIENT_CAPABILITIES_META_KEY]: z.object({ elicitation: z.looseObject({}) }) });

/** Carries a verb out for a tool call. What stops it is an answer too: `isError`, with code, what, why and next. */
export async function callVerb(
  verb: Verb,
  given: Readonly<Record<string, unknown>>,
  { context, serving }: { readonly context: ServerContext; readonly serving: Serving },
): Promise<CallToolResult | InputRequiredResult> {
  const { target, planHash, ...input } = given;
  const heard = heardBy(context);
  let clean = (said: string): string => said;
  try {
    checkPaths(input, serving.served.cwd);
    const isLong = wantsWord(verb);
    const signal = isLong ? serving.served.signal : AbortSignal.any([context.mcpReq.signal, serving.served.signal]);
    const opened = await surroundingsOf(serving.served, {
      target: typeof target === 'string' ? target : undefined,
      signal,
      on: heard,
    });
    clean = opened.clean;
    const plan = textIn(input.plan);
    const isCode = await runsProject(verb.name, plan, opened.surroundings);
    const call = { verb: isCode ? apart(verb) : verb, input: verb.input.parse(input), clean };
    if (!isLong || input.dryRun === true) return result(await call.verb.execute(call.input, opened.surroundings), call);
    const deed = await deedOf(
      verb.name,
      { plan, planHash: textIn(planHash), toPhase: textIn(input.to) },
      opened.surroundings,
    );
    const consent = await wordFor(deed, { context, serving });
    if (isInputRequiredResult(consent)) return consent;
    return await carriedOut(deed, { ...call, surroundings: withConsent(opened.surroundings, deed, consent), serving });
  } catch (error) {
    const shown = explainError(error, clean);
    return { ...content(errorDocument(shown), `${shown.what}\n${shown.why}\n${shown.next}`, clean), isError: true };
  }
}

function apart(verb: Verb): Verb {
  return {
    ...verb,
    execute: (input, surroundings) => startApart(surroundings, (bounded) => verb.execute(input, bounded)),
  };
}

type Call = { readonly verb: Verb; readonly input: unknown; clean(text: string): string };

/** On production no answer of a client counts: the approval of a person stands in the journal or is signed. */
async function wordFor(
  deed: Deed,
  { context, serving }: { readonly context: ServerContext; readonly serving: Serving },
) {
  if (deed.target.class === 'production') return noConsent;
  const asks = serving.asksPersons() || capabilities.safeParse(context.mcpReq.envelope).success;
  if (!asks) throw nobodyToAsk(deed);
  return serving.word.ask(deed, context);
}

function withConsent(surroundings: Surroundings, { target }: Deed, consent: Surroundings['consent']): Surroundings {
  return target.class === 'production' ? surroundings : withWord(surroundings, consent);
}

/** A run that takes longer goes on beside the call, which answers with its id; `status` follows it. */
async function carriedOut(
  deed: Deed,
  {
    verb,
    input,
    clean,
    surroundings,
    serving,
  }: Call & { readonly surroundings: Surroundings; readonly serving: Serving },
): Promise<CallToolResult> {
  const first = await serving.runs.begin((on) =>
    verb.execute(input, {
      ...surroundings,
      on: (event) => {
        surroundings.on(event);
        on(event);
      },
    }),
  );
  return first.kind === 'answer'
    ? result(first.answer, { verb, input, clean })
    : content(runningAnswer(deed, first.runId), `The run ${first.runId} is under way; \`status\` follows it.`, clean);
}

function result(answer: Answer, { clean }: Call): CallToolResult {
  const said = [answer.text ?? text.render(answer.report), ...(answer.notes ?? [])].join('\n');
  const failed = answer.exit !== exitCodes.done && answer.exit !== exitCodes.findings;
  return { ...content(answer.json, `exit code ${answer.exit}\n${said}`, clean), ...(failed ? { isError: true } : {}) };
}

function content(json: Json, said: string, clean: (text: string) => string): CallToolResult {
  const structured: unknown = JSON.parse(JSON.stringify(json), (_, value: unknown) =>
    typeof value === 'string' ? clean(value) : value,
  );
  return {
    content: [{ type: 'text', text: fenced(clean(said)) }],
    structuredContent: z.record(z.string(), z.unknown()).parse(structured),
  };
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function nobodyToAsk({ verb, plan, target }: Deed): Error {
  return fail('approval-required', {
    what: `\`${verb}\` wants the word of a person, and this client cannot ask one.`,
    why: `It would change ${target.name}. No field of a tool stands for consent.`,
    next: `Have a person run \`godwit ${verb} ${plan.id}\` in a terminal, or use a client with elicitation.`,
  });
}
