import { isRecord, jsonOf } from '../../../text/read-data.ts';
import type { SourcePackage } from './source-package.ts';

/** Why bodies that come from elsewhere, and answers that go elsewhere, are not proven in a package; undefined where they are. */
export type OpenEnds = {
  readonly bodies: string | undefined;
  readonly answers: string | undefined;
  /** What asks for a field of a class from outside of it, or may: a subclass, another object, a pattern. */
  readonly asked: (field: string, className: string | undefined) => string | undefined;
};

const streams =
  /["'`](node:)?stream(\/\w+)?["'`]|["'`](form-data|busboy|multer|formidable|archiver|fs-extra|got|undici|node-fetch)["'`]|\bcreate\w*Stream\b|\bReadableStream\b|\bReadable\b|\.pipe\(|\.stream\(|\.body\.getReader\b/;

const others =
  /\.(config|request)\b(?!\s*\()|\[["'`](config|request)["'`]\]|\{([^{}]*,)?\s*(config|request)\s*([,:=][^{}]*)?\}\s*(=(?!=)|\))|\bheaders\??\.(get|has|set|delete|toJSON|concat|clear|normalize)\w*\s*\(/;

/** Looks through all sources of a package, which must be the only ones that call it. Pure. */
export function openEnds({ manifest, texts }: SourcePackage, isAlone: boolean): OpenEnds {
  const read = jsonOf(manifest);
  const isPrivate = isRecord(read) && read.private === true;
  const open =
    isAlone && isPrivate
      ? undefined
      : 'code outside of the package may call it (package.json is not private, or not the only one)';
  return {
    bodies: open ?? found(texts, streams),
    answers: sayReturned(open ?? found(texts, others)),
    asked: (field, className) => open ?? askedIn(texts, field, className),
  };
}

function askedIn(texts: ReadonlyMap<string, string>, field: string, className = ''): string | undefined {
  const name = field.replaceAll('$', '\\$');
  const pattern = `(?<!\\bthis)\\??\\.${name}\\b|\\[["'\`]${name}["'\`]\\]|\\b(const|let|var)\\s*\\{[^{}]*\\b${name}\\b[^{}]*\\}\\s*=`;
  return found(texts, new RegExp(className === '' ? pattern : `${pattern}|\\bextends\\s+${className}\\b`));
}

function found(texts: ReadonlyMap<string, string>, pattern: RegExp): string | undefined {
  for (const [path, text] of texts) {
    const match = pattern.exec(text);
    if (match !== null) return `${path} has \`${match[0].split('\n')[0]}\``;
  }
  return undefined;
}

function sayReturned(why: string | undefined): string | undefined {
  return why === undefined ? undefined : `its answer is returned, and what is read of it is not known: ${why}`;
}
