import { text } from 'node:stream/consumers';

/** All of standard input, for the argument `-`. */
export function standardInput(): Promise<string> {
  return text(process.stdin);
}
