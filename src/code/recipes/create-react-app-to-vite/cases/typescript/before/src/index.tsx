import { Logo, logo } from 'icons';
import { api, key } from './api';
import './index.scss';

export const App = () => <Logo title={`${api} ${key} ${logo}`} />;
