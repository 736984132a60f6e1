import type { Note } from '../notes/note';

export const sampleNotes: Note[] = [
  { id: 'a', title: 'Groceries', body: 'Milk\n- bread\n- eggs', tags: ['home'], updatedAt: 2_000 },
  { id: 'b', title: 'Release', body: '# Steps\nTag, build, publish', tags: ['work', 'urgent'], updatedAt: 3_000 },
  { id: 'c', title: 'Ideas', body: 'A bird that never stops', tags: [], updatedAt: 1_000 },
];
