import ReactDOM from 'react-dom';

export const instance = ReactDOM.render(<App />, host);
export const hydrates = ReactDOM.hydrate;
