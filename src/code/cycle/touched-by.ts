import type { Layout, Modules } from '../split/layout.ts';

/** Modules that take what is declared, by the id of its top level. */
export type Users = ReadonlyMap<string, ReadonlySet<string>>;

/** Who takes what by name from the module that exports it. Pure. */
export function usersOf(modules: Modules): Users {
  const users = new Map<string, Set<string>>();
  for (const { path, links } of modules.values()) {
    for (const { to, taken } of links) {
      const exported = modules.get(to)?.exports;
      if (exported === undefined) continue;
      const isWhole = taken.some(({ name }) => name === '*');
      const ids = isWhole ? [...exported.values()] : taken.flatMap(({ name }) => exported.get(name) ?? []);
      for (const id of ids) users.set(id, (users.get(id) ?? new Set()).add(path));
    }
  }
  return users;
}

/** How many files a layout touches: those of its links, those that something leaves or enters, and those that take it. Pure. */
export function touchedBy({ typed, direct, moved }: Layout, users: Users): number {
  const files = new Set<string>([...typed, ...direct].map((id) => id.slice(0, id.lastIndexOf(':'))));
  for (const [id, path] of moved) {
    files.add(path).add(id.slice(0, Math.max(id.lastIndexOf('#'), 0)));
    for (const user of users.get(id) ?? []) files.add(user);
  }
  return files.size;
}
