import type { ReactText, RefObject, VFC } from 'preact/compat';
import { useRef } from './refs';

namespace React {
  export type ReactText = number;
}

export const box = useRef<ReactText>();
export type Box = RefObject<VFC> | React.ReactText;
