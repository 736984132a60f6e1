import type * as z from 'zod';

/** All that a tool of the agent may know of the world. */
export type ToolSurroundings = {
  /** The repository: everything is jailed to it. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Characters of answer that one call may give; more is cut, and the cut is said. */
  readonly maxAnswer: number;
};

/** What a tool says to the model. */
export type ToolAnswer = { readonly ok: boolean; readonly text: string };

/** What a model may call. Bad input of a model never throws: the answer says what is wrong and what to do instead. */
export interface AgentTool<I = unknown> {
  readonly name: string;
  /** Written for a model; says the limits. */
  readonly description: string;
  readonly input: z.ZodType<I>;
  execute(input: I, surroundings: ToolSurroundings): Promise<ToolAnswer>;
}
