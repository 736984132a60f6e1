import { sampleNotes } from '../test/sample-notes';
import { byLatest, matches } from './note';
import { notesReducer } from './notes-reducer';

const state = { notes: sampleNotes };

describe('notesReducer', () => {
  it('adds a note and selects it', () => {
    const next = notesReducer(state, { type: 'added', id: 'd', at: 9 });
    expect(next.notes).toHaveLength(4);
    expect(next.selectedId).toBe('d');
  });

  it('changes one note', () => {
    const next = notesReducer(state, { type: 'changed', id: 'a', changes: { title: 'Shopping' }, at: 9 });
    expect(next.notes.map((note) => note.title)).toEqual(['Shopping', 'Release', 'Ideas']);
    expect(next.notes[0]?.updatedAt).toBe(9);
  });

  it('forgets the selection of a removed note', () => {
    const next = notesReducer({ ...state, selectedId: 'a' }, { type: 'removed', id: 'a' });
    expect(next).toEqual({ notes: sampleNotes.slice(1), selectedId: undefined });
  });
});

it('finds notes by words of title, body and tags', () => {
  const found = (query: string) => sampleNotes.filter((note) => matches(note, query)).map((note) => note.id);
  expect(found('urgent publish')).toEqual(['b']);
  expect(found('')).toEqual(['a', 'b', 'c']);
  expect([...sampleNotes].sort(byLatest).map((note) => note.id)).toEqual(['b', 'a', 'c']);
});
