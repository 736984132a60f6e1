import type { NamedChange, NamePlace } from '#core/named-change';
import type { PlaceRequest } from '../../../../place-request.ts';
import type { SourceText } from '../source-text.ts';
import type { Token } from '../syntax-tree.ts';
import { spelledAs } from './spelled-as.ts';

/** What a walk through a statement gathers. */
export type Gathering = {
  readonly request: PlaceRequest;
  readonly source: SourceText;
  /** Without comments. */
  readonly tokens: readonly Token[];
  readonly places: NamePlace[];
};

/** Position among the tokens of the one at a byte that the tree names; the scanner has one there. */
export function tokenAt({ source, tokens }: Gathering, byte: number): number {
  const index = source.indexAtByte(byte);
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The identifier that a token is, as the server reads it; undefined for what is none. */
export function nameIn(token: Token | undefined): string | undefined {
  if (token === undefined || (token.kind !== 'name' && token.kind !== 'keyword')) return undefined;
  return token.text.startsWith('"') ? token.text.slice(1, -1).replaceAll('""', '"') : token.text.toLowerCase();
}

/** The change at an index; it came from the request. */
export function changeAt({ request }: Gathering, index: number): NamedChange | undefined {
  return request.changes[index];
}

/** The new name of what a change names, spelled as the token that it replaces; undefined where there is none. */
export function newName(gathering: Gathering, index: number, token: Token): string | undefined {
  const change = changeAt(gathering, index);
  return change !== undefined && 'to' in change ? spelledAs(change.to, token.text) : undefined;
}

type Renaming = { readonly change: number; readonly role: NamePlace['role']; readonly doubt?: string | undefined };

/** Notes a name that reads: both versions of the application read the new one. `suffix` is what an output is called then. */
export function noteRead(
  gathering: Gathering,
  at: number,
  { change, role, doubt, suffix = '' }: Renaming & { readonly suffix?: string },
): void {
  const token = gathering.tokens[at];
  if (token === undefined) return;
  const name = newName(gathering, change, token);
  const { start, end } = token;
  const edits = name === undefined ? [] : [{ start, end, parts: [`${name}${suffix}`] }];
  gathering.places.push({ start, end, change, role, doubt, first: edits, final: edits });
}

/** Notes something that no edit is proposed for. */
export function noteOnly(
  gathering: Gathering,
  at: number,
  { unedited, ...named }: Renaming & { readonly unedited?: string },
): void {
  const token = gathering.tokens[at];
  if (token === undefined) return;
  const { change, role, doubt } = named;
  const reason = unedited === undefined || newName(gathering, change, token) === undefined ? {} : { unedited };
  gathering.places.push({ start: token.start, end: token.end, change, role, doubt, first: [], final: [], ...reason });
}
