import { baseName } from '../text/search-text.ts';

/** One instruction of a Dockerfile: what stands behind its keyword, comments and line ends that go on made blank. */
export type Instruction = { readonly keyword: string; readonly text: string; readonly offset: number };

/** A word of an instruction, without its quotes. */
export type Word = { readonly text: string; readonly offset: number };

/** True for a file of instructions by which an image is built. Pure. */
export function isDockerfile(path: string): boolean {
  return /^((Docker|Container)file(\.[\w.-]+)?|[\w.-]+\.([Dd]ocker|[Cc]ontainer)file)$/.test(baseName(path));
}

/** The instructions of a Dockerfile, as https://docs.docker.com/reference/dockerfile/ says they are read. Pure. */
export function instructionsOf(text: string): readonly Instruction[] {
  const goesOn = /^\s*#\s*escape=`/m.test(text.slice(0, 200)) ? /`[ \t]*\r?$/ : /\\[ \t]*\r?$/;
  const found: Instruction[] = [];
  const lines = linesOf(text);
  for (let at = 0; at < lines.length; at += 1) {
    const first = lines[at];
    const head = first === undefined ? null : /^\s*([A-Za-z]+)\s+/.exec(first.text);
    if (first === undefined || head === null) continue;
    const offset = first.offset + head[0].length;
    let last = at;
    for (let isOpen = goesOn.test(first.text); isOpen && last + 1 < lines.length; ) {
      last += 1;
      if (!isBlank(lines[last])) isOpen = goesOn.test(lines[last]?.text ?? '');
    }
    const end = hereDocumentEnd(lines, at, last);
    const body = lines
      .slice(at, last + 1)
      .map((line) => (isBlank(line) ? blank(line.text) : lineWithout(line.text, goesOn)));
    const rest = lines.slice(last + 1, end + 1).map((line) => line.text);
    const whole = [...body, ...rest].join('\n');
    found.push({ keyword: (head[1] ?? '').toUpperCase(), text: whole.slice(head[0].length), offset });
    at = end;
  }
  return found;
}

function linesOf(text: string): readonly Word[] {
  let offset = 0;
  return text.split('\n').map((line) => {
    const found = { text: line, offset };
    offset += line.length + 1;
    return found;
  });
}

function isBlank(line: Word | undefined): boolean {
  return line === undefined || /^\s*(#|$)/.test(line.text);
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}

function lineWithout(text: string, goesOn: RegExp): string {
  return text.replace(goesOn, blank);
}

/** The line that closes the last document which the instruction opens by `<<NAME`; the last line of the instruction where it opens none. */
function hereDocumentEnd(lines: readonly Word[], first: number, last: number): number {
  const head = lines
    .slice(first, last + 1)
    .map((line) => line.text)
    .join('\n');
  let end = last;
  for (const [, name] of head.matchAll(/<<-?["']?(\w+)["']?/g)) {
    const close = lines.findIndex((line, at) => at > end && line.text.trim() === name);
    if (close === -1) return end;
    end = close;
  }
  return end;
}

/** The words of an instruction in its form of a JSON list, or between spaces. Pure. */
export function wordsOf({ text, offset }: Instruction): readonly Word[] {
  const isList = /^\s*(--\S+\s+)*\[/.test(text);
  const pattern = isList ? /"((?:[^"\\])*)"|(--\S+)/g : /["']?([^\s"']+)["']?/g;
  return [...text.matchAll(pattern)].map((match) => {
    const word = match[1] ?? match[2] ?? '';
    return { text: word, offset: offset + match.index + match[0].indexOf(word) };
  });
}
