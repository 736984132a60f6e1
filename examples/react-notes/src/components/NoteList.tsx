import React, { useRef } from 'react';
import { byLatest, matches, type Note } from '../notes/note';
import { Badge } from './Badge';
import { Icon } from './Icon';

interface NoteListProps {
  notes: Note[];
  query: string;
  emptyText: string;
  onSelect: (id: string) => void;
}

/** Arrow keys move through the notes. */
export function NoteList(props: NoteListProps) {
  const buttons = useRef<Record<number, HTMLButtonElement | null>>({});
  const shown = props.notes.filter((note) => matches(note, props.query)).sort(byLatest);

  const move = (event: React.KeyboardEvent, index: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    buttons.current[index + step]?.focus();
  };

  if (shown.length === 0) return <p>{props.emptyText}</p>;
  return (
    <ul aria-label="Notes">
      {shown.map((note, index) => (
        <li key={note.id}>
          <button
            type="button"
            ref={(element) => (buttons.current[index] = element)}
            onClick={() => props.onSelect(note.id)}
            onKeyDown={(event) => move(event, index)}
          >
            <Icon name="pen" /> {note.title} <relative-time datetime={new Date(note.updatedAt).toISOString()} />
          </button>
          {note.tags.map((tag) => (
            <Badge key={tag} tone={tag === 'urgent' ? 'warning' : undefined}>
              {tag}
            </Badge>
          ))}
        </li>
      ))}
    </ul>
  );
}

NoteList.defaultProps = {
  query: '',
  emptyText: 'No notes yet.',
};
