export interface Note {
  id: string;
  title: string;
  body: string;
  tags: string[];
  /** Milliseconds since 1970. */
  updatedAt: number;
}

export function matches(note: Note, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = [note.title, note.body, ...note.tags].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

export function byLatest(one: Note, other: Note): number {
  return other.updatedAt - one.updatedAt;
}
