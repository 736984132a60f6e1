exports.isUs = (fault) => fault.code === 'ERR_INVALID_ARG_TYPE';
exports.isThem = (fault) => fault.code === 'ERR_INVALID_ARG_TYPE';
exports.codes = ['ERR_INVALID_CALLBACK'];
