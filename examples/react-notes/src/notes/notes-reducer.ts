import type { Note } from './note';

export interface NotesState {
  notes: Note[];
  selectedId?: string;
}

export type NoteChanges = Partial<Pick<Note, 'title' | 'body' | 'tags'>>;

export type NotesAction =
  | { type: 'added'; id: string; at: number }
  | { type: 'changed'; id: string; changes: NoteChanges; at: number }
  | { type: 'removed'; id: string }
  | { type: 'selected'; id: string };

export function notesReducer(state: NotesState, action: NotesAction): NotesState {
  switch (action.type) {
    case 'added': {
      const note: Note = { id: action.id, title: 'Untitled', body: '', tags: [], updatedAt: action.at };
      return { notes: [note, ...state.notes], selectedId: note.id };
    }
    case 'changed':
      return {
        ...state,
        notes: state.notes.map((note) =>
          note.id === action.id ? { ...note, ...action.changes, updatedAt: action.at } : note,
        ),
      };
    case 'removed':
      return { notes: state.notes.filter((note) => note.id !== action.id), selectedId: undefined };
    case 'selected':
      return { ...state, selectedId: action.id };
  }
}
