import { render, screen } from '@testing-library/react';
import App from './App';

jest.mock('settings', () => ({ addressOf: (page) => `/${page}`, store: undefined }));

it('shows the title, and the notes that come with it', () => {
  render(<App />);
  expect(screen.getByText(process.env.REACT_APP_TITLE)).toBeInTheDocument();
  expect(screen.getByText('Water the plants')).toHaveClass('done');
  expect(screen.getByAltText('done')).toBeInTheDocument();
});

it('calls for help beside the page', () => {
  render(<App />);
  expect(screen.getByText('Help')).toHaveAttribute('href', '/help.html');
});

it('marks what is done in a list', () => {
  const onClick = jest.fn();
  render(<button onClick={onClick}>Note</button>);
  screen.getByText('Note').click();
  expect(onClick).toHaveBeenCalledTimes(1);
});
