import type { Change, ExportName, Replacement } from './change.ts';
import { headOf, isType, isValue, standsFor } from './item-view.ts';
import type { Member } from './shape.ts';
import { spellShape, spellSignature } from './spell-shape.ts';
import type { Item, Surface } from './surface.ts';

/** What takes the place of an export that is gone, and what the change is called then; the change as it is where nothing does. */
export function replacedExport(
  change: Change,
  item: Item,
  { old, now }: { readonly old: Surface; readonly now: Surface },
): Change {
  const [gone] = change.exported;
  const offers = offersOf(now);
  const known = new Set(old.entries.flatMap(({ exports }) => [...exports.keys()]));
  const added = offers.filter(({ name }) => !known.has(name));
  const fits = (offer: Offer): boolean => isSameKind(item, offer.item);
  const told = (rule: Change['rule'], offer: Offer, because: string, isCertain: boolean): Change => ({
    ...change,
    rule,
    after: headOf(offer.item),
    replacement: {
      name: offer.name,
      because,
      isCertain,
      ...(offer.specifier === gone?.specifier ? {} : { specifier: offer.specifier }),
    },
  });
  const place = gone === undefined ? undefined : placeOf(gone, item, { now, offers: offers.filter(fits) });
  if (place !== undefined) return told(place.rule, place.offer, place.because, true);
  const advised = adviceOf(item.deprecated);
  const said = offers.find(({ name }) => advised.includes(name));
  if (said !== undefined) return told('api/renamed', said, `its doc says: ${item.deprecated ?? ''}`, fits(said));
  const shape = shapeTextOf(item);
  const name = lastPart(change.symbol);
  const ranked = added
    .filter(fits)
    .map((offer) => ({
      offer,
      alike: similarity(nameForms(change.symbol), offer.name),
      isSame: shape !== undefined && shape === shapeTextOf(offer.item),
    }))
    .sort((one, other) => score(other) - score(one));
  const [best, next] = ranked;
  if (best === undefined || score(best) < 0.6 || (next !== undefined && score(next) === score(best))) return change;
  const rule = change.symbol === name ? 'api/renamed' : 'api/moved';
  return told(
    rule,
    best.offer,
    best.isSame ? 'it has the same shape' : 'its name is alike',
    best.isSame && best.alike >= 0.5 && rule === 'api/renamed',
  );
}

type NewPlace = { readonly rule: Change['rule']; readonly offer: Offer; readonly because: string };

/** Where an export of the same name, or the default, is to be had now; undefined where it is a matter of likeness. */
function placeOf(
  gone: ExportName,
  item: Item,
  { now, offers }: { readonly now: Surface; readonly offers: readonly Offer[] },
): NewPlace | undefined {
  const here = offers.filter(({ specifier }) => specifier === gone.specifier);
  const same = offers.find(
    ({ name, specifier }) => name === gone.name && name !== 'default' && specifier !== gone.specifier,
  );
  if (same !== undefined) return { rule: 'api/moved', offer: same, because: 'it has the same name' };
  if (gone.name === 'default') {
    const names = [item.name, lastPart(gone.specifier), camel(lastPart(gone.specifier))];
    const named = names.map((name) => here.find((offer) => offer.name === name)).find((offer) => offer !== undefined);
    if (named !== undefined)
      return { rule: 'api/default-to-named', offer: named, because: 'it has the name of the old default export' };
    const isLost = now.entries.every(({ specifier }) => specifier !== gone.specifier);
    const abroad = isLost ? offers.find(({ name }) => names.includes(name)) : undefined;
    if (abroad !== undefined) return { rule: 'api/moved', offer: abroad, because: 'it has the name of the old path' };
  }
  const byDefault = here.find(({ name, item: offered }) => name === 'default' && offered.name === gone.name);
  return byDefault === undefined
    ? undefined
    : { rule: 'api/named-to-default', offer: byDefault, because: 'it is the default export' };
}

/** A member of a value that is gone and is an export of its own now: `execa.sync` is `execaSync`. */
export function movedMember(change: Change, { old, now }: { readonly old: Surface; readonly now: Surface }): Change {
  if (change.rule !== 'api/member-removed') return change;
  const known = new Set(old.entries.flatMap(({ exports }) => [...exports.keys()]));
  const [, ...forms] = nameForms(change.symbol).map((form) => form.toLowerCase());
  const found = offersOf(now).find(
    ({ name, item }) => !known.has(name) && isValue(item) && forms.includes(name.toLowerCase()),
  );
  if (found === undefined) return change;
  const { name, specifier, item } = found;
  return {
    ...change,
    rule: 'api/moved',
    after: headOf(item),
    replacement: { name, specifier, because: 'its name says so', isCertain: false },
  };
}

