throw new Error('this module must not run');
