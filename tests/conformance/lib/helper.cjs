exports.helper = (value) => value + 1;
exports.name = 'helper';
