import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { sampleNotes } from '../test/sample-notes';
import { NoteEditor } from './NoteEditor';

const [note] = sampleNotes;

describe('NoteEditor', () => {
  it('selects the title when it opens', () => {
    if (!note) throw new Error('There is no sample.');
    render(<NoteEditor note={note} onSave={() => undefined} />);
    const title = screen.getByLabelText<HTMLInputElement>('Title');
    expect([title.selectionStart, title.selectionEnd]).toEqual([0, 'Groceries'.length]);
    expect(screen.getByLabelText('Body')).toHaveAttribute('rows', '8');
  });

  it('saves what was typed, with new tags', async () => {
    if (!note) throw new Error('There is no sample.');
    const onSave = vi.fn();
    const user = userEvent.setup({ delay: null });
    render(<NoteEditor note={note} rows={3} onSave={onSave} />);
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.clear(screen.getByLabelText('Title'));
    await user.type(screen.getByLabelText('Title'), 'Shopping');
    await user.type(screen.getByLabelText('Tags'), 'food{Enter}');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(onSave).toHaveBeenCalledWith({ title: 'Shopping', body: note.body, tags: ['home', 'food'] });
  });
});
