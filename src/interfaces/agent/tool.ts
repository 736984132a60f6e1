import type * as z from 'zod';

/** Where a tool works, and its bounds. */
export type ToolSurroundings = {
  /** The top folder of the repository; absolute. No tool reads or writes anything outside it. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Bytes of answer that one call may give. More is cut, and the answer says so. */
  readonly maxAnswer: number;
};

/** What a model is told. `ok` is false where it has to do something else; the text says what was wrong, and what to do. */
export type ToolAnswer = { readonly ok: boolean; readonly text: string };

/**
 * What a model may call. It throws for no input that a model can send: it answers what is wrong and what to do instead. It
 * rejects with `signal.reason` once that has been aborted.
 */
export interface AgentTool<I = unknown> {
  readonly name: string;
  /** Written for a model: what it does, its limits, and when another tool is the better one. */
  readonly description: string;
  readonly input: z.ZodType<I>;
  execute(input: I, surroundings: ToolSurroundings): Promise<ToolAnswer>;
}
