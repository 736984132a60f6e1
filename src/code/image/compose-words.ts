import { baseName } from '../text/search-text.ts';

/** True for a file that says how containers are run. Pure. */
export function isComposeFile(path: string): boolean {
  return /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/.test(baseName(path));
}

const keys = /^([ \t]*)(?:command|entrypoint|working_dir|test):/;

/** What of such a file names paths in the image: commands and the folder of work, as spans of its text. Pure. */
export function imageSpans(text: string): readonly { readonly offset: number; readonly length: number }[] {
  const spans: { offset: number; length: number }[] = [];
  let depth: number | undefined;
  let offset = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const key = keys.exec(line);
    const isInside =
      depth !== undefined && (line.trim() === '' || indent > depth || (indent === depth && /^\s*-\s/.test(line)));
    if (key !== null && !isInside) depth = key[1]?.length;
    else if (!isInside) depth = undefined;
    if (depth !== undefined) spans.push({ offset, length: line.length });
    offset += line.length + 1;
  }
  return spans;
}
