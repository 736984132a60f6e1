import type { Sandbox } from '../sandbox.ts';
import { bubblewrap } from './bubblewrap.ts';
import { none } from './none.ts';
import { unshare } from './unshare.ts';

/** All sandboxes, the best first. */
export const sandboxes: readonly Sandbox[] = [bubblewrap, unshare, none];
