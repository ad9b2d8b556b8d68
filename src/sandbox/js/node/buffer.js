// `node:buffer`.

import { Buffer } from 'daino:internal/buffer';
import { atob, btoa } from 'daino:internal/base64_globals';

export { atob, btoa, Buffer };
export const constants = { MAX_LENGTH: 0x7fffffff, MAX_STRING_LENGTH: 0x1fffffff };
export const kMaxLength = constants.MAX_LENGTH;
export default { Buffer, atob, btoa, constants, kMaxLength };
