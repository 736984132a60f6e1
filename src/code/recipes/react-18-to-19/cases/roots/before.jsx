import ReactDOM from 'react-dom';
import { App } from './app';

ReactDOM.render(<App />, document.getElementById('root'));
ReactDOM.hydrate(
  <App isServed />,
  document.querySelector('#served'),
);
