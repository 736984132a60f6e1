import { createRoot, hydrateRoot } from 'react-dom/client';
import ReactDOM from 'react-dom';
import { App } from './app';

const root = createRoot(document.getElementById('root'));
root.render(<App />);
hydrateRoot(document.querySelector('#served'), 
  <App isServed />
);
