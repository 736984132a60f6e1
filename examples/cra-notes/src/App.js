import { useEffect, useState } from 'react';
import NoteList from 'components/NoteList';
import { addressOf, store } from 'settings';
import pen, { ReactComponent as Pen } from './pen.svg';

const example = [{ id: 1, text: 'Water the plants', isDone: true }];

function App() {
  const [notes, setNotes] = useState(example);

  useEffect(() => {
    if (store === undefined) return;
    fetch(store)
      .then((answer) => (answer.ok ? answer.json() : example))
      .then(setNotes, () => setNotes(example));
  }, []);

  return (
    <main>
      <h1>
        <Pen className="pen" title="A pen" />
        {process.env.REACT_APP_TITLE}
      </h1>
      <p data-mode={process.env.NODE_ENV}>
        Kept at {store ?? 'no place'}, built for {process.env.NODE_ENV}.
      </p>
      <p>
        <a href={addressOf('help.html')}>Help</a>
      </p>
      <NoteList notes={notes} icon={pen} />
    </main>
  );
}

export default App;
