import { useRef, useState } from 'react';
import { Badge } from './components/Badge';
import { Button } from './components/Button';
import { ErrorBoundary } from './components/ErrorBoundary';
import { Modal } from './components/Modal';
import { NoteEditor } from './components/NoteEditor';
import { NoteList } from './components/NoteList';
import { SearchBox } from './components/SearchBox';
import { ShareForm } from './components/ShareForm';
import { Toolbar } from './components/Toolbar';
import { useHotkey } from './hooks/useHotkey';
import type { Note } from './notes/note';
import { NotesProvider, useNotes } from './notes/NotesContext';
import { openPreview } from './preview/preview';
import { ThemeProvider, useTheme } from './settings/ThemeContext';

export function App({ initialNotes }: { initialNotes?: Note[] }): JSX.Element {
  return (
    <ErrorBoundary fallback={<p role="alert">The notebook could not be shown.</p>}>
      <ThemeProvider>
        <NotesProvider initialNotes={initialNotes}>
          <Notebook />
        </NotesProvider>
      </ThemeProvider>
    </ErrorBoundary>
  );
}

function Notebook(): JSX.Element {
  const { notes, selected, dispatch } = useNotes();
  const { theme, toggleTheme } = useTheme();
  const [query, setQuery] = useState('');
  const [isSharing, setIsSharing] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);
  useHotkey('/', () => searchRef.current?.focus());

  return (
    <main data-theme={theme}>
      <header>
        <h1>
          Notes <Badge>{notes.length}</Badge>
        </h1>
        <Toolbar label="Notebook">
          <Button onClick={() => dispatch({ type: 'added', id: crypto.randomUUID(), at: Date.now() })}>New note</Button>
          <Button kind="plain" onClick={toggleTheme}>
            {theme === 'light' ? 'Dark' : 'Light'}
          </Button>
        </Toolbar>
        <SearchBox inputRef={searchRef} onSearch={setQuery} />
      </header>
      <NoteList notes={notes} query={query} onSelect={(id) => dispatch({ type: 'selected', id })} />
      {selected && (
        <section aria-label="Editor">
          <NoteEditor
            key={selected.id}
            note={selected}
            onSave={(changes) => dispatch({ type: 'changed', id: selected.id, changes, at: Date.now() })}
          />
          <Toolbar label="Note">
            <Button kind="plain" onClick={() => openPreview(selected)}>
              Preview
            </Button>
            <Button kind="plain" onClick={() => setIsSharing(true)}>
              Share
            </Button>
            <Button kind="danger" onClick={() => dispatch({ type: 'removed', id: selected.id })}>
              Delete
            </Button>
          </Toolbar>
        </section>
      )}
      {isSharing && selected && (
        <Modal title={`Share ${selected.title}`} onClose={() => setIsSharing(false)}>
          <ShareForm onShare={() => setIsSharing(false)} />
        </Modal>
      )}
    </main>
  );
}
