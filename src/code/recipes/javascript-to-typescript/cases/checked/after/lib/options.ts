import type {Mode} from './mode.ts';

export type Options = {
  upper?: boolean;
  mode?: Mode;
};

export {}
