import type { AgentTool } from '../tool.ts';

export const tools: readonly AgentTool[] = [];
