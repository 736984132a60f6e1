import axios from 'axios';

axios.interceptors.request.use((config) => ({ ...config, timeout: 10 }));
