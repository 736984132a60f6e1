import type { Command } from '../command.ts';
import { approve } from './approve.ts';
import { demo } from './demo.ts';
import { init } from './init.ts';

/** The shelf of commands: what exists only on the command line. */
export const commands: readonly Command[] = [init, demo, approve];
