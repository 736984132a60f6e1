exports.isUs = (fault) => fault.code === 'ERR_INVALID_CALLBACK' || fault.code === 'ERR_INVALID_ARG_TYPE';
exports.isThem = (fault) => fault.code === 'ERR_INVALID_CALLBACK';
exports.codes = ['ERR_INVALID_CALLBACK'];
