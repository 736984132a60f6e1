import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Component } from 'react';
import { App } from './App';
import { ErrorBoundary } from './components/ErrorBoundary';
import { useToasts } from './hooks/useToasts';
import { ThemeConsumer } from './settings/ThemeContext';
import { sampleNotes } from './test/sample-notes';

function setup() {
  const user = userEvent.setup({ delay: null });
  render(<App initialNotes={sampleNotes} />);
  return user;
}

describe('the notebook', () => {
  it('adds a note, edits it and keeps it', async () => {
    const user = setup();
    await user.click(screen.getByRole('button', { name: 'New note' }));
    await user.type(screen.getByLabelText('Title'), 'Birds');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByRole('heading', { name: 'Notes 4' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /Birds/ })).toBeInTheDocument();
    await waitFor(() => expect(localStorage.getItem('react-notes')).toContain('Birds'));
  });

  it('searches a moment after the last key, and a slash leads there', async () => {
    const user = setup();
    await user.keyboard('/');
    expect(screen.getByRole('searchbox')).toHaveFocus();
    await user.keyboard('publish');
    await waitFor(() => expect(within(screen.getByRole('list', { name: 'Notes' })).getAllByRole('listitem')).toHaveLength(1));
  });

  it('deletes the note that is open', async () => {
    const user = setup();
    await user.click(screen.getByRole('button', { name: /Ideas/ }));
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(screen.queryByText('Ideas')).not.toBeInTheDocument();
    expect(screen.queryByRole('region', { name: 'Editor' })).not.toBeInTheDocument();
  });

  it('shares a note from a dialog, once an address is there', async () => {
    const user = setup();
    await user.click(screen.getByRole('button', { name: /Release/ }));
    await user.click(screen.getByRole('button', { name: 'Share' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Share Release' }));
    await user.click(dialog.getByRole('button', { name: 'Send' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('An address is needed.');
    await user.type(dialog.getByLabelText('Address'), 'ann@notes.example');
    await user.click(dialog.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(useToasts.getState().messages).toEqual(['Shared with ann@notes.example']);
  });

  it('closes the dialog on a click outside', async () => {
    const user = setup();
    await user.click(screen.getByRole('button', { name: /Release/ }));
    await user.click(screen.getByRole('button', { name: 'Share' }));
    await user.click(screen.getByRole('heading', { name: /Notes/ }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('changes the theme, with toolbar buttons in their places', async () => {
    const user = setup();
    expect(screen.getByRole('main')).toHaveAttribute('data-theme', 'light');
    const dark = screen.getByRole('button', { name: 'Dark' });
    expect(dark.parentElement).toHaveAttribute('data-position', '2');
    expect(dark).toHaveAttribute('type', 'button');
    expect(dark).toHaveClass('button-plain');
    await user.click(dark);
    expect(screen.getByRole('main')).toHaveAttribute('data-theme', 'dark');
  });
});

it('tells classes the theme', () => {
  render(<ThemeConsumer>{(theme) => <p>It is {theme}.</p>}</ThemeConsumer>);
  expect(screen.getByText('It is light.')).toBeInTheDocument();
});

it('shows something else where a part fails', () => {
  class Broken extends Component {
    render(): JSX.Element {
      throw new Error('broken');
    }
  }
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const onError = vi.fn();
  render(
    <ErrorBoundary fallback={<p role="alert">Sorry.</p>} onError={onError}>
      <Broken />
    </ErrorBoundary>,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('Sorry.');
  expect(onError.mock.calls[0]?.[0]).toEqual(new Error('broken'));
  silent.mockRestore();
});
