import { randomBytes } from 'node:crypto';
import {
  acceptedContent,
  createRequestStateCodec,
  type InputRequiredResult,
  inputRequired,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { type Consent, wordFor } from '#app/consent';
import type { Deed } from '#app/deed';
import { fail } from '#core/error';

/** What a person is asked, sealed: the answer counts for this deed, this plan, target and phase, once, and for some minutes. */
const askedSchema = z.object({
  verb: z.string(),
  planHash: z.string(),
  target: z.string(),
  gate: z.string().optional(),
  toPhase: z.string().optional(),
  once: z.string(),
});
type Asked = z.infer<typeof askedSchema>;

const answerSchema = z.object({
  goOn: z.boolean().describe('Yes: it is done as it stands above. No: nothing is done.'),
});

const minutesMax = 10;

/** Asks persons through the client, and keeps which of their words were used. */
export type WordKeeper = {
  /** For `ServerOptions.requestState.verify`. */
  readonly verify: RequestStateCodec<Asked>['verify'];
  /** The question to send, or the consent that its answer gives. Throws `approval-refused`. */
  ask(deed: Deed, context: ServerContext): Promise<InputRequiredResult | Consent>;
};

/**
 * The word of a person, asked for by elicitation. What the client sends back is sealed with a key that only this process
 * has (HMAC-SHA256), so that neither a model nor a text that it read can make one up, change it or use it twice.
 */
export function wordKeeper(who: string): WordKeeper {
  const codec = createRequestStateCodec<Asked>({
    key: randomBytes(32),
    ttlSeconds: minutesMax * 60,
    bind: ({ mcpReq, http }) => `${mcpReq.method}\0${http?.authInfo?.clientId ?? ''}`,
  });
  const used = new Set<string>();
  return {
    verify: (state, context) => codec.verify(state, context),
    async ask(deed, context) {
      const state = askedSchema.safeParse(context.mcpReq.requestState());
      if (!state.success) return question(deed, await codec.mint(askedOf(deed), context));
      const { data } = state;
      if (!isSame(data, deed) || used.has(data.once)) throw otherDeed(deed);
      const answer = acceptedContent(context.mcpReq.inputResponses, 'word', answerSchema);
      if (answer?.goOn !== true) throw refused(deed);
      used.add(data.once);
      return wordFor(data.gate, { by: who, means: 'approval' });
    },
  };
}

function askedOf({ verb, plan, target, gate, toPhase }: Deed): Asked {
  const once = randomBytes(12).toString('base64url');
  return { verb, planHash: plan.planHash, target: target.name, once, gate: gate?.id, toPhase };
}

function isSame(asked: Asked, { verb, plan, target, gate, toPhase }: Deed): boolean {
  const isSameWork = asked.verb === verb && asked.planHash === plan.planHash && asked.target === target.name;
  return isSameWork && asked.gate === gate?.id && asked.toPhase === toPhase;
}

function question(deed: Deed, requestState: string): InputRequiredResult {
  const word = inputRequired.elicit({ message: deed.question.join('\n'), requestedSchema: answerSchema });
  return inputRequired({ inputRequests: { word }, requestState });
}

function otherDeed({ verb, plan }: Deed): Error {
  return fail('approval-refused', {
    what: `The word that was given is not for this ${verb} of ${plan.id}.`,
    why: 'It is bound to one deed, plan hash, target, gate and phase, and counts once.',
    next: 'Call the tool anew: the person is asked again.',
  });
}

function refused({ verb, plan }: Deed): Error {
  return fail('approval-required', {
    what: `Nobody said yes to ${verb} ${plan.id}.`,
    why: 'The person who was asked declined, or did not answer.',
    next: 'Nothing was changed. Ask the person what is missing.',
  });
}
