import { render } from './render';
import { pages } from './pages';

render(document.getElementById('root'), 'Hello');
pages();
