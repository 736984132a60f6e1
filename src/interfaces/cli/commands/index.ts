import type { Command } from '../command.ts';
import { approve } from './approve.ts';
import { assist } from './assist.ts';
import { completion } from './completion.ts';
import { demo } from './demo.ts';
import { init } from './init.ts';
import { mcp } from './mcp.ts';
import { pullRequest } from './pull-request.ts';
import { recipeList } from './recipe/list.ts';
import { recipeNew } from './recipe/new.ts';
import { recipeRun } from './recipe/run.ts';
import { recipeTest } from './recipe/test.ts';

/** The shelf of commands: what exists only on the command line. */
export const commands: readonly Command[] = [
  init,
  demo,
  assist,
  approve,
  mcp,
  recipeList,
  recipeNew,
  recipeTest,
  recipeRun,
  pullRequest,
  completion,
];
