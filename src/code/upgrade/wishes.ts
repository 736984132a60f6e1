import semver from 'semver';
import { fail } from '#core/error';
import type { Override } from './upgrade-path.ts';

/** What is wished for: one package, or every direct dependency. */
export type Wish =
  | { readonly kind: 'all' }
  /** `spec` is a range, a version or a tag; undefined stands for the newest. */
  | { readonly kind: 'package'; readonly name: string; readonly spec: string | undefined };

const nameForm = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-zA-Z0-9~_-][a-zA-Z0-9._~-]*$/;

/**
 * Reads the text of `--upgrade`: `react@19`, `express@5,typescript@7`, `@scope/pkg@^2`, `pkg@next`, `all`. Throws
 * `bad-input` for what is not of that form, and for a package named twice.
 */
export function parseWishes(text: string): readonly Wish[] {
  const wishes = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseWish);
  if (wishes.length === 0) throw badWish('No package is named.', 'The text is empty.');
  const names = wishes.map((wish) => (wish.kind === 'all' ? 'all' : wish.name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw badWish(`${twice} is named twice.`, 'One package goes to one version.');
  if (names.includes('all') && names.length > 1) {
    throw badWish('`all` stands beside other packages.', 'It takes in every direct dependency already.');
  }
  return wishes;
}

function parseWish(part: string): Wish {
  if (part === 'all') return { kind: 'all' };
  const at = part.indexOf('@', 1);
  const name = at === -1 ? part : part.slice(0, at);
  const spec = at === -1 ? undefined : part.slice(at + 1).trim();
  if (!nameForm.test(name)) throw badWish(`\`${part}\` names no package.`, `\`${name}\` is not the name of one.`);
  if (spec === '') throw badWish(`\`${part}\` names no version.`, 'Nothing stands behind the @.');
  return { kind: 'package', name, spec };
}

/**
 * Reads one `--override`: `pkg=range:reason` for everybody's demand on a package, `wanter>pkg=range:reason` for one
 * package's. Throws `bad-input` for what is not of that form; a reason is always wanted.
 */
export function parseOverride(text: string): Override {
  const match = /^(?:([^>=\s]+)>)?([^>=\s]+)=([^:]+):(.+)$/s.exec(text.trim());
  const [, wanter, name = '', range = '', reason = ''] = match ?? [];
  const isRange = semver.validRange(range.trim(), { loose: true }) !== null;
  const isNamed = nameForm.test(name) && (wanter === undefined || nameForm.test(wanter));
  const isSeveral = /,\s*(?:[\w@./-]+>)?[\w@./-]+=[^:]+:/.test(reason);
  if (match === null || !isNamed || !isRange || reason.trim() === '' || isSeveral) {
    throw fail('bad-input', {
      what: `\`${text}\` is no override.`,
      why: isSeveral
        ? 'It seems to hold several; each is given by itself.'
        : 'It names a package, the versions that are taken to fit, and a reason.',
      next: 'Write `--override pkg=range:reason`, or `--override "wanter>pkg=range:reason"` for one package\'s demand; give it again for each.',
    });
  }
  return {
    ...(wanter === undefined ? {} : { wanter }),
    name,
    range: range.trim(),
    reason: reason.trim(),
  };
}

function badWish(what: string, why: string) {
  return fail('bad-input', {
    what,
    why,
    next: 'Write `--upgrade react@19`, `--upgrade express@5,typescript@7`, or `--upgrade all`.',
  });
}
