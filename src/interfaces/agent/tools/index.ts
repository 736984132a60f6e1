import type { AgentTool } from '../tool.ts';

export const readingTools: readonly AgentTool[] = [];
export const editingTools: readonly AgentTool[] = [];
