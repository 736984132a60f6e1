import { cutText } from '#app/jail/cut-text';
import { fenced } from '../mcp/fenced.ts';
import type { ToolAnswer } from './tool.ts';

/** What is refused: why, and what to do instead. */
export function refusedAnswer(why: string, instead: string): ToolAnswer {
  return { ok: false, text: `${why} ${instead}`.trim() };
}

export type FencedAnswer = {
  /** Sentences of ours, before what comes out of the repository. */
  readonly says: string;
  /** What comes out of the repository. */
  readonly data: string;
  /** Bytes of the whole answer. */
  readonly bytesMax: number;
  /** Where something has to be left out. */
  readonly cut: 'end' | 'middle';
  /** What to do where something was left out. */
  readonly whenCut: string;
};

/** Bytes that marks and sentences take. */
const overhead = 500;

/** Our sentences, and between marks what comes out of a repository, cut to what one answer may hold. */
export function fencedAnswer({ says, data, bytesMax, cut, whenCut }: FencedAnswer): string {
  if (data === '') return cutText(says, bytesMax).text;
  const room = Math.max(0, bytesMax - overhead - Buffer.byteLength(says) - Buffer.byteLength(whenCut));
  if (Buffer.byteLength(data) <= room) return `${says}\n${fenced(data)}`;
  const left = Buffer.byteLength(data) - room;
  const shown = cut === 'end' ? cutText(data, room).text : cutMiddle(data, room, left);
  return cutText(
    `${says} About ${left} bytes are left out: one answer holds ${bytesMax}. ${whenCut}\n${fenced(shown)}`,
    bytesMax,
  ).text;
}

/** The beginning and the end say most of what a program printed. */
function cutMiddle(text: string, bytesMax: number, left: number): string {
  const head = cutText(text, Math.floor(bytesMax * 0.4)).text;
  const bytes = Buffer.from(text);
  let from = bytes.length - Math.floor(bytesMax * 0.6);
  while (from < bytes.length && ((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  return `${head}\n[about ${left} bytes left out]\n${bytes.subarray(from).toString()}`;
}
