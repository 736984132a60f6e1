import { screen } from '@testing-library/react';
import { act } from 'react-dom/test-utils';
import { sampleNotes } from '../test/sample-notes';
import { closePreview, openPreview } from './preview';

const [groceries, release] = sampleNotes;

function open(note = groceries): void {
  if (!note) throw new Error('There is no sample.');
  act(() => {
    openPreview(note);
  });
}

afterEach(() => {
  act(() => closePreview());
});

describe('the preview', () => {
  it('shows headings, lists and paragraphs', () => {
    open();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Groceries');
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['bread', 'eggs']);
  });

  it('shows another note in the same element', () => {
    open();
    const article = screen.getByRole('article');
    open(release);
    expect(screen.getByRole('article')).toBe(article);
    expect(screen.getByRole('heading', { level: 2 })).toHaveTextContent('Steps');
  });

  it('leaves nothing behind when it closes', () => {
    open();
    act(() => closePreview());
    expect(screen.queryByRole('article')).not.toBeInTheDocument();
    expect(document.querySelector('aside')).toBeNull();
  });
});
