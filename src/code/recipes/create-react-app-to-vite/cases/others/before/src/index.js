export const App = () => <p>{process.env.REACT_APP_A}</p>;
