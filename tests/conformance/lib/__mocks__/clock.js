export class Clock { now() { return 42; } }
export const kind = 'from __mocks__';
