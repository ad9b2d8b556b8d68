import { it } from 'node:test';
import assert from 'node:assert';
import Plugin from '../../index.js';

it('is a class', () => {
  assert.equal(typeof Plugin, 'function');
});
