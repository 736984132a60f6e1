
const defaults = { port: 1 };
export const settings = Object.assign({}, defaults);
console.log(new Date().toLocaleString(), 'started on %d', settings.port);
console.log('ready');
export const isFault = (fault: unknown): boolean => Error.isError(fault);
