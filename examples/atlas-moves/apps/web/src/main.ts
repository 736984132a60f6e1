import './styles/page.css';
import { countries } from '@atlas/geo';
import { countryLine } from '@web/country-line';
import logo from './assets/logo.svg';

const lines = countries.map(countryLine);
globalThis.console.log(logo, lines.join('\n'));
