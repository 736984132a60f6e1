import { fail } from '#core/error';
import ts from '../typescript.cts';

/** A symbol that gets another name: `path` is its name, for a member with those of what it stands in. */
export type RenameWish = {
  readonly text: string;
  readonly file: string;
  readonly path: readonly string[];
  /** Last part of the path. */
  readonly from: string;
  readonly to: string;
};

const form = /^([^#]+)#([^=]+)=(.*)$/;
const identifier = /^#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Reads every `FILE#NAME=NEWNAME`. Throws `bad-input` and `nothing-to-do`. Pure. */
export function readRenameWishes(texts: readonly string[]): readonly RenameWish[] {
  const wishes = texts.map(readWish).filter(({ from, to }) => from !== to);
  if (wishes.length === 0) {
    throw fail('nothing-to-do', {
      what: 'Nothing is to be renamed.',
      why: 'Every name is as it is wanted.',
      next: 'Give another name behind the `=`.',
    });
  }
  const known = new Map<string, RenameWish>();
  for (const wish of wishes) {
    const key = `${wish.file}#${wish.path.join('.')}`;
    const other = known.get(key);
    if (other !== undefined && other.to !== wish.to)
      throw wrong(wish.text, `${key} would be named ${other.to} and ${wish.to}.`, 'Give one name for each symbol.');
    known.set(key, wish);
  }
  return [...known.values()];
}

function readWish(text: string): RenameWish {
  const [, file = '', name = '', to = ''] = form.exec(text) ?? [];
  if (file.trim() === '') {
    throw wrong(
      text,
      'It is not of the form FILE#NAME=NEWNAME.',
      'Write e.g. `--rename-symbol "src/users.ts#getUser=findUser"`, or `"src/users.ts#Users.get=find"` for a member.',
    );
  }
  const path = name.trim().split('.');
  const from = path.at(-1) ?? '';
  const wanted = to.trim();
  checkName(text, { from, wanted, isMember: path.length > 1 });
  return { text, file: file.trim().replaceAll('\\', '/').replace(/^\.\//, ''), path, from, to: wanted };
}

type Names = { readonly from: string; readonly wanted: string; readonly isMember: boolean };

function checkName(text: string, { from, wanted, isMember }: Names): void {
  if (from === 'default') {
    throw wrong(
      text,
      '`default` is no name of a symbol, but the way in which it is exported.',
      'Give the name by which it is declared; an anonymous default export has none, and each import names it for itself.',
    );
  }
  if (wanted.includes('.'))
    throw wrong(text, `${wanted} holds a dot.`, 'Behind the `=` stands the new name alone, e.g. `Users.get=find`.');
  if (!identifier.test(wanted))
    throw wrong(text, `${wanted === '' ? 'Nothing' : wanted} is no identifier.`, 'Choose a name that can be declared.');
  if (from.startsWith('#') !== wanted.startsWith('#')) {
    throw wrong(
      text,
      'Only one of both names is private.',
      'A private member stays private, and another one does not become so: give both names with `#`, or none.',
    );
  }
  const keyword = ts.identifierToKeywordKind(ts.factory.createIdentifier(wanted));
  if (keyword === undefined || isMember || keyword > ts.SyntaxKind.LastFutureReservedWord) return;
  throw wrong(text, `${wanted} is a reserved word.`, 'Choose a name that can be declared.');
}

function wrong(text: string, why: string, next: string) {
  return fail('bad-input', { what: `\`${text}\` cannot be renamed so.`, why, next });
}
