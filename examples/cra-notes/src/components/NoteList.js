import styles from './NoteList.module.css';

const marks = { true: require('./done.png'), false: undefined };

export default function NoteList({ notes, icon }) {
  return (
    <ul className={styles.notes} data-icon={icon.startsWith('data:') ? 'inline' : 'file'}>
      {notes.map(({ id, text, isDone }) => (
        <li key={id} className={isDone ? styles.done : undefined}>
          {text} {isDone && <img src={marks[isDone]} alt="done" />}
        </li>
      ))}
    </ul>
  );
}
