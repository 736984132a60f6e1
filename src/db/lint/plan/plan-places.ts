import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** A way into a JSON document: names of members and indexes of elements. */
export type JsonPath = readonly (string | number)[];

/** Where things stand in a plan.json. Offsets count UTF-16 code units of its text. */
export type PlanPlaces = {
  /** From the first to after the last character of what a path leads to; of the nearest thing around it where there is none. */
  readonly range: (path: JsonPath) => { readonly start: number; readonly end: number };
  /** For each character of a string's value, and the end of it, where it is written. Escapes are longer than what they mean. */
  readonly characters: (path: JsonPath) => readonly number[];
};

/** The first thing that keeps a text from being JSON: what it is, and where. */
export type JsonFault = { readonly what: string; readonly at: number };

/** Reads where things stand in a JSON text, or what is wrong with it. Comments and commas at an end are wrong, as to the runner. */
export function planPlaces(text: string): PlanPlaces | JsonFault {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first !== undefined) return { what: wordsOf(printParseErrorCode(first.error)), at: first.offset };
  if (root === undefined) return { what: 'value expected', at: 0 };
  return {
    range: (path) => {
      const { offset, length } = nearest(root, path);
      return { start: offset, end: offset + length };
    },
    characters: (path) => {
      const { offset, length } = nearest(root, path);
      return writtenAt(text, offset + 1, offset + length - 1);
    },
  };
}

function nearest(root: Node, path: JsonPath): Node {
  return findNodeAtLocation(root, [...path]) ?? (path.length === 0 ? root : nearest(root, path.slice(0, -1)));
}

/** `CommaExpected` as words. */
function wordsOf(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function writtenAt(text: string, start: number, end: number): readonly number[] {
  const places: number[] = [];
  let at = start;
  while (at < end) {
    places.push(at);
    if (text.charAt(at) !== '\\') at += 1;
    else at += text.charAt(at + 1) === 'u' ? 6 : 2;
  }
  return [...places, end];
}
