import * as z from 'zod';
import { nobodyThere, wordFor } from '#app/consent';
import { type Deed, deedOf } from '#app/deed';
import { explainError } from '#app/explain-error';
import { hideValues } from '#app/jail/hide-values';
import { runsProject, startApart } from '#app/start-apart';
import type { Answer, Surroundings, Verb } from '#app/verb';
import { fail } from '#core/error';
import { text } from '#report/formats/text';
import { fenced } from '../mcp/fenced.ts';
import { withWord } from '../mcp/served.ts';
import { checkPaths, readableIn, toolInput, wantsWord } from '../mcp/tool-input.ts';
import type { AgentTool } from './tool.ts';

/** What tools of verbs need beside what every tool has. */
export type VerbRoom = {
  readonly surroundings: Surroundings;
  /** Asks the person at the terminal; undefined where there is none. */
  readonly askPerson: ((deed: Deed) => Promise<boolean>) | undefined;
};

/** godwit's verbs as tools of a model. What changes something asks the person at the terminal, whatever the model says. */
export function verbTools(verbs: readonly Verb[], room: VerbRoom): readonly AgentTool[] {
  return verbs.map((verb) => toolOf(verb, room));
}

function toolOf(verb: Verb, room: VerbRoom): AgentTool<Record<string, unknown>> {
  return {
    name: verb.name,
    description: `${verb.summary}. ${verb.description}`,
    input: toolInput(verb),
    async execute(given, { signal }) {
      const shown = (text: string): string => fenced(hideValues(text, room.surroundings.env));
      try {
        const answer = await called(verb, given, { ...room, surroundings: { ...room.surroundings, signal } });
        return { ok: answer.exit === 0 || answer.exit === 2, text: shown(saidBy(answer)) };
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const { code, what, why, next } = explainError(error, (said) => said);
        return { ok: false, text: shown(`${code}: ${what}\n${why}\n${next}`) };
      }
    },
  };
}

async function called(verb: Verb, given: Readonly<Record<string, unknown>>, room: VerbRoom): Promise<Answer> {
  const { target, planHash, ...input } = given;
  const named = typeof target === 'string' ? { choice: { target } } : {};
  const { cwd } = room.surroundings;
  const surroundings = { ...room.surroundings, ...named, ...nobodyThere, mayRead: readableIn(cwd) };
  checkPaths(input, cwd);
  const parsed = verb.input.parse(input);
  const plan = textIn(input.plan);
  const isCode = await runsProject(verb.name, plan, surroundings);
  if (!(wantsWord(verb) || isCode) || input.dryRun === true) return verb.execute(parsed, surroundings);
  const deed = await deedOf(verb.name, { plan, planHash: textIn(planHash), toPhase: textIn(input.to) }, surroundings);
  // On production no yes counts: the approval of a person stands in the journal or is signed.
  if (deed.target.class === 'production') return verb.execute(parsed, surroundings);
  if (room.askPerson === undefined) throw nobodyToAsk(deed);
  if (!(await room.askPerson(deed))) throw refused(deed);
  const word = wordFor(deed.gate?.id, { by: surroundings.who, means: 'typed' });
  const heard = wantsWord(verb) ? withWord(surroundings, word) : surroundings;
  return isCode ? startApart(heard, (apart) => verb.execute(parsed, apart)) : verb.execute(parsed, heard);
}

const planned = z.object({ dir: z.string(), plan: z.object({ id: z.string(), planHash: z.string() }) });

/** Exit code, the report for people, and by what a plan is named in the next call. */
function saidBy(answer: Answer): string {
  const { success, data } = planned.safeParse(answer.json);
  const named = success ? [`plan ${data.plan.id}, planHash ${data.plan.planHash}, in ${data.dir}`] : [];
  const said = [answer.text ?? text.render(answer.report), ...(answer.notes ?? [])];
  return [`exit code ${answer.exit}`, ...named, ...said].join('\n');
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function nobodyToAsk({ verb, plan, target }: Deed): Error {
  const does = wantsWord({ name: verb }) ? `change ${target.name}` : 'run code of the project';
  return fail('approval-required', {
    what: `\`${verb}\` wants the word of a person, and nobody is at a terminal here.`,
    why: `It would ${does}. Nothing that a model says stands for consent.`,
    next: `A person has to run \`godwit ${verb} ${plan.id}\`.`,
  });
}

function refused({ verb, plan }: Deed): Error {
  return fail('approval-required', {
    what: `The person said no to ${verb} ${plan.id}.`,
    why: 'It was asked at the terminal.',
    next: 'Nothing was changed. Ask what is missing, in your last words.',
  });
}
