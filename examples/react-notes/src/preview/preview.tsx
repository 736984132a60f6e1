import { render, unmountComponentAtNode } from 'react-dom';
import { Markdown } from '../components/Markdown';
import type { Note } from '../notes/note';

const host = document.createElement('aside');

/** Shows a note beside the application, in an element of its own that outlives the editor. */
export function openPreview(note: Note): HTMLElement {
  document.body.append(host);
  render(
    <article aria-label="Preview">
      <h1>{note.title}</h1>
      <Markdown text={note.body} />
    </article>,
    host,
  );
  return host;
}

export function closePreview(): void {
  unmountComponentAtNode(host);
  host.remove();
}
