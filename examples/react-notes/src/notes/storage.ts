import type { Note } from './note';

const key = 'react-notes';

export function loadNotes(): Note[] {
  const text = localStorage.getItem(key);
  return text === null ? [] : (JSON.parse(text) as Note[]);
}

export function saveNotes(notes: Note[]): void {
  localStorage.setItem(key, JSON.stringify(notes));
}
