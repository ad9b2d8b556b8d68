const { helper } = require('./helper.cjs');
module.exports = { twice: (value) => helper(value) * 2, who: () => 'old' };
