import * as z from 'zod';
import { canonicalJson } from '#core/canonical';
import type { AgentTool, ToolAnswer, ToolSurroundings } from './tool.ts';
import type { WantedCall } from './turn.ts';

/** Carries calls of a model out, and knows when it turns in circles. */
export type CallDesk = {
  /** The answer for the model. Throws only what aborts the conversation. */
  carryOut(call: WantedCall): Promise<ToolAnswer>;
  /** Why nothing more can be expected of this model; undefined while something can. */
  astray(): string | undefined;
};

/** The same call with the same input is carried out so often. */
const sameMax = 3;
/** So many calls in a row may be unreadable, or the same again, until it is enough. */
const uselessMax = 8;

/** Tools by their names, for the calls of one conversation. */
export function callDesk(tools: readonly AgentTool[], surroundings: ToolSurroundings): CallDesk {
  const times = new Map<string, number>();
  let useless = 0;
  const refused = (text: string): ToolAnswer => {
    useless += 1;
    return { ok: false, text };
  };
  return {
    astray: () =>
      useless < uselessMax ? undefined : `${useless} calls in a row were unreadable, unknown, or repeated without end`,
    async carryOut({ name, input }) {
      const tool = tools.find((one) => one.name === name);
      if (tool === undefined)
        return refused(`There is no tool \`${name}\`. The tools are: ${tools.map((one) => one.name).join(', ')}.`);
      const read = tool.input.safeParse(input);
      if (!read.success)
        return refused(`The input of \`${name}\` cannot be read; nothing was done.\n${z.prettifyError(read.error)}`);
      const said = `${name} ${canonicalJson(z.json().parse(input))}`;
      const before = times.get(said) ?? 0;
      times.set(said, before + 1);
      if (before >= sameMax)
        return refused(
          `\`${name}\` was called ${before} times with this very input and is not called again. Do something else, or end with what you know.`,
        );
      useless = 0;
      return bounded(await tool.execute(read.data, surroundings), surroundings.maxAnswer);
    },
  };
}

function bounded({ ok, text }: ToolAnswer, max: number): ToolAnswer {
  if (text.length <= max) return { ok, text };
  return { ok, text: `${text.slice(0, max)}\n… cut: ${text.length - max} characters more. Ask for less at once.` };
}
