import type { ReducerAction, SVGFactory } from 'react';

export type Action = ReducerAction<() => void>;
export const factory: SVGFactory = undefined;
export type { ReactText } from 'react';
