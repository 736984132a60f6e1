import { fail } from '#core/error';

/** Declarations that are to have a module of their own. */
export type SplitWish = {
  readonly text: string;
  readonly file: string;
  readonly names: readonly string[];
  readonly to: string;
};

const form = /^([^#=]+)#([^=]+)=(.+)$/;

/** Reads every `FILE#name,name=NEWFILE`. Throws `bad-input`. Pure. */
export function readSplitWishes(texts: readonly string[]): readonly SplitWish[] {
  return texts.map((text) => {
    const [, file = '', list = '', to = ''] = form.exec(text) ?? [];
    const names = list.split(',').map((name) => name.trim());
    if (file.trim() === '' || names.includes('')) {
      throw wrongSplit(text, {
        why: 'It is not of the form FILE#name,name=NEWFILE.',
        next: 'Write e.g. `--split "src/text.ts#slug,words=src/slug.ts"`.',
      });
    }
    return { text, file: plain(file), names: [...new Set(names)], to: plain(to) };
  });
}

function plain(path: string): string {
  return path.trim().replaceAll('\\', '/').replace(/^\.\//, '');
}

/** The error of a wish that cannot be read or carried through. */
export function wrongSplit(text: string, { why, next }: { readonly why: string; readonly next: string }) {
  return fail('bad-input', { what: `\`${text}\` cannot be split so.`, why, next });
}