/** What takes the place of a member that is gone, among the members that are new in its type. */
export function replacedMember(
  member: Member,
  old: readonly Member[],
  now: readonly Member[],
): Replacement | undefined {
  const advised = adviceOf(member.deprecated);
  const said = now.find(({ name }) => advised.includes(name));
  if (said !== undefined)
    return {
      name: said.name,
      because: `its doc says: ${member.deprecated ?? ''}`,
      isCertain: isCallable(said) === isCallable(member),
    };
  const known = new Set(old.map(({ name }) => name));
  const shape = spellShape(member.shape);
  const ranked = now
    .filter(({ name }) => !known.has(name))
    .map((candidate) => ({
      candidate,
      alike: similarity([member.name], candidate.name),
      isSame: spellShape(candidate.shape) === shape,
    }))
    .sort((one, other) => score(other) - score(one));
  const [best, next] = ranked;
  if (best === undefined || !best.isSame || best.alike < 0.5 || (next !== undefined && score(next) === score(best)))
    return undefined;
  return {
    name: best.candidate.name,
    because: 'it has the same shape and a name that is alike',
    isCertain: best.alike >= 0.6,
  };
}

/** Names that the text of a `@deprecated` tag says to use instead. */
export function adviceOf(text: string | undefined): readonly string[] {
  const found = (text ?? '').matchAll(
    /\b(?:use|replaced (?:by|with)|renamed (?:to|as)|in favou?r of|switch to|prefer)\b[:\s]+(?:the |new )*[`'"{]*(?:@link\s+)?([A-Za-z_$][\w$.]*)/gi,
  );
  return [...found].flatMap(([, name = '']) => [name, lastPart(name)]);
}

type Offer = { readonly specifier: string; readonly name: string; readonly item: Item };

function offersOf({ entries, items }: Surface): readonly Offer[] {
  return entries.flatMap(({ specifier, exports }) =>
    [...exports].flatMap(([name, key]) => {
      const item = items.get(key);
      return item === undefined || specifier === '(global)' ? [] : [{ specifier, name, item }];
    }),
  );
}

function isSameKind(old: Item, now: Item): boolean {
  return (isValue(old) && isValue(now)) || (!isValue(old) && isType(old) && isType(now));
}

type Ranked = { readonly alike: number; readonly isSame: boolean };

function score({ alike, isSame }: Ranked): number {
  return alike + (isSame ? 0.5 : 0);
}

/** Canonical text of what a name is, where it says enough to tell two things apart. */
function shapeTextOf(item: Item): string | undefined {
  const shape = standsFor(item) ?? item.value;
  const calls = item.calls.map(spellSignature).join(';');
  const text = `${shape === undefined ? '' : spellShape(shape)}${calls}`.replaceAll(item.name, 'Self');
  return text.length < 8 ? undefined : text;
}

function isCallable({ shape }: Member): boolean {
  return shape.kind === 'object' && shape.calls.length > 0;
}

/** `execa.sync` may have become `sync`, `execaSync` or `syncExeca`. */
function nameForms(symbol: string): readonly string[] {
  const parts = symbol.split('.');
  const [owner, last] = [parts.at(-2), parts.at(-1) ?? symbol];
  return owner === undefined ? [last] : [last, `${owner}${upper(last)}`, `${last}${upper(owner)}`];
}

/** From 0 to 1: how many words both names share. */
export function similarity(names: readonly string[], other: string): number {
  const wanted = wordsOf(other);
  return Math.max(
    ...names.map((name) => {
      if (name.toLowerCase() === other.toLowerCase()) return 1;
      const words = wordsOf(name);
      const shared = words.filter((word) => wanted.includes(word)).length;
      return (shared / new Set([...words, ...wanted]).size) * 0.9;
    }),
  );
}

/** One thing and many are the same word. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_$.-]+/)
    .map((word) => (/[^s]s$/.test(word) && word.length > 3 ? word.slice(0, -1) : word));
}

function lastPart(name: string): string {
  return name.split(/[./]/).at(-1) ?? name;
}

function camel(name: string): string {
  return name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function upper(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
