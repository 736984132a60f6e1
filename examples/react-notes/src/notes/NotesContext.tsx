import * as React from 'react';
import { useAutosave } from '../hooks/useAutosave';
import type { Note } from './note';
import { notesReducer, type NotesAction, type NotesState } from './notes-reducer';
import { loadNotes, saveNotes } from './storage';

interface NotesValue {
  notes: Note[];
  selected: Note | undefined;
  dispatch: React.Dispatch<NotesAction>;
}

const NotesContext = React.createContext<NotesValue | undefined>(undefined);

interface NotesProviderProps {
  initialNotes?: Note[];
  children: React.ReactNode;
}

export const NotesProvider: React.VFC<NotesProviderProps> = ({ initialNotes, children }) => {
  const [state, dispatch] = React.useReducer<React.Reducer<NotesState, NotesAction>>(notesReducer, {
    notes: initialNotes ?? loadNotes(),
  });
  useAutosave(state.notes, saveNotes);
  const value = React.useMemo(
    () => ({ notes: state.notes, selected: state.notes.find((note) => note.id === state.selectedId), dispatch }),
    [state],
  );
  return <NotesContext.Provider value={value}>{children}</NotesContext.Provider>;
};

export function useNotes(): NotesValue {
  const value = React.useContext(NotesContext);
  if (value === undefined) throw new Error('useNotes is used outside of NotesProvider.');
  return value;
}
