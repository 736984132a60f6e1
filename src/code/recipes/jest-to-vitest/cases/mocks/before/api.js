import axios from 'axios';
import send from './send.js';
import { log } from './log.js';

export const load = async (url) => log(send((await axios.get(url)).data));
