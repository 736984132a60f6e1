import { render } from './render';

render(null, 'x');
