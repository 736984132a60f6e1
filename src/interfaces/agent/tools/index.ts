import type { AgentTool } from '../tool.ts';
import { bash } from './bash/index.ts';
import { edit } from './edit.ts';
import { glob } from './glob.ts';
import { grep } from './grep.ts';
import { read } from './read.ts';
import { write } from './write.ts';

/** Tools that change nothing. */
export const readingTools: readonly AgentTool[] = [read, glob, grep, bash];

/** Tools that change files of the repository: for a model that was asked to. */
export const changingTools: readonly AgentTool[] = [edit, write];
