export const pages = () => Object.keys(import.meta.glob('./all/*.js'));
