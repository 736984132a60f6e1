import util, { _extend, log } from 'node:util';

const defaults = { port: 1 };
export const settings = _extend({}, defaults);
log('started on %d', settings.port);
util.puts('ready');
export const isFault = (fault: unknown): boolean => util.types.isNativeError(fault);
