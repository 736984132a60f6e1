import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { sampleNotes } from '../test/sample-notes';
import { NoteList } from './NoteList';

describe('NoteList', () => {
  it('shows the latest first, and urgent tags as warnings', () => {
    const { container } = render(<NoteList notes={sampleNotes} onSelect={() => undefined} />);
    expect(screen.getAllByRole('button').map((button) => button.textContent?.trim())).toEqual([
      'Release',
      'Groceries',
      'Ideas',
    ]);
    expect(screen.getByText('urgent')).toHaveClass('badge-warning');
    expect(screen.getByText('home')).toHaveClass('badge-neutral');
    expect(container.querySelectorAll('svg[width="16"] path')).toHaveLength(3);
  });

  it('says when there is nothing to show', () => {
    render(<NoteList notes={[]} onSelect={() => undefined} />);
    expect(screen.getByText('No notes yet.')).toBeInTheDocument();
  });

  it('moves through the notes by arrow keys', async () => {
    const onSelect = vi.fn();
    const user = userEvent.setup({ delay: null });
    render(<NoteList notes={sampleNotes} query="s" onSelect={onSelect} />);
    await user.tab();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onSelect).toHaveBeenCalledWith('a');
    await user.keyboard('{ArrowUp}{Enter}');
    expect(onSelect).toHaveBeenLastCalledWith('b');
  });
});
