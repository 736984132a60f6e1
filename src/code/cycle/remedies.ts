import { declaringModule, type Layout, type Modules } from '../split/layout.ts';
import type { Link, ModuleShape, TopLevel } from '../split/module-shape.ts';
import { isNeededIn, withPrivate } from '../split/with-private.ts';
import type { CutWorld, Held, Remedy } from './cut.ts';
import { pathForMoved } from './new-module-path.ts';

export type RemedyWorld = Pick<CutWorld, 'modules' | 'holds' | 'hasPath'> & { readonly layout: Layout };

/** The ways to cut one link, and why the others do not. Pure. */
export function remediesFor(
  link: Link,
  world: RemedyWorld,
): { readonly remedies: readonly Remedy[]; readonly held: readonly Held[] } {
  const base = { link: link.id, from: link.from, to: link.to };
  const place = { file: link.from, line: link.line, from: link.from, to: link.to };
  if (link.kind === 'whole') return { remedies: [], held: [{ ...place, why: whyWhole(link) }] };
  const ways = [typeImport(link, world), directImport(link, world), moveNeeded(link, world), moveNeeding(link, world)];
  return {
    remedies: ways.flatMap((way) => ('why' in way ? [] : [{ ...base, ...way }])),
    held: ways.flatMap((way) => ('why' in way && way.why !== '' ? [{ ...place, why: way.why }] : [])),
  };
}

function whyWhole({ taken, specifier }: Link): string {
  return taken.length === 0
    ? `\`${specifier}\` is loaded as a whole, for what it does`
    : `\`${specifier}\` is taken as a whole`;
}

type Way = Pick<Remedy, 'kind' | 'moved'> | { readonly why: string };

const none: ReadonlyMap<string, string> = new Map();

/** Names of an import that are used as values. */
function valuesOf({ taken, from }: Link, modules: Modules): readonly string[] {
  const shape = modules.get(from);
  const isValue = (local: string): boolean =>
    shape?.passedOn.has(local) === true || shape?.topLevels.some(({ takes }) => takes.get(local) === 'value') === true;
  return taken.filter(({ local, isType }) => !isType && isValue(local)).map(({ name }) => name);
}

function typeImport(link: Link, { modules, layout }: RemedyWorld): Way {
  if (link.kind !== 'import' || layout.typed.has(link.id) || !/\.([cm]?ts|tsx)$/.test(link.from)) return { why: '' };
  return valuesOf(link, modules).length > 0 ? { why: '' } : { kind: 'type-import', moved: none };
}

function directImport(link: Link, { modules, layout }: RemedyWorld): Way {
  if (layout.direct.has(link.id)) return { why: '' };
  const declared = link.taken.map(({ name }) => declaringModule({ path: link.to, name }, modules));
  if (declared.includes(undefined) || declared.some((path) => path === link.to || path === link.from))
    return { why: '' };
  return { kind: 'direct-import', moved: none };
}

/** What the importer needs leaves the module that leads back. */
function moveNeeded(link: Link, world: RemedyWorld): Way {
  const shape = world.modules.get(link.to);
  const names = link.kind === 'export' ? link.taken.map(({ name }) => name) : valuesOf(link, world.modules);
  if (shape === undefined || names.length === 0) return { why: '' };
  const ids = names.map((name) => shape.exports.get(name));
  if (ids.includes(undefined)) return { why: `${link.to} does not declare ${names.join(', ')} itself` };
  const wanted = ids.filter((id) => id !== undefined);
  return moving(closure(wanted, shape, neededBy), { kind: 'move-needed', shape, world });
}

/** What needs the other module leaves the importer. */
function moveNeeding(link: Link, world: RemedyWorld): Way {
  const shape = world.modules.get(link.from);
  if (shape === undefined || link.kind !== 'import') return { why: '' };
  const locals = link.taken.filter(({ isType }) => !isType).map(({ local }) => local);
  if (locals.some((local) => shape.passedOn.has(local))) return { why: `${link.from} passes ${locals.join(', ')} on` };
  const users = shape.topLevels.filter(({ takes }) => locals.some((local) => takes.get(local) === 'value'));
  if (users.length === 0) return { why: '' };
  const up = closure(
    users.map(({ id }) => id),
    shape,
    needing,
  );
  const all = withPrivate(up, shape);
  const shared = shape.topLevels.find((one) => !all.has(one.id) && !one.isExported && isNeededIn(one, all, shape));
  if (shared !== undefined)
    return { why: `${nameOf(shared)} at line ${shared.line} is private, and needed on both sides` };
  if (shape.topLevels.every(({ id, isType }) => all.has(id) || isType)) return { why: '' };
  return moving(all, { kind: 'move-needing', shape, world });
}

type Next = (one: TopLevel, shape: ModuleShape) => readonly string[];

function closure(start: readonly string[], shape: ModuleShape, next: Next): ReadonlySet<string> {
  const byId = new Map(shape.topLevels.map((one) => [one.id, one]));
  const all = new Set(start);
  for (const id of all) {
    const one = byId.get(id);
    if (one !== undefined) for (const other of next(one, shape)) all.add(other);
  }
  return all;
}

/** Values that a top level needs, and types that only its own module knows. */
function neededBy({ needs }: TopLevel, { topLevels }: ModuleShape): readonly string[] {
  return [...needs].flatMap(([id, strength]) => {
    const isKnown = topLevels.find((one) => one.id === id)?.isExported === true;
    return strength === 'type' && isKnown ? [] : [id];
  });
}

function needing({ id }: TopLevel, { topLevels }: ModuleShape): readonly string[] {
  return topLevels.filter(({ needs }) => needs.get(id) === 'value').map((one) => one.id);
}

type Moving = { readonly kind: Remedy['kind']; readonly shape: ModuleShape; readonly world: RemedyWorld };

function moving(ids: ReadonlySet<string>, { kind, shape, world }: Moving): Way {
  const { layout, holds, hasPath } = world;
  const all = shape.topLevels.filter(({ id }) => ids.has(id));
  for (const one of all) {
    const name = nameOf(one);
    if (layout.moved.has(one.id)) return { why: `${name} would move twice` };
    const held =
      one.held ??
      holds.get(one.id) ??
      (one.runs ? 'its value is made by code that runs when the module is loaded' : undefined);
    if (held !== undefined) return { why: `${name} (${shape.path}:${one.line}) stays where it is: ${held}` };
  }
  const taken = new Set(layout.moved.values());
  const known = [...layout.moved].find(([id]) => shape.topLevels.some((one) => one.id === id))?.[1];
  const isTaken = (one: string): boolean => hasPath(one) || taken.has(one);
  const path = known ?? pathForMoved(shape.path, all, { modules: world.modules.keys(), isTaken });
  return { kind, moved: new Map(all.map(({ id }) => [id, path])) };
}

function nameOf({ names, line }: TopLevel): string {
  return names.length === 0 ? `the statement at line ${line}` : names.join(', ');
}
