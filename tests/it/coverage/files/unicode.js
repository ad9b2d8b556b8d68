const größe = '😀'.length; const b = größe ? '😀' : 'ä'; export const ż = () => b || 'ł';
export function run() { return '😀😀' && ż(); }
