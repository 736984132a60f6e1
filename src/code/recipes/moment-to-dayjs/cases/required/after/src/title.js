exports.title = 'Week';
